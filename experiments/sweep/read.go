package sweep

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"souk/sim/scenario"
	"souk/sim/scenario/field"
)

// Read reads a sweep. All mistakes are returned at once, those in the values of
// a grid at their place in the sweep file.
func Read(name string, src []byte, source Source) (*Plan, field.Problems) {
	doc, problems := fields().Read(name, src, nil)
	if len(problems) > 0 {
		return nil, problems
	}
	r := &reader{doc: doc, reader: scenario.NewReader(), c: &doc.Config, source: source, plan: &Plan{Config: doc.Config, File: name}}
	r.scenario()
	if len(r.problems) == 0 {
		r.axes()
	}
	if len(r.problems) == 0 {
		r.points()
	}
	if len(r.problems) == 0 {
		r.references()
		r.published()
	}
	return r.plan, r.problems
}

// reader turns a file into a plan.
type reader struct {
	doc      *field.Document[Config]
	reader   *scenario.Reader
	c        *Config
	source   Source
	plan     *Plan
	bases    [][]byte           // the scenario files
	called   []string           // how the user calls them
	fixed    [][]field.Override // what the sweep sets, by scenario
	problems field.Problems
}

func (r *reader) refuse(p field.Problem) { r.problems = append(r.problems, p) }

// read reads one of the scenarios with overrides.
func (r *reader) read(base int, overrides ...field.Override) (*scenario.Document, field.Problems) {
	return r.reader.Read(r.c.Scenarios[base], r.bases[base], slices.Concat(r.fixed[base], overrides))
}

// scenarioKey is the key of the axis that several scenarios are, nameKey that of
// the names of steps of keys that go together.
const (
	scenarioKey = "scenario"
	nameKey     = "name"
)

func (r *reader) scenario() {
	if len(r.c.Scenarios) == 0 {
		r.refuse(r.doc.Problem("scenario", "there is no scenario", "name one"))
		return
	}
	axis := Axis{Keys: []string{scenarioKey}}
	for i, name := range r.c.Scenarios {
		if slices.Contains(r.c.Scenarios[:i], name) {
			r.refuse(r.doc.Problem(fmt.Sprintf("scenario[%d]", i), name+" is given twice", "keep one of them"))
			return
		}
		base, called, err := r.source(r.plan.File, name)
		if err != nil {
			r.refuse(r.doc.Problem("scenario", err.Error(), "give a path seen from this file, or the name of a scenario that ships"))
			return
		}
		r.bases, r.called, r.fixed = append(r.bases, base), append(r.called, called), append(r.fixed, nil)
		doc, problems := r.read(i)
		if len(problems) > 0 {
			r.problems = problems
			return
		}
		if i == 0 {
			r.plan.Seed = doc.Config.World.Seed
		}
		r.plan.About = append(r.plan.About, doc.Config.About)
		axis.Values = append(axis.Values, []field.Raw{{Text: name}})
	}
	if len(r.bases) > 1 && !r.choosesScenarios() {
		r.plan.Axes = append(r.plan.Axes, axis)
	}
	for _, s := range r.c.Set {
		r.try(s.Key, s.Value)
		r.fix(field.Override{Key: s.Key.Text, Value: s.Value.Text})
	}
	if len(r.problems) == 0 {
		// The seed is the replication's business; identities must not depend on it.
		r.fix(field.Override{Key: "run.seed", Value: "0"})
	}
}

// fix sets a key in every scenario, but for those in whose market it means
// nothing while in another's it does.
func (r *reader) fix(o field.Override) {
	pointless := make([]bool, len(r.bases))
	for i := range r.bases {
		doc, _ := r.reader.Fields(r.c.Scenarios[i], r.bases[i], append(slices.Clone(r.fixed[i]), o))
		pointless[i] = slices.Contains(doc.Pointless(), o.Key)
	}
	for i := range r.bases {
		if !pointless[i] || !slices.Contains(pointless, false) {
			r.fixed[i] = append(r.fixed[i], o)
		}
	}
}

// choosesScenarios says that the grid itself says which point has which
// scenario.
func (r *reader) choosesScenarios() bool {
	chooses := func(e field.Entry[[]field.Raw]) bool { return e.Key.Text == scenarioKey }
	return slices.ContainsFunc(r.c.Vary, chooses) ||
		slices.ContainsFunc(r.c.Together, func(entries []field.Entry[[]field.Raw]) bool { return slices.ContainsFunc(entries, chooses) })
}

// listed checks that a grid names scenarios of the list.
func (r *reader) listed(values []field.Raw) {
	for _, v := range values {
		if !slices.Contains(r.c.Scenarios, v.Text) {
			r.refuse(v.Problem(v.Text+" is not one of the scenarios", "list it under scenario: "+strings.Join(r.c.Scenarios, ", ")))
		}
	}
}

// try reads the scenario with one key at each of its values, and reports what
// is wrong where the sweep file gives the value; what is wrong with all values
// in the same words is wrong with the key. Contradictions with other keys are
// left to the points.
func (r *reader) try(key field.Raw, values ...field.Raw) {
	switch key.Text {
	case "run.seed":
		r.refuse(key.Problem("run.seed is not varied: every replication has its own", "set replications.min and max"))
		return
	case "version", "name", "about":
		r.refuse(key.Problem(key.Text+" changes nothing in a run", "vary another key; name can go together with others, to name each step"))
		return
	}
	var found []field.Problem
	var places []field.Raw
	for _, v := range values {
		overrides := append(slices.Clone(r.fixed[0]), field.Override{Key: key.Text, Value: v.Text})
		_, problems := r.reader.Fields(r.c.Scenarios[0], r.bases[0], overrides)
		for _, p := range problems {
			found, places = append(found, p), append(places, v)
		}
	}
	same := len(found) == len(values) && len(values) > 1 &&
		!slices.ContainsFunc(found, func(p field.Problem) bool { return p.Message != found[0].Message })
	if same {
		r.refuse(key.Problem(found[0].Message, found[0].Hint))
		return
	}
	for i, p := range found {
		r.refuse(places[i].Problem(p.Message, p.Hint))
	}
}

// axes checks the grid and puts it in order.
func (r *reader) axes() {
	seen := map[string]bool{}
	for _, s := range r.c.Set {
		seen[s.Key.Text] = true
	}
	add := func(entries []field.Entry[[]field.Raw]) {
		named := len(entries) > 1
		a := Axis{}
		steps := len(entries[0].Value)
		for _, e := range entries {
			switch {
			case seen[e.Key.Text]:
				r.refuse(e.Key.Problem(e.Key.Text+" is given twice", "keep one of them"))
			case len(e.Value) == 0:
				r.refuse(e.Key.Problem(e.Key.Text+" has no values", "write a list such as [1, 2, 3]"))
			case len(e.Value) != steps:
				r.refuse(e.Key.Problem(e.Key.Text+" has "+strconv.Itoa(len(e.Value))+" values, and "+entries[0].Key.Text+" "+strconv.Itoa(steps),
					"keys that go together have lists of one length"))
			}
			seen[e.Key.Text] = true
			for i, v := range e.Value {
				if len(entries) == 1 && slices.ContainsFunc(e.Value[:i], func(w field.Raw) bool { return w.Text == v.Text }) {
					r.refuse(v.Problem(v.Text+" is given twice", "keep one of them"))
				}
			}
			switch {
			case e.Key.Text == scenarioKey:
				r.listed(e.Value)
			case named && e.Key.Text == nameKey:
				// Among keys that go together, it names each step.
			default:
				r.try(e.Key, e.Value...)
			}
			a.Keys = append(a.Keys, e.Key.Text)
		}
		if len(r.problems) > 0 {
			return
		}
		for i := range steps {
			var values []field.Raw
			for _, e := range entries {
				values = append(values, e.Value[i])
			}
			a.Values = append(a.Values, values)
		}
		r.plan.Axes = append(r.plan.Axes, a)
	}
	for _, e := range r.c.Vary {
		add([]field.Entry[[]field.Raw]{e})
	}
	for _, entries := range r.c.Together {
		if len(entries) > 0 {
			add(entries)
		}
	}
}

// mostPoints bounds a grid: more is a slip of the pen.
const mostPoints = 10_000

// points resolves every combination; the first axis changes slowest.
func (r *reader) points() {
	count := 1
	for _, a := range r.plan.Axes {
		if count *= len(a.Values); count > mostPoints {
			r.refuse(r.doc.Problem("vary", "the grid has more than "+strconv.Itoa(mostPoints)+" points", "vary fewer keys or values"))
			return
		}
	}
	keys := r.plan.Keys()
	for i := range count {
		values := r.combination(i, count)
		var overrides []field.Override
		base := 0
		for k, v := range values {
			if keys[k] == scenarioKey {
				base = slices.Index(r.c.Scenarios, v.Text)
				continue
			}
			overrides = append(overrides, field.Override{Key: keys[k], Value: v.Text})
		}
		doc, problems := r.read(base, overrides...)
		if len(problems) > 0 {
			r.contradiction(base, keys, values, problems)
			return
		}
		r.plan.Points = append(r.plan.Points, Point{
			Index: i, Values: texts(values), scenario: r.called[base], config: doc.Config, identity: doc.Canonical(),
		})
	}
}

// combination returns the values of point i of count.
func (r *reader) combination(i, count int) []field.Raw {
	var values []field.Raw
	for _, a := range r.plan.Axes {
		count /= len(a.Values)
		values = append(values, a.Values[i/count%len(a.Values)]...)
	}
	return values
}

func texts(values []field.Raw) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = v.Text
	}
	return list
}

// contradiction reports a point whose values are each valid, but not together,
// at the value without which the point would be: the last such one.
func (r *reader) contradiction(base int, keys []string, values []field.Raw, problems field.Problems) {
	var where []string
	blamed := -1
	for k, v := range values {
		where = append(where, keys[k]+"="+v.Text)
		if keys[k] == scenarioKey {
			continue
		}
		var others []field.Override
		for j, w := range values {
			if j != k && keys[j] != scenarioKey {
				others = append(others, field.Override{Key: keys[j], Value: w.Text})
			}
		}
		if _, left := r.read(base, others...); len(left) == 0 {
			blamed = k
		}
	}
	for _, p := range problems {
		message := p.Message
		if len(where) > 0 {
			message += " (at the point " + strings.Join(where, ", ") + ")"
		}
		if blamed < 0 {
			r.refuse(r.doc.Problem("scenario", message, p.Hint))
			continue
		}
		r.refuse(values[blamed].Problem(message, p.Hint))
	}
}
