package sweep

import (
	"fmt"
	"slices"
	"strings"

	"souk/sim/run"
	"souk/sim/scenario/field"
)

// references checks what the file says of its own keys, values and measures.
func (r *reader) references() {
	r.replications()
	r.baseline()
	r.overview()
	r.comparisons()
	files := map[string]bool{}
	for i := range r.c.Plots {
		p, at := &r.c.Plots[i], fmt.Sprintf("plots[%d]", i)
		if files[p.File] {
			r.refuse(r.doc.Problem(at+".file", "two figures are called "+p.File, "give each a name of its own"))
		}
		files[p.File] = true
		r.plot(at, p)
	}
	r.labels()
	for i, name := range r.c.Measures {
		r.phase(fmt.Sprintf("measures[%d]", i), name)
	}
}

func (r *reader) replications() {
	if r.doc.Given("replications.max") && r.c.Max < r.c.Min {
		r.refuse(r.doc.Problem("replications.max", "the most is less than the least", "at least replications.min"))
	}
	if r.doc.Given("replications.max") && len(r.c.Until) == 0 {
		r.refuse(r.doc.Problem("replications.max", "replications.max has no effect here", "it is for replications.until; otherwise every point has replications.min runs"))
	}
	if r.c.Confidence <= 0 || r.c.Confidence >= 10_000 {
		r.refuse(r.doc.Problem("replications.confidence", "a confidence lies between 0% and 100%", "such as 95%"))
	}
	for _, u := range r.c.Until {
		m, err := run.FindMeasure(u.Key.Text)
		if err != nil {
			_, err := parseMeasure(u.Key.Text)
			r.refuse(u.Key.Problem(err.Error(), MeasureWords()))
			continue
		}
		r.phase("replications.until", u.Key.Text)
		switch unit := u.Value.Unit; {
		case unit == "pp" && !m.Share():
			r.refuse(u.Key.Problem("pp are percentage points of a share, and "+m.Name+" is none", "give 5% of the mean, or a number of "+m.Unit))
		case unit == "s" && m.Unit != "s":
			r.refuse(u.Key.Problem(m.Name+" is no time", "give 5% of the mean, or 1pp of a share, or a number in its unit"))
		}
	}
}

// baseline checks that the values to compare with are among those varied.
func (r *reader) baseline() {
	if len(r.c.Baseline)+len(r.c.Steps) > 0 && r.c.Seeds == Independent {
		r.refuse(r.doc.Problem("seeds", "runs with seeds of their own can't be compared one by one", "leave out seeds, or baseline and steps"))
	}
	keys := r.plan.Keys()
	for _, b := range r.c.Baseline {
		k := slices.Index(keys, b.Key.Text)
		if k < 0 {
			r.refuse(b.Key.Problem(b.Key.Text+" is not varied", r.varied()))
			continue
		}
		r.among(k, b.Key.Text, b.Value)
	}
}

// comparisons checks the keys and measures that are compared.
func (r *reader) comparisons() {
	for i, key := range r.c.Steps {
		if !slices.Contains(r.plan.Keys(), key) {
			r.refuse(r.doc.Problem(fmt.Sprintf("steps[%d]", i), key+" is not varied", r.varied()))
		}
	}
	for i, pair := range r.c.Changes {
		at := fmt.Sprintf("changes[%d]", i)
		if len(pair) != 2 {
			r.refuse(r.doc.Problem(at, fmt.Sprintf("a change is between 2 measures, not %d", len(pair)), "such as [throughput@before, throughput@after]"))
		}
		for _, name := range pair {
			if _, err := parseMeasure(name); err != nil {
				r.refuse(r.doc.Problem(at, err.Error(), MeasureWords()))
				continue
			}
			r.phase(at, name)
		}
	}
}

func (r *reader) varied() string {
	keys := r.plan.Keys()
	if len(keys) == 0 {
		return "nothing is varied"
	}
	return "varied are " + strings.Join(keys, ", ")
}

func (r *reader) plot(at string, p *Plot) {
	key := func(name, value string) {
		if value != "" && !slices.Contains(r.plan.Keys(), value) {
			r.refuse(r.doc.Problem(at+"."+name, value+" is not varied", r.varied()))
		}
	}
	key("x", p.X)
	key("series", p.Series)
	switch {
	case len(p.Across) > 0 && (p.X != "" || len(p.Y)+len(p.Parts) > 0):
		r.refuse(r.doc.Problem(at+".across", "across stands in place of x, y and parts", "keep across, or x and y"))
	case len(p.Across) == 0 && (p.X == "" || len(p.Y) == 0):
		r.refuse(r.doc.Problem(at, "the figure needs x and y, or across", "x is a varied key, y a measure"))
	case len(p.Parts) > 0 && p.Series != "":
		r.refuse(r.doc.Problem(at+".series", "stacked bars have no series", "leave out series or parts"))
	case p.X != "" && p.X == p.Series:
		r.refuse(r.doc.Problem(at+".series", "series is x again", "name another varied key, or leave it out"))
	case len(p.Parts) > 0 && len(p.Y) > 1:
		r.refuse(r.doc.Problem(at+".y", "parts add up to one measure", "keep one y, or leave out parts"))
	}
	for _, name := range slices.Concat(p.Y, p.Parts, p.Across) {
		r.phase(at, name)
	}
	r.where(at, p)
	r.placed(at, p)
	r.parts(at, p)
	r.logarithmic(at, p)
}

// where checks the values that pick the points of a figure.
func (r *reader) where(at string, p *Plot) {
	for _, w := range p.Where {
		k := slices.Index(r.plan.Keys(), w.Key.Text)
		switch {
		case k < 0:
			r.refuse(w.Key.Problem(w.Key.Text+" is not varied", r.varied()))
		case w.Key.Text == p.X || w.Key.Text == p.Series:
			r.refuse(w.Key.Problem(w.Key.Text+" is in the figure already", "where is for keys that are neither x nor series"))
		case !slices.ContainsFunc(r.plan.Points, func(pt Point) bool { return pt.Values[k] == w.Value.Text }):
			r.refuse(w.Value.Problem(w.Value.Text+" is not among the values of "+w.Key.Text, "name one of them"))
		}
	}
}

// placed checks that every axis of the grid has its place in the figure: a line
// through points that differ in something else would mean nothing.
func (r *reader) placed(at string, p *Plot) {
	for _, a := range r.plan.Axes {
		place := func(key string) bool {
			return key == p.X || key == p.Series ||
				slices.ContainsFunc(p.Where, func(w field.Entry[field.Raw]) bool { return w.Key.Text == key })
		}
		if len(a.Values) > 1 && !slices.ContainsFunc(a.Keys, place) {
			r.refuse(r.doc.Problem(at, a.Keys[0]+" varies and is not in the figure",
				"make it x or series, or pick one of its values: where: {"+a.Keys[0]+": "+a.Values[0][0].Text+"}"))
		}
	}
}

// parts checks that what is stacked is of one kind.
func (r *reader) parts(at string, p *Plot) {
	if len(p.Parts) == 0 || len(p.Y) != 1 {
		return
	}
	whole := mustFind(p.Y[0])
	for _, name := range p.Parts {
		if part := mustFind(name); part.Unit != whole.Unit || part.Whole != whole.Whole {
			r.refuse(r.doc.Problem(at+".parts", name+" is no part of "+whole.Name, "parts have the unit of y"))
		}
	}
}

// logarithmic checks that the values of x have a logarithm.
func (r *reader) logarithmic(at string, p *Plot) {
	k := slices.Index(r.plan.Keys(), p.X)
	if !p.Log || k < 0 {
		return
	}
	for _, pt := range r.plan.Points {
		_, named := r.plan.value(p.X, pt.Values[k])
		if x, _, ok := quantity(pt.Values[k]); !ok || named || x <= 0 {
			r.refuse(r.doc.Problem(at+".log", pt.Values[k]+" has no place on a logarithmic axis", "log: true is for numbers above 0, without labels"))
			return
		}
	}
}

// phase checks that a measure of a phase has one.
func (r *reader) phase(at, measure string) {
	_, phase, phased := strings.Cut(measure, "@")
	if !phased || len(r.plan.Points) == 0 {
		return
	}
	var names []string
	for _, p := range r.plan.Points[0].config.Phases {
		names = append(names, p.Name)
	}
	if !slices.Contains(names, phase) {
		hint := "the scenario has no run.phases"
		if len(names) > 0 {
			hint = "phases: " + strings.Join(names, ", ")
		}
		r.refuse(r.doc.Problem(at, fmt.Sprintf("the scenario has no phase %q", phase), hint))
	}
}
