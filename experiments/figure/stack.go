package figure

import (
	"image/color"
	"io"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
)

// WritePNG draws the figure. It returns all that is wrong with the data, or
// the error of w.
func (k *Stack) WritePNG(w io.Writer) error {
	s, err := k.sheet()
	if err != nil {
		return err
	}
	return s.writePNG(w)
}

func (k *Stack) sheet() (*sheet, error) {
	if err := k.check(); err != nil {
		return nil, err
	}
	places := make([]float64, len(k.Categories))
	for i := range places {
		places[i] = float64(i)
	}
	upwards := k.Y
	upwards.Zero = true
	p := &panel{
		x:     newX(Axis{Title: k.XTitle, Ticks: Categories(k.Categories...)}, places, nil),
		y:     newY(upwards, k.heights()),
		inset: func(vg.Length) vg.Length { return 0 },
		draw:  k.draw,
	}
	return compose(k.Title, k.Note, k.entries(), p), nil
}

// total is the height of a category's bar, or NaN if it has none.
func (k *Stack) total(category int) (sum float64) {
	for _, p := range k.Parts {
		sum += p.Heights[category]
	}
	return sum
}

// heights returns the heights of all that is drawn.
func (k *Stack) heights() (all []float64) {
	for i := range k.Categories {
		all = append(all, k.total(i))
		for _, spans := range [][]Span{k.CI, k.Single} {
			if len(spans) > 0 && spans[i].drawn() {
				all = append(all, spans[i].Low, spans[i].High)
			}
		}
	}
	all = append(all, k.Published...)
	return slices.DeleteFunc(all, math.IsNaN)
}

const (
	widestBar  vg.Length = 80
	widestSlot vg.Length = 24
	barShare             = 0.5  // of a cell
	slotShare            = 0.14 // of a cell
)

// draw adds the bars, and beside each what belongs to its total: the
// intervals, and the published value.
func (k *Stack) draw(s *sheet, x, y scale) {
	cell := x.at(1) - x.at(0)
	bar, slot := min(widestBar, barShare*cell), min(widestSlot, slotShare*cell)
	group := bar
	intervals := len(k.CI)+len(k.Single) > 0
	if intervals {
		group += slot
	}
	if len(k.Published) > 0 {
		group += slot
	}
	for i := range k.Categories {
		at := x.at(float64(i)) - group/2
		k.drawBar(s, i, at, bar, y)
		at += bar + slot/2
		if intervals {
			k.drawIntervals(s, i, at, slot, y)
			at += slot
		}
		if len(k.Published) > 0 && !math.IsNaN(k.Published[i]) {
			place := vg.Point{X: at, Y: y.at(k.Published[i])}
			s.add(marker{diamond, place, min(diamondRadius, 0.48*slot), ink})
		}
	}
}

// drawBar adds one category's parts, with a gap between them.
func (k *Stack) drawBar(s *sheet, category int, from, width vg.Length, y scale) {
	const gap vg.Length = 1
	sum := 0.0
	for i, p := range k.Parts {
		height := p.Heights[category]
		if math.IsNaN(height) {
			return
		}
		bottom, top := y.at(sum), y.at(sum+height)
		if i > 0 && bottom-top > 2*gap {
			bottom -= gap
		}
		if height > 0 {
			s.rectangle(vg.Rectangle{
				Min: vg.Point{X: from, Y: top}, Max: vg.Point{X: from + width, Y: bottom},
			}, partColours[i])
		}
		sum += height
	}
}

func (k *Stack) drawIntervals(s *sheet, category int, at, slot vg.Length, y scale) {
	reach := min(capReach, 0.44*slot)
	if len(k.Single) > 0 && k.Single[category].drawn() {
		s.single(at, y.at(k.Single[category].Low), y.at(k.Single[category].High), reach, ink)
	}
	if len(k.CI) > 0 && k.CI[category].drawn() {
		s.interval(at, y.at(k.CI[category].Low), y.at(k.CI[category].High), reach, ink)
	}
	if total := k.total(category); !math.IsNaN(total) {
		s.add(marker{shapes[0], vg.Point{X: at, Y: y.at(total)}, min(markerRadius, 0.42*slot), ink})
	}
}

// entries are the legend's lines: the parts as they lie, from the top, and
// then what stands beside the bars.
func (k *Stack) entries() (all []entry) {
	for i, p := range slices.Backward(k.Parts) {
		all = append(all, entry{p.Name, partSample(partColours[i])})
	}
	if len(k.CI)+len(k.Single) > 0 {
		all = append(all, entry{"total", totalSample})
	}
	if len(k.Published) > 0 {
		all = append(all, entry{publishedName(""), diamondSample(ink)})
	}
	return all
}

func partSample(c color.NRGBA) func(*sheet, vg.Rectangle) {
	return func(s *sheet, box vg.Rectangle) {
		box.Min.X += 6
		box.Max.X -= 6
		box.Min.Y += 2
		box.Max.Y -= 2
		s.rectangle(box, c)
	}
}

func totalSample(s *sheet, box vg.Rectangle) {
	at := middle(box)
	s.interval(at.X, box.Max.Y-1, box.Min.Y+1, capReach, ink)
	s.add(marker{shapes[0], at, 0.9 * markerRadius, ink})
}
