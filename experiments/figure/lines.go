package figure

import (
	"cmp"
	"io"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// WritePNG draws the figure. It returns all that is wrong with the data, or
// the error of w.
func (l *Lines) WritePNG(w io.Writer) error {
	s, err := l.sheet()
	if err != nil {
		return err
	}
	return s.writePNG(w)
}

func (l *Lines) sheet() (*sheet, error) {
	if err := l.check(); err != nil {
		return nil, err
	}
	p := l.panel(l.xs(), l.eventXs())
	p.title, p.note = "", ""
	return compose(l.Title, l.Note, lineEntries(l), p), nil
}

// panel makes the plot of l for an axis with these x values.
func (l *Lines) panel(xs, eventXs []float64) *panel {
	p := &panel{title: l.Title, note: l.Note, vlines: l.VLines}
	p.x = newX(l.X, xs, eventXs)
	p.y = newY(l.Y, l.ys())
	d := newDodge(l, l.apart(), &p.x)
	p.inset = d.inset
	p.draw = func(s *sheet, x, y scale) {
		c := chart{sheet: s, x: x, y: y, dodge: d, pitch: d.pitch(x.to - x.from)}
		c.draw(l)
	}
	return p
}

// apart reports whether series must stand beside each other.
func (l *Lines) apart() bool { return !l.Joined || len(l.Published) > 0 || l.hasIntervals() }

func (l *Lines) hasIntervals() bool {
	for _, s := range l.Series {
		for _, p := range s.Points {
			if p.CI.drawn() || p.Single.drawn() {
				return true
			}
		}
	}
	return false
}

// drawn reports whether there is an interval to draw.
func (s Span) drawn() bool {
	return s != Span{} && !math.IsNaN(s.Low) && !math.IsNaN(s.High)
}

func (p Point) missing() bool { return math.IsNaN(p.X) || math.IsNaN(p.Y) }
func (m Mark) missing() bool  { return math.IsNaN(m.X) || math.IsNaN(m.Y) }

// xs returns the places of all that is drawn.
func (l *Lines) xs() (all []float64) {
	for _, s := range l.Series {
		for _, p := range s.Points {
			if !p.missing() {
				all = append(all, p.X)
			}
		}
	}
	for _, p := range l.Published {
		for _, m := range p.Marks {
			if !m.missing() {
				all = append(all, m.X)
			}
		}
	}
	return all
}

func (l *Lines) eventXs() (all []float64) {
	for _, v := range l.VLines {
		all = append(all, v.X)
	}
	return all
}

// ys returns the heights of all that is drawn.
func (l *Lines) ys() (all []float64) {
	for _, s := range l.Series {
		for _, p := range s.Points {
			if p.missing() {
				continue
			}
			all = append(all, p.Y)
			for _, span := range []Span{p.CI, p.Single} {
				if span.drawn() {
					all = append(all, span.Low, span.High)
				}
			}
		}
	}
	for _, p := range l.Published {
		for _, m := range p.Marks {
			if !m.missing() {
				all = append(all, m.Y)
			}
		}
	}
	return all
}

// chart draws series into a plot.
type chart struct {
	*sheet
	x, y  scale
	dodge dodge
	pitch vg.Length // of the slots
}

// draw adds the series in layers, so that no interval hides a mean.
func (c chart) draw(l *Lines) {
	lines := make([]placed, len(l.Series))
	for i, s := range l.Series {
		lines[i] = c.place(s, i, l.Joined)
	}
	for _, p := range lines {
		p.intervals(c, func(p Point) Span { return p.Single }, c.single, 0x28)
	}
	mean := func(p Point) Span { return p.CI }
	for _, p := range lines {
		if p.dense {
			p.intervals(c, mean, c.interval, 0x48)
		}
	}
	for _, p := range lines {
		if l.Joined {
			p.join(c)
		}
	}
	for _, p := range lines {
		if !p.dense {
			p.intervals(c, mean, c.interval, 0)
		}
	}
	for _, p := range lines {
		p.markers(c)
	}
	for i, p := range l.Published {
		offset := c.dodge.offset(c.dodge.published[i], c.pitch)
		for _, m := range p.Marks {
			if !m.missing() {
				at := vg.Point{X: c.x.at(m.X) + offset, Y: c.y.at(m.Y)}
				c.add(marker{diamond, at, min(diamondRadius, max(c.dodge.smallest, 0.48*c.pitch)), seriesColours[p.Of]})
			}
		}
	}
}

// single adds a thin interval at x.
func (c chart) single(x vg.Length, span Span, index int) {
	c.sheet.single(x, c.y.at(span.Low), c.y.at(span.High), c.reach(), seriesColours[index])
}

// interval adds a thick interval with caps at x.
func (c chart) interval(x vg.Length, span Span, index int) {
	c.sheet.interval(x, c.y.at(span.Low), c.y.at(span.High), c.reach(), seriesColours[index])
}

// reach is that of the caps: they stay within a slot.
func (c chart) reach() vg.Length { return min(capReach, max(c.dodge.smallest, 0.44*c.pitch)) }

// placed is a series with its points in order and their places on the page.
type placed struct {
	index  int
	points []Point    // without those that have no x
	at     []vg.Point // of each; meaningless for a missing point
	dense  bool       // too close for bars and for a marker at each point
}

const (
	denseBelow    vg.Length = 9  // points of a joined line that are typically closer get bands
	markerSpacing vg.Length = 55 // on dense lines
)

// place puts the points of a series in order and on the page.
func (c chart) place(s Series, index int, joined bool) placed {
	p := placed{index: index}
	for _, q := range s.Points {
		if !math.IsNaN(q.X) {
			p.points = append(p.points, q)
		}
	}
	slices.SortStableFunc(p.points, func(a, b Point) int { return cmp.Compare(a.X, b.X) })
	var gaps []vg.Length
	for _, q := range p.points {
		p.at = append(p.at, vg.Point{X: c.x.at(q.X)})
		if n := len(p.at); n > 1 {
			gaps = append(gaps, p.at[n-1].X-p.at[n-2].X)
		}
	}
	slices.Sort(gaps)
	p.dense = joined && len(gaps) > 0 && gaps[len(gaps)/2] < denseBelow
	for i, q := range p.points {
		if !p.dense {
			p.at[i].X += c.dodge.offset(c.dodge.series[index], c.pitch)
		}
		if !q.missing() {
			p.at[i].Y = c.y.at(q.Y)
		}
	}
	return p
}

// join adds the lines from point to point, with gaps where one is missing.
func (p placed) join(c chart) {
	style := draw.LineStyle{Color: seriesColours[p.index], Width: 1.8, Dashes: dashes[p.index]}
	p.stretches(func(from, to int) {
		if to-from < 2 {
			return
		}
		if p.dense { // a white rim sets a smooth line off from a noisy one
			c.add(stroke{p.at[from:to], draw.LineStyle{Color: white, Width: style.Width + 1.6}})
		}
		c.add(stroke{p.at[from:to], style})
	})
}

// stretches calls f for each longest run of points without a missing one.
func (p placed) stretches(f func(from, to int)) {
	from := 0
	for i, q := range p.points {
		if q.missing() {
			if i > from {
				f(from, i)
			}
			from = i + 1
		}
	}
	if len(p.points) > from {
		f(from, len(p.points))
	}
}

// intervals adds the interval of each point, or a band if the points are dense.
func (p placed) intervals(c chart, of func(Point) Span, bar func(vg.Length, Span, int), alpha uint8) {
	if !p.dense {
		for i, q := range p.points {
			if !q.missing() && of(q).drawn() {
				bar(p.at[i].X, of(q), p.index)
			}
		}
		return
	}
	p.stretches(func(from, to int) {
		var upper, lower []vg.Point
		for i := from; i < to; i++ {
			if span := of(p.points[i]); span.drawn() {
				upper = append(upper, vg.Point{X: p.at[i].X, Y: c.y.at(span.High)})
				lower = append(lower, vg.Point{X: p.at[i].X, Y: c.y.at(span.Low)})
			}
		}
		slices.Reverse(lower)
		if len(upper) > 1 {
			c.add(area{append(upper, lower...), faded(seriesColours[p.index], alpha)})
		}
	})
}

// markers adds the markers of the means. On a dense line they are some way
// apart, and series do not mark the same places.
func (p placed) markers(c chart) {
	radius, spacing, next := max(c.dodge.smallest, min(markerRadius, 0.42*c.pitch)), vg.Length(0), c.x.from
	if p.dense {
		radius, spacing = 0.9*markerRadius, markerSpacing
		next += spacing * vg.Length(p.index) / vg.Length(len(seriesColours))
	}
	for i, at := range p.at {
		if !p.points[i].missing() && (!p.dense || at.X >= next) {
			c.add(marker{shapes[p.index], at, radius, seriesColours[p.index]})
			next = at.X + spacing
		}
	}
}
