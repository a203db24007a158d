package sweep

import (
	"slices"

	"souk/experiments/stats"
	"souk/sim/run"
	"souk/sim/scenario/field"
)

// Comparison is the difference that one setting, or one measure, makes to
// another, run by run on common random numbers.
type Comparison struct {
	// What is compared with what, in words.
	What, Against string
	Measure       run.Measure
	stats.Difference
	Verdict stats.Verdict
	// point and base are the points that are compared.
	point, base int
}

// Compare compares every point with its baseline and with the step before it,
// as the sweep asks for. The confidence is that of all comparisons of the
// measure together (Bonferroni).
func (r *Result) Compare(measure string) []Comparison {
	var list []Comparison
	for i := range r.Points {
		if base := r.baseOf(i); base != i && base >= 0 {
			list = append(list, Comparison{What: r.setting(i), Against: r.words(base, r.shownWith(r.inBaseline)), point: i, base: base})
		}
	}
	for _, key := range r.Steps {
		for i := range r.Points {
			if before := r.before(i, key); before >= 0 {
				list = append(list, Comparison{What: r.setting(i), Against: r.words(before, r.shownWith(func(k string) bool { return k == key })), point: i, base: before})
			}
		}
	}
	for i := range list {
		c := &list[i]
		c.Measure = mustFind(measure)
		r.judge(c, r.Values(c.base, measure), r.Values(c.point, measure), len(list))
	}
	return list
}

// Changed compares measures of the same runs, as the sweep asks for.
func (r *Result) Changed() []Comparison {
	var list []Comparison
	for i := range r.Points {
		for _, pair := range r.Changes {
			c := Comparison{What: r.label(pair[1]), Against: r.label(pair[0]), Measure: mustFind(pair[1])}
			if len(r.Keys()) > 0 {
				c.What = r.setting(i) + ", " + c.What
			}
			r.judge(&c, r.Values(i, pair[0]), r.Values(i, pair[1]), len(r.Changes)*len(r.Points))
			list = append(list, c)
		}
	}
	return list
}

// judge fills in the difference from a to b, one of a family of comparisons.
func (r *Result) judge(c *Comparison, a, b []float64, family int) {
	n := min(len(a), len(b)) // one of them may have needed more replications
	c.Difference = stats.Paired(a[:n], b[:n], r.confidence(), family)
	c.Verdict = c.Difference.Verdict(goal(c.Measure.Goal), r.confidence())
}

// shownWith lists the indices of the keys on the axes of some keys, but for
// those that tables hide.
func (r *Result) shownWith(chosen func(key string) bool) []int {
	var keys []int
	at := 0
	for _, a := range r.Axes {
		for k := range a.Keys {
			if slices.ContainsFunc(a.Keys, chosen) && slices.Contains(r.shown(), at+k) {
				keys = append(keys, at+k)
			}
		}
		at += len(a.Keys)
	}
	return keys
}

// baseOf returns the point with the baseline's values in place of a point's, or
// -1 if there is none. What goes through its list in lockstep with a key of the
// baseline goes along.
func (r *Result) baseOf(point int) int {
	if len(r.Baseline) == 0 {
		return -1
	}
	want := slices.Clone(r.Points[point].Values)
	at := 0
	for _, a := range r.Axes {
		here := want[at : at+len(a.Keys)]
		at += len(a.Keys)
		if !slices.ContainsFunc(a.Keys, r.inBaseline) {
			continue
		}
		step := slices.IndexFunc(a.Values, func(values []field.Raw) bool {
			for k, key := range a.Keys {
				for _, b := range r.Baseline {
					if b.Key.Text == key && b.Value.Text != values[k].Text {
						return false
					}
				}
			}
			return true
		})
		if step < 0 {
			return -1
		}
		copy(here, texts(a.Values[step]))
	}
	return r.pointWith(want)
}

func (r *Result) inBaseline(key string) bool {
	return slices.ContainsFunc(r.Baseline, func(e field.Entry[field.Raw]) bool { return e.Key.Text == key })
}

// before returns the point one step earlier on the axis of a key, or -1 at its
// start.
func (r *Result) before(point int, key string) int {
	want := slices.Clone(r.Points[point].Values)
	at := 0
	for _, a := range r.Axes {
		here := want[at : at+len(a.Keys)]
		at += len(a.Keys)
		if !slices.Contains(a.Keys, key) {
			continue
		}
		for step := 1; step < len(a.Values); step++ {
			if slices.Equal(texts(a.Values[step]), here) {
				copy(here, texts(a.Values[step-1]))
				return r.pointWith(want)
			}
		}
	}
	return -1
}

func (r *Result) pointWith(values []string) int {
	return slices.IndexFunc(r.Points, func(p Point) bool { return slices.Equal(p.Values, values) })
}

func goal(g run.Goal) stats.Goal {
	switch g {
	case run.More:
		return stats.More
	case run.Less:
		return stats.Less
	}
	return stats.Neither
}
