package figure

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// interval adds the interval of a mean: a thick bar with caps of this reach.
func (s *sheet) interval(x, low, high, reach vg.Length, c color.NRGBA) {
	bar := draw.LineStyle{Color: c, Width: barWidth(reach)}
	s.line(bar, x, low, x, high)
	bar.Width *= 0.75
	for _, y := range []vg.Length{low, high} {
		s.line(bar, x-reach, y, x+reach, y)
	}
}

// single adds the interval of single runs: thinner, lighter and without caps,
// so that it cannot be taken for that of a mean.
func (s *sheet) single(x, low, high, reach vg.Length, c color.NRGBA) {
	const light = 0.45
	s.line(draw.LineStyle{Color: lighter(c, light), Width: 0.55 * barWidth(reach)}, x, low, x, high)
}

func barWidth(reach vg.Length) vg.Length { return min(2.6, 0.55*reach) }
