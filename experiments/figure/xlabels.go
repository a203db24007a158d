package figure

import (
	"gonum.org/v1/plot/vg"
)

// xLabels are the labels below a horizontal axis, and how they are set so that
// no two touch.
type xLabels struct {
	blocks []block
	at     []vg.Length // the middle of each block
	turned bool        // each block is one line that runs upwards
	height vg.Length
}

const (
	labelGap   vg.Length = 8   // between labels in one line
	longTurned vg.Length = 190 // a label that runs upwards is cut off here, with an ellipsis
)

// setLabels decides ticks, where they are not given, and sets their labels
// between the page's edges lo and hi. The axis' ends must be placed.
func (a *axis) setLabels(lo, hi vg.Length) xLabels {
	if len(a.spec.Ticks) > 0 {
		return a.wrapped(lo, hi)
	}
	a.ticks = measured(a.places, a.spec.Percent)
	labels := a.inLine(tickStyle)
	for most := 10; len(a.ticks) == 0 || most >= 2 && !labels.fit(lo, hi); most-- {
		ticks, exponent := a.round(most)
		a.ticks, a.title = ticks, axisTitle(a.spec, exponent)
		labels = a.inLine(tickStyle)
	}
	return labels
}

// wrapped sets given labels: in as few lines as they need, if necessary
// smaller, and if that does not help running upwards.
func (a *axis) wrapped(lo, hi vg.Length) xLabels {
	for _, size := range []vg.Length{tickStyle.size, 10.5, 9.5} {
		style := tickStyle.sized(size)
		if x := a.inLine(style); x.fit(lo, hi) {
			return x
		}
		if x, ok := a.inLines(style, lo, hi); ok {
			return x
		}
	}
	return a.upright()
}

// inLine sets each label in one line.
func (a *axis) inLine(style style) (x xLabels) {
	for _, t := range a.ticks {
		if t.label != "" {
			x.add(block{role: "x tick", lines: []string{t.label}, style: style}, a.at(t.value))
		}
	}
	return x
}

// inLines wraps each label to the room that it has up to its neighbours, and
// reports whether that goes without breaking a word or too many lines.
func (a *axis) inLines(style style, lo, hi vg.Length) (x xLabels, ok bool) {
	const most = 5
	one := a.inLine(style)
	for i, b := range one.blocks {
		at := one.at[i]
		room := 2 * min(at-lo, hi-at)
		if i > 0 {
			room = min(room, at-one.at[i-1]-labelGap)
		}
		if i+1 < len(one.at) {
			room = min(room, one.at[i+1]-at-labelGap)
		}
		if !style.fits(b.lines[0], room) {
			return x, false
		}
		b.lines = style.balanced(b.lines[0], room)
		if len(b.lines) > most {
			return x, false
		}
		x.add(b, at)
	}
	return x, true
}

func (x *xLabels) add(b block, at vg.Length) {
	x.blocks, x.at = append(x.blocks, b), append(x.at, at)
	x.height = max(x.height, b.height())
}

// fit reports whether no two blocks touch, and none an edge.
func (x *xLabels) fit(lo, hi vg.Length) bool {
	end := lo - labelGap
	for i, b := range x.blocks {
		half := b.width() / 2
		if x.at[i]-half < end+labelGap {
			return false
		}
		end = x.at[i] + half
	}
	return end <= hi
}

// upright sets labels that run upwards, each k-th one if all are too many.
func (a *axis) upright() (x xLabels) {
	style, every := tickStyle, 1
	one := a.inLine(style)
	closest := func(every int) vg.Length {
		gap := pageWidth
		for i := every; i < len(one.at); i += every {
			gap = min(gap, one.at[i]-one.at[i-every])
		}
		return gap
	}
	if gap := closest(1); gap < style.leading() {
		style = style.sized(max(8, style.size*gap/style.leading()))
	}
	for closest(every) < style.leading() {
		every++
	}
	x.turned = true
	for i := 0; i < len(one.blocks); i += every {
		text := style.shortened(one.blocks[i].lines[0], longTurned)
		b := block{role: "x tick", lines: []string{text}, style: style}
		x.blocks, x.at = append(x.blocks, b), append(x.at, one.at[i])
		x.height = max(x.height, b.width())
	}
	return x
}

// draw adds the labels below y.
func (x xLabels) draw(s *sheet, y vg.Length) {
	for i, b := range x.blocks {
		if !x.turned {
			s.text(b, x.at[i], y, centre)
			continue
		}
		at := vg.Point{X: x.at[i] + b.style.size*0.34, Y: y + b.width()}
		s.add(label{role: b.role, text: b.lines[0], style: b.style, at: at, turned: true})
	}
}
