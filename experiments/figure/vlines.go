package figure

import (
	"cmp"
	"slices"

	"gonum.org/v1/plot/vg"
)

// events are vertical lines whose labels are stacked in a band above the plot,
// so that they cover neither data nor each other.
type events struct {
	lines  []event // from right to left
	height vg.Length
}

type event struct {
	x     vg.Length
	label block
	from  vg.Length // the label's left end
	up    vg.Length // the label's lower edge above the plot
}

const eventGap vg.Length = 3 // between a line and its label, and below a label

// newEvents places the labels: each right of its line, or as near to that as
// the right edge allows, and above each label further right that it would touch
// or whose line it would cross.
func newEvents(lines []VLine, x scale) (e events) {
	const widest = 0.5 // of the plot
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b VLine) int { return cmp.Compare(b.X, a.X) })
	for _, line := range lines {
		v := event{x: x.at(line.X)}
		v.label = block{role: "event", lines: eventStyle.wrap(line.Label, widest*(x.to-x.from)), style: eventStyle}
		v.from = min(v.x, x.to-v.label.width())
		for _, other := range e.lines {
			crosses := other.x > v.from-eventGap && other.x < v.from+v.label.width()+eventGap
			touches := other.from < v.from+v.label.width()+labelGap && other.from+other.label.width()+labelGap > v.from
			if len(other.label.lines) > 0 && (crosses || touches) {
				v.up = max(v.up, other.up+other.label.height()+eventGap)
			}
		}
		e.lines = append(e.lines, v)
		if len(v.label.lines) > 0 {
			e.height = max(e.height, v.up+v.label.height()+eventGap)
		}
	}
	return e
}

// draw adds the lines and their labels. Where a line must cross a label after
// all, the label interrupts it.
func (e events) draw(s *sheet, frame vg.Rectangle) {
	for _, v := range e.lines {
		s.line(eventLine, v.x, frame.Min.Y-v.up, v.x, frame.Max.Y)
	}
	for _, v := range e.lines {
		if len(v.label.lines) == 0 {
			continue
		}
		bottom := frame.Min.Y - v.up - eventGap
		top := bottom - v.label.height()
		s.rectangle(vg.Rectangle{
			Min: vg.Point{X: v.from - 1, Y: top},
			Max: vg.Point{X: v.from + v.label.width() + 1, Y: bottom},
		}, white)
		s.text(v.label, v.from, top, left)
	}
}
