package figure

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

var errNoData = errors.New("figure: no data")

// problems collects what is wrong with the data of a figure.
type problems []error

func (e *problems) add(format string, args ...any) {
	*e = append(*e, fmt.Errorf("figure: "+format, args...))
}

// value checks one value on an axis; NaN is a missing one.
func (e *problems) value(axis Axis, v float64, format string, args ...any) {
	where := fmt.Sprintf(format, args...)
	switch {
	case math.IsNaN(v):
	case math.Abs(v) > largest:
		e.add("%s: %g is beyond what an axis can show", where, v)
	case axis.Log && v < smallest:
		e.add("%s: %g on a logarithmic axis", where, v)
	}
}

// span checks an interval.
func (e *problems) span(axis Axis, s Span, format string, args ...any) {
	if !s.drawn() {
		return
	}
	where := fmt.Sprintf(format, args...)
	e.value(axis, s.Low, "%s", where)
	e.value(axis, s.High, "%s", where)
	if s.Low > s.High {
		e.add("%s: the interval goes from %g down to %g", where, s.Low, s.High)
	}
}

// axis checks an axis itself.
func (e *problems) axis(name string, a Axis) {
	if a.Log && a.Zero {
		e.add("%s axis: a logarithmic axis has no 0", name)
	}
	for i, t := range a.Ticks {
		if math.IsNaN(t.Value) {
			e.add("%s axis, tick %d: NaN", name, i)
		}
		e.value(a, t.Value, "%s axis, tick %d", name, i)
	}
}

// check returns all that is wrong with the data.
func (l *Lines) check() error {
	var e problems
	e.axis("x", l.X)
	e.axis("y", l.Y)
	if len(l.Series) > len(seriesColours) {
		e.add("%d series, but no more than %d can be told apart", len(l.Series), len(seriesColours))
	}
	names := map[string]bool{}
	for i, s := range l.Series {
		if s.Name == "" && len(l.Series) > 1 {
			e.add("series %d has no name", i)
		} else if names[s.Name] {
			e.add("two series are called %q", s.Name)
		}
		names[s.Name] = true
		for j, p := range s.Points {
			where := fmt.Sprintf("series %d, point %d", i, j)
			e.value(l.X, p.X, "%s, x", where)
			e.value(l.Y, p.Y, "%s, y", where)
			e.span(l.Y, p.CI, "%s, interval of the mean", where)
			e.span(l.Y, p.Single, "%s, interval of single runs", where)
		}
	}
	for i, p := range l.Published {
		if p.Of < 0 || p.Of >= len(l.Series) {
			e.add("published %d belongs to series %d, which is not there", i, p.Of)
		}
		if slices.ContainsFunc(l.Published[:i], func(q Published) bool { return q.Of == p.Of }) {
			e.add("published %d belongs to series %d as another one does: they would look the same", i, p.Of)
		}
		for j, m := range p.Marks {
			e.value(l.X, m.X, "published %d, mark %d, x", i, j)
			e.value(l.Y, m.Y, "published %d, mark %d, y", i, j)
		}
	}
	for i, v := range l.VLines {
		if math.IsNaN(v.X) {
			e.add("vertical line %d: NaN", i)
		}
		e.value(l.X, v.X, "vertical line %d", i)
	}
	if len(e) == 0 && len(l.xs()) == 0 {
		return errNoData
	}
	return errors.Join(e...)
}

// check returns all that is wrong with the data.
func (k *Stack) check() error {
	var e problems
	e.axis("y", k.Y)
	if k.Y.Log {
		e.add("bars start at 0, which a logarithmic axis has not")
	}
	if len(k.Parts) > len(partColours) {
		e.add("%d parts, but no more than %d can be told apart", len(k.Parts), len(partColours))
	}
	e.parts(k)
	n := len(k.Categories)
	for _, list := range []struct {
		name string
		len  int
	}{{"intervals of the mean", len(k.CI)}, {"intervals of single runs", len(k.Single)}, {"published values", len(k.Published)}} {
		if list.len != 0 && list.len != n {
			e.add("%d %s for %d categories", list.len, list.name, n)
		}
	}
	for i, s := range k.CI {
		e.span(k.Y, s, "category %d, interval of the mean", i)
	}
	for i, s := range k.Single {
		e.span(k.Y, s, "category %d, interval of single runs", i)
	}
	for i, v := range k.Published {
		e.value(k.Y, v, "category %d, published", i)
	}
	if len(e) == 0 && (len(k.Parts) == 0 || len(k.heights()) == 0) {
		return errNoData
	}
	return errors.Join(e...)
}

// parts checks the heights of bars.
func (e *problems) parts(k *Stack) {
	names := map[string]bool{}
	for i, p := range k.Parts {
		if p.Name == "" {
			e.add("part %d has no name", i)
		} else if names[p.Name] {
			e.add("two parts are called %q", p.Name)
		}
		names[p.Name] = true
		if len(p.Heights) != len(k.Categories) {
			e.add("part %d has %d heights for %d categories", i, len(p.Heights), len(k.Categories))
			continue
		}
		for j, h := range p.Heights {
			e.value(k.Y, h, "part %d, category %d", i, j)
			if h < 0 {
				e.add("part %d, category %d: a height of %g", i, j, h)
			}
			if first := k.Parts[0].Heights; j < len(first) && math.IsNaN(h) != math.IsNaN(first[j]) {
				e.add("category %d: some parts are missing and others not", j)
			}
		}
	}
}
