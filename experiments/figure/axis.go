package figure

import (
	"cmp"
	"slices"

	"gonum.org/v1/plot/vg"
)

// axis is an Axis whose range and ticks are decided.
type axis struct {
	scale
	spec   Axis
	title  string
	ticks  []tick
	places []float64 // the distinct measured values, in order
	cells  bool      // the ticks are categories
}

// newX decides the range of a horizontal axis. Measured are the places of the
// data; extra values, such as those of vertical lines, are shown as well.
func newX(spec Axis, measured, extra []float64) axis {
	a := axis{spec: spec, title: axisTitle(spec, 0)}
	a.places = slices.Clone(measured)
	slices.Sort(a.places)
	a.places = slices.Compact(a.places)

	given := inOrder(spec.Ticks)
	all := slices.Concat(measured, extra)
	for _, t := range given {
		a.ticks = append(a.ticks, tick{t.Value, tidied(t.Label)})
		all = append(all, t.Value)
	}
	a.log = spec.Log
	if a.cells = isCells(spec, given, a.places); a.cells {
		lo, hi := cellRange(given)
		all = slices.Concat(extra, []float64{lo, hi})
	}
	a.lo, a.hi = reach(spec, all)
	return a
}

func inOrder(ticks []Tick) []Tick {
	return slices.SortedStableFunc(slices.Values(ticks), func(s, t Tick) int { return cmp.Compare(s.Value, t.Value) })
}

// isCells reports whether every measured place is at a tick.
func isCells(spec Axis, ticks []Tick, places []float64) bool {
	for _, p := range places {
		if !slices.ContainsFunc(ticks, func(t Tick) bool { return t.Value == p }) {
			return false
		}
	}
	return len(ticks) > 0 && !spec.Log
}

// widestYLabel is where a label beside the plot is cut off, with an ellipsis.
const widestYLabel vg.Length = 160

// newY decides range and ticks of a vertical axis.
func newY(spec Axis, values []float64) axis {
	a := axis{spec: spec}
	all := slices.Clone(values)
	for _, t := range inOrder(spec.Ticks) {
		a.ticks = append(a.ticks, tick{t.Value, tickStyle.shortened(tidied(t.Label), widestYLabel)})
		all = append(all, t.Value)
	}
	a.log = spec.Log
	lo, hi := reach(spec, all)
	a.lo, a.hi = room(spec, lo, hi)
	exponent := 0
	if len(a.ticks) == 0 {
		a.ticks, exponent = a.round(mostYTicks)
	}
	a.title = axisTitle(spec, exponent)
	return a
}

// round returns ticks at round numbers.
func (a *axis) round(most int) ([]tick, int) {
	if a.log {
		return logTicks(a.lo, a.hi, a.spec.Percent, most)
	}
	return linearTicks(a.lo, a.hi, a.spec.Percent, most)
}

// gap is the smallest distance between measured places, or between categories,
// as a share of the axis; 1 if there is only one.
func (a *axis) gap() float64 {
	places := a.places
	if a.cells {
		places = nil
		for _, t := range a.ticks {
			places = append(places, t.value)
		}
		if len(places) == 1 {
			return 1 / (a.hi - a.lo)
		}
	}
	gap := 1.0
	for i := 1; i < len(places); i++ {
		if g := a.share(places[i]) - a.share(places[i-1]); g > 0 {
			gap = min(gap, g)
		}
	}
	return gap
}

// labelWidth is the width of the widest tick label.
func (a *axis) labelWidth() vg.Length {
	var w vg.Length
	for _, t := range a.ticks {
		w = max(w, tickStyle.width(t.label))
	}
	return w
}

const (
	tickLength vg.Length = 4
	tickGap    vg.Length = 4 // between a tick and its label
)

// drawGrid draws a line across the frame at each labelled tick.
func drawGrid(s *sheet, frame vg.Rectangle, x, y *axis) {
	for _, t := range y.ticks {
		if t.label != "" {
			s.line(gridLine, frame.Min.X, y.at(t.value), frame.Max.X, y.at(t.value))
		}
	}
	for _, t := range x.ticks {
		if t.label != "" && !x.cells {
			s.line(gridLine, x.at(t.value), frame.Min.Y, x.at(t.value), frame.Max.Y)
		}
	}
}

// drawY draws the vertical axis left of a frame.
func (a *axis) drawY(s *sheet, frame vg.Rectangle) {
	last := pageHeight + frame.Max.Y
	for _, t := range a.ticks {
		y := a.at(t.value)
		if t.label == "" {
			s.line(tickLine, frame.Min.X-tickLength/2, y, frame.Min.X, y)
			continue
		}
		s.line(tickLine, frame.Min.X-tickLength, y, frame.Min.X, y)
		if last-y < tickStyle.leading() {
			continue // given ticks may be too close for their labels
		}
		last = y
		b := block{role: "y tick", lines: []string{t.label}, style: tickStyle}
		s.text(b, frame.Min.X-tickLength-tickGap, y-tickStyle.size*0.56, right)
	}
	if a.lo < 0 && a.hi > 0 {
		s.line(axisLine, frame.Min.X, a.at(0), frame.Max.X, a.at(0))
	}
	s.line(axisLine, frame.Min.X, frame.Min.Y, frame.Min.X, frame.Max.Y)
}

// drawX draws the horizontal axis below a frame, without its labels.
func (a *axis) drawX(s *sheet, frame vg.Rectangle) {
	for _, t := range a.ticks {
		length := tickLength
		if t.label == "" {
			length /= 2
		}
		if x := a.at(t.value); !a.cells {
			s.line(tickLine, x, frame.Max.Y, x, frame.Max.Y+length)
		}
	}
	s.line(axisLine, frame.Min.X, frame.Max.Y, frame.Max.X, frame.Max.Y)
}
