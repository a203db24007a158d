package figure

import (
	"image/color"
	"image/png"
	"io"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// sheet is a finished layout. Its places are points from the page's top left
// corner, x to the right and y down, as one reads.
type sheet struct {
	height vg.Length
	items  []item
	frames []vg.Rectangle // the data area of each panel
	legend vg.Rectangle   // empty if there is none
}

// item is something to paint. Items are painted in order, later ones over
// earlier ones.
type item interface {
	paint(c *draw.Canvas, flip func(vg.Point) vg.Point)
	bounds() vg.Rectangle // what the item covers
}

func (s *sheet) add(i item) { s.items = append(s.items, i) }

// writePNG paints the sheet.
func (s *sheet) writePNG(w io.Writer) error {
	img := vgimg.NewWith(vgimg.UseWH(pageWidth, s.height), vgimg.UseDPI(dotsPerInch))
	c := draw.New(img)
	flip := func(p vg.Point) vg.Point { return vg.Point{X: p.X, Y: s.height - p.Y} }
	for _, i := range s.items {
		i.paint(&c, flip)
	}
	return png.Encode(w, img.Image())
}

// stroke is an open line.
type stroke struct {
	points []vg.Point
	style  draw.LineStyle
}

func (l stroke) paint(c *draw.Canvas, flip func(vg.Point) vg.Point) {
	c.StrokeLines(l.style, flipped(l.points, flip))
}

func (l stroke) bounds() vg.Rectangle { return hull(l.points, l.style.Width/2) }

// line adds a straight line.
func (s *sheet) line(style draw.LineStyle, x0, y0, x1, y1 vg.Length) {
	s.add(stroke{[]vg.Point{{X: x0, Y: y0}, {X: x1, Y: y1}}, style})
}

// area is a filled polygon.
type area struct {
	points []vg.Point
	colour color.NRGBA
}

func (a area) paint(c *draw.Canvas, flip func(vg.Point) vg.Point) {
	c.FillPolygon(a.colour, flipped(a.points, flip))
}

func (a area) bounds() vg.Rectangle { return hull(a.points, 0) }

// rectangle adds a filled rectangle.
func (s *sheet) rectangle(r vg.Rectangle, colour color.NRGBA) {
	s.add(area{[]vg.Point{r.Min, {X: r.Max.X, Y: r.Min.Y}, r.Max, {X: r.Min.X, Y: r.Max.Y}}, colour})
}

// marker is a shape at a place.
type marker struct {
	shape  shape
	at     vg.Point
	radius vg.Length
	colour color.NRGBA
}

func (m marker) paint(c *draw.Canvas, flip func(vg.Point) vg.Point) {
	var path vg.Path
	at := flip(m.at)
	if len(m.shape.corners) == 0 {
		path.Move(vg.Point{X: at.X + m.radius, Y: at.Y})
		path.Arc(at, m.radius, 0, 2*math.Pi)
	}
	for i, corner := range m.shape.corners {
		p := at.Add(corner.Scale(m.radius))
		if i == 0 {
			path.Move(p)
		} else {
			path.Line(p)
		}
	}
	path.Close()

	if !m.shape.hollow {
		c.SetColor(m.colour)
		c.Fill(path)
		return
	}
	c.SetColor(white)
	c.Fill(path)
	c.SetLineStyle(draw.LineStyle{Color: m.colour, Width: m.radius * 0.38})
	c.Stroke(path)
}

func (m marker) bounds() vg.Rectangle {
	reach := m.radius * 1.45 // the farthest corner of any shape
	return hull([]vg.Point{m.at}, reach)
}

// hull is the smallest rectangle around points, with a rim.
func hull(points []vg.Point, rim vg.Length) vg.Rectangle {
	r := vg.Rectangle{Min: points[0], Max: points[0]}
	for _, p := range points[1:] {
		r.Min.X, r.Min.Y = min(r.Min.X, p.X), min(r.Min.Y, p.Y)
		r.Max.X, r.Max.Y = max(r.Max.X, p.X), max(r.Max.Y, p.Y)
	}
	r.Min = r.Min.Sub(vg.Point{X: rim, Y: rim})
	r.Max = r.Max.Add(vg.Point{X: rim, Y: rim})
	return r
}

func flipped(points []vg.Point, flip func(vg.Point) vg.Point) []vg.Point {
	out := make([]vg.Point, len(points))
	for i, p := range points {
		out[i] = flip(p)
	}
	return out
}
