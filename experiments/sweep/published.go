package sweep

import (
	"fmt"
	"slices"

	"souk/experiments/published"
	"souk/sim/run"
)

// Published is a value that somebody has published of a real system.
type Published struct {
	published.Value
	// Point is the point whose setting it has.
	Point int
}

// published reads the published values of this sweep.
func (r *reader) published() {
	name := r.c.Published
	if name == "" {
		return
	}
	refuse := func(format string, args ...any) {
		r.refuse(r.doc.Problem("published", name+": "+fmt.Sprintf(format, args...), "a CSV file with the columns "+published.Columns()))
	}
	src, _, err := r.source(r.plan.File, name)
	if err != nil {
		r.refuse(r.doc.Problem("published", err.Error(), "give a path seen from this file"))
		return
	}
	values, err := published.Read(src)
	if err != nil {
		refuse("%v", err)
		return
	}
	for _, v := range values {
		if v.Experiment != r.c.Name {
			continue
		}
		p := Published{Value: v, Point: r.plan.find(v.Setting)}
		m, err := run.FindMeasure(v.Measure)
		switch {
		case p.Point < 0:
			refuse("row %d: the setting %q is not that of exactly one point", v.Row, v.String())
		case err != nil:
			refuse("row %d: %v", v.Row, err)
		case m.Unit != v.Unit:
			refuse("row %d: the unit of %s is %q, not %q", v.Row, v.Measure, m.Unit, v.Unit)
		}
		if m.Share() && (v.Value < 0 || v.Value > 1) {
			refuse("row %d: %s is a share between 0 and 1, not %v", v.Row, v.Measure, v.Value)
		}
		if slices.ContainsFunc(r.plan.Published, func(q Published) bool { return q.Point == p.Point && q.Measure == p.Measure }) {
			refuse("row %d: %s is given twice for %q", v.Row, v.Measure, v.String())
		}
		r.plan.Published = append(r.plan.Published, p)
	}
	if len(r.problems) == 0 && len(r.plan.Published) == 0 {
		refuse("nothing in it belongs to experiment %s", r.c.Name)
	}
}

// find returns the one point with a setting, or -1.
func (p *Plan) find(setting []published.Assignment) int {
	keys, found := p.Keys(), -1
	for i := range p.Points {
		has := func(a published.Assignment) bool {
			k := slices.Index(keys, a.Key)
			return k >= 0 && p.Points[i].Values[k] == a.Value
		}
		if slices.ContainsFunc(setting, func(a published.Assignment) bool { return !has(a) }) {
			continue
		}
		if found >= 0 {
			return -1 // more than one
		}
		found = i
	}
	return found
}
