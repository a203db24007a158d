package figure

import (
	"gonum.org/v1/plot/vg"
)

// panel is one plot of a page: its axes and what is drawn between them.
type panel struct {
	title, note string
	x, y        axis
	vlines      []VLine
	inset       func(width vg.Length) vg.Length // of the x axis within the frame
	draw        func(s *sheet, x, y scale)
}

// fixed is what a panel needs beside the plot itself.
type fixed struct {
	title, note block
	yTitle      block
	events      events
	xLabels     xLabels // of the last panel only
	xTitle      block
}

const (
	smallestPlot vg.Length = 230
	panelGap     vg.Length = 16
	frameRim     vg.Length = 8 // between the largest value and the top of the frame
	mostYTicks             = 7
)

// compose lays out a page: title and note, the panels below each other, and
// the legend. The panels have the same x axis. The page is as high as it needs
// to be.
func compose(title, note string, entries []entry, panels ...*panel) *sheet {
	s := &sheet{}
	room := pageWidth - 2*margin
	y := s.heading(setTitle(title, titleStyle, room), setNote(note, room), margin)

	legend := newLegend(entries)
	frame := vg.Rectangle{Min: vg.Point{X: margin}, Max: vg.Point{X: pageWidth - margin - legend.width()}}
	for _, p := range panels {
		frame.Min.X = max(frame.Min.X, margin+p.y.labelWidth()+tickLength+tickGap)
	}
	var inset vg.Length
	for _, p := range panels {
		inset = max(inset, p.inset(frame.Max.X-frame.Min.X))
	}

	parts := make([]fixed, len(panels))
	need := y + margin
	for i, p := range panels {
		p.x.from, p.x.to = frame.Min.X+inset, frame.Max.X-inset
		parts[i] = p.fix(frame, i == len(panels)-1)
		need += parts[i].above() + parts[i].below()
	}
	need += panelGap * vg.Length(len(panels)-1)
	if legend.below {
		need += legend.height() + panelGap
	}
	plot := max(smallestPlot, (pageHeight-need)/vg.Length(len(panels)))

	for i, p := range panels {
		frame.Min.Y = y + parts[i].above()
		frame.Max.Y = frame.Min.Y + plot
		p.place(s, frame, y, parts[i])
		y = frame.Max.Y + parts[i].below() + panelGap
	}
	y -= panelGap
	switch {
	case len(legend.entries) == 0:
	case legend.below:
		legend.draw(s, margin, y+panelGap)
		y = s.legend.Max.Y
	default:
		legend.draw(s, frame.Max.X+columnGap, s.frames[0].Min.Y)
		y = max(y, s.legend.Max.Y)
	}
	s.height = max(pageHeight, y+margin)
	return s
}

// setTitle sets a title in two lines at most. If that is not enough it
// shrinks, and if that is not enough either it takes more lines.
func setTitle(text string, style style, width vg.Length) block {
	const shrunk = 0.7
	b := block{role: "title", style: style, lines: style.balanced(text, width)}
	for size := style.size; len(b.lines) > 2 && size > shrunk*style.size; size -= 0.5 {
		b.style = style.sized(size)
		b.lines = b.style.balanced(text, width)
	}
	return b
}

func setNote(text string, width vg.Length) block {
	return block{role: "note", style: noteStyle, lines: noteStyle.wrap(text, width)}
}

// heading adds a title and a note, and returns where the panel below begins.
func (s *sheet) heading(title, note block, y vg.Length) vg.Length {
	y = s.text(title, margin, y, left)
	y = s.text(note, margin, y+headingGap(title, note), left)
	if len(title.lines)+len(note.lines) > 0 {
		y += 10
	}
	return y
}

// headingGap is the gap between a title and a note, if both are there.
func headingGap(title, note block) vg.Length {
	if len(title.lines) > 0 && len(note.lines) > 0 {
		return 2
	}
	return 0
}

// fix sets all texts of a panel whose frame has its final width.
func (p *panel) fix(frame vg.Rectangle, last bool) fixed {
	room := frame.Max.X - margin
	f := fixed{
		title:  setTitle(p.title, headingStyle, room),
		note:   setNote(p.note, room),
		yTitle: block{role: "y title", style: axisStyle, lines: axisStyle.wrap(p.y.title, room)},
		events: newEvents(p.vlines, p.x.scale),
	}
	labels := p.x.setLabels(margin, frame.Max.X+columnGap-labelGap)
	if last {
		f.xLabels = labels
		f.xTitle = block{role: "x title", style: axisStyle, lines: axisStyle.balanced(p.x.title, frame.Max.X-frame.Min.X)}
	}
	return f
}

const (
	yTitleGap vg.Length = 6 // between the title of the y axis and the plot
	xLabelGap vg.Length = 7 // between the plot and the labels of the x axis
	xTitleGap vg.Length = 5
)

// above is the height of what stands above the plot.
func (f fixed) above() vg.Length {
	h := f.title.height() + headingGap(f.title, f.note) + f.note.height()
	if h > 0 {
		h += 6
	}
	if len(f.yTitle.lines) > 0 {
		h += f.yTitle.height() + yTitleGap
	}
	return h + f.events.height
}

// below is the height of what stands below the plot.
func (f fixed) below() vg.Length {
	h := f.xTitle.height()
	if f.xLabels.height > 0 {
		h += xLabelGap + f.xLabels.height
	}
	if len(f.xTitle.lines) > 0 {
		h += xTitleGap
	}
	return h
}

// place adds the panel, whose texts begin at y, with its plot in the frame.
func (p *panel) place(s *sheet, frame vg.Rectangle, y vg.Length, f fixed) {
	s.heading(f.title, f.note, y)
	s.text(f.yTitle, margin, frame.Min.Y-f.events.height-yTitleGap-f.yTitle.height(), left)

	p.y.from, p.y.to = frame.Max.Y, frame.Min.Y+frameRim
	if p.y.lo != 0 {
		p.y.from -= frameRim
	}
	s.frames = append(s.frames, frame)
	drawGrid(s, frame, &p.x, &p.y)
	p.y.drawY(s, frame)
	p.x.drawX(s, frame)
	f.events.draw(s, frame)
	p.draw(s, p.x.scale, p.y.scale)

	f.xLabels.draw(s, frame.Max.Y+xLabelGap)
	s.text(f.xTitle, (frame.Min.X+frame.Max.X)/2, frame.Max.Y+f.below()-f.xTitle.height(), centre)
}
