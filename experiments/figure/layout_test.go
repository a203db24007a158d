package figure

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/vg"
)

// pixels returns the part of the image that a rectangle of the page becomes.
func pixels(r vg.Rectangle) image.Rectangle {
	at := func(l vg.Length) int { return int(math.Round(l.Dots(dotsPerInch))) }
	return image.Rect(at(r.Min.X), at(r.Min.Y), at(r.Max.X), at(r.Max.Y))
}

func grown(r vg.Rectangle, by vg.Length) vg.Rectangle {
	return vg.Rectangle{Min: r.Min.Sub(vg.Point{X: by, Y: by}), Max: r.Max.Add(vg.Point{X: by, Y: by})}
}

func contains(outer, inner vg.Rectangle) bool {
	return inner.Min.X >= outer.Min.X && inner.Min.Y >= outer.Min.Y && inner.Max.X <= outer.Max.X && inner.Max.Y <= outer.Max.Y
}

func overlap(a, b vg.Rectangle) bool {
	return a.Min.X < b.Max.X && b.Min.X < a.Max.X && a.Min.Y < b.Max.Y && b.Min.Y < a.Max.Y
}

// isData reports whether an item shows data, here or in the legend.
func isData(i item) bool {
	switch i := i.(type) {
	case marker:
		return true
	case area:
		return i.colour != white
	case stroke:
		return i.style.Color != gridGrey && i.style.Color != axisGrey && i.style.Color != softInk
	}
	return false
}

// checkTidy is what every layout must keep: all on the page, no text over
// another one or over a plot, all data within a plot, and the legend outside.
func checkTidy(t *testing.T, s *sheet) {
	t.Helper()
	const rim, touch = 5, -0.05
	page := grown(vg.Rectangle{Max: vg.Point{X: pageWidth, Y: s.height}}, -rim)
	var labels []label
	var boxes []vg.Rectangle // of the labels
	for _, i := range s.items {
		assert.True(t, contains(page, i.bounds()), "%T off the page: %+v", i, i)
		if l, ok := i.(label); ok {
			labels, boxes = append(labels, l), append(boxes, l.bounds())
		}
	}
	for i, a := range labels {
		for j, b := range labels[:i] {
			if overlap(grown(boxes[i], touch), boxes[j]) {
				t.Errorf("%s %q lies over %s %q", a.role, a.text, b.role, b.text)
			}
		}
	}
	for _, frame := range s.frames {
		assert.GreaterOrEqual(t, frame.Max.Y-frame.Min.Y, smallestPlot-0.01)
		assert.GreaterOrEqual(t, frame.Max.X-frame.Min.X, pageWidth/2)
		assert.False(t, overlap(grown(frame, diamondRadius), s.legend), "the legend covers a plot")
		for i, l := range labels {
			assert.False(t, overlap(grown(frame, touch), boxes[i]), "%s %q covers a plot", l.role, l.text)
		}
	}
	for _, i := range s.items {
		if !isData(i) {
			continue
		}
		// A marker may stand on the axis, an interval may not leave the plot.
		reach := vg.Length(1.5)
		if _, ok := i.(marker); ok {
			reach = diamondRadius * 1.45
		}
		within := s.legend != vg.Rectangle{} && contains(grown(s.legend, 1), i.bounds())
		for _, frame := range s.frames {
			within = within || contains(grown(frame, reach), i.bounds())
		}
		assert.True(t, within, "data outside of the plots: %T %+v", i, i)
	}
}

func TestGalleryIsTidy(t *testing.T) {
	for name, f := range gallery() {
		t.Run(name, func(t *testing.T) {
			s, err := f.sheet()
			require.NoError(t, err)
			checkTidy(t, s)
		})
	}
}

// TestAnyFigureIsTidy strains the layout with random figures: few or many
// points, series and events, values of any size, axes of any kind, long names.
func TestAnyFigureIsTidy(t *testing.T) {
	for seed := range uint64(150) {
		f := randomFigure(rand.New(rand.NewPCG(seed, 0)))
		s, err := f.sheet()
		require.NoError(t, err, "seed %d", seed)
		if checkTidy(t, s); t.Failed() {
			t.Fatalf("seed %d: %+v", seed, f)
		}
	}
}

func randomFigure(r *rand.Rand) *Lines {
	flip := func() bool { return r.IntN(2) == 0 }
	size := math.Pow(10, float64(r.IntN(19)-9))
	name := func(i int) string {
		return fmt.Sprint(i, " ", strings.TrimSpace(strings.Repeat("cached stock ", r.IntN(r.IntN(20)+1))))
	}
	l := &Lines{
		Title: name(0), Note: name(1),
		X:      Axis{Title: name(2), Unit: "s", Log: r.IntN(3) == 0},
		Y:      Axis{Title: name(3), Log: r.IntN(3) == 0, Percent: r.IntN(4) == 0},
		Joined: flip(),
	}
	l.Y.Zero = !l.Y.Log && flip()
	if l.Y.Percent {
		size = 0.5
	}
	value := func() float64 {
		v := size * math.Exp(2*r.NormFloat64())
		if !l.Y.Log && r.IntN(10) == 0 {
			v = -v
		}
		return v
	}
	xs := make([]float64, 1+r.IntN(1+r.IntN(40)))
	step := math.Pow(10, float64(r.IntN(13)-6))
	for i := range xs {
		xs[i] = step * float64(i+1)
		if r.IntN(4) == 0 {
			xs[i] *= 1 + r.Float64()
		}
	}
	if !l.X.Log && r.IntN(3) == 0 {
		for i := range xs {
			l.X.Ticks = append(l.X.Ticks, Tick{float64(i), name(i)})
			xs[i] = float64(i)
		}
	}
	for i := range 1 + r.IntN(8) {
		s := Series{Name: name(i)}
		p := Published{Name: []string{"", name(i)}[r.IntN(2)], Of: i}
		for _, x := range xs {
			y := value()
			q := Point{X: x, Y: y, CI: Span{y, y + math.Abs(value())}, Single: Span{y, y + math.Abs(value())}}
			if r.IntN(8) == 0 {
				q.CI = Span{}
			}
			if r.IntN(8) == 0 && len(s.Points) > 0 {
				q.Y = math.NaN()
			}
			s.Points = append(s.Points, q)
			p.Marks = append(p.Marks, Mark{x, value()})
		}
		l.Series = append(l.Series, s)
		if flip() {
			l.Published = append(l.Published, p)
		}
	}
	for i := range r.IntN(5) {
		l.VLines = append(l.VLines, VLine{X: xs[r.IntN(len(xs))] * (1 + 0.3*r.Float64()), Label: name(i)})
	}
	return l
}

func TestLegendStandsBesideShortNamesAndBelowLongOnes(t *testing.T) {
	s, err := tradersFigure().sheet()
	require.NoError(t, err)
	assert.Greater(t, s.legend.Min.X, s.frames[0].Max.X)

	long := tradersFigure()
	long.Series[0].Name = "cached, each trader syncs with the warehouse after 5 sales"
	s, err = long.sheet()
	require.NoError(t, err)
	assert.Greater(t, s.legend.Min.Y, s.frames[0].Max.Y)
}

func TestLegendNamesPublishedOnce(t *testing.T) {
	assert.Equal(t, []string{"cached", "cacheless", "published"}, names(lineEntries(tradersFigure())))
	apart := tradersFigure()
	apart.Published[1].Name = "report"
	assert.Equal(t, []string{"cached", "cacheless", "published", "report"}, names(lineEntries(apart)))
	assert.Equal(t, []string{"cached", "cacheless", "published", "report"}, names(lineEntries(apart, apart)), "in two panels")
	assert.Empty(t, lineEntries(&Lines{Series: []Series{{Points: []Point{{}}}}}), "one series without a name")
	assert.Equal(t, []string{"not offered", "out of stock", "stale cache", "total", "published"}, names(unmetFigure().entries()))
}

func TestPublishedOfSeveralSeriesHasNoSeriesColour(t *testing.T) {
	samples := func(l *Lines) (colours []color.NRGBA) {
		for _, e := range lineEntries(l) {
			s := &sheet{}
			e.sample(s, vg.Rectangle{Max: vg.Point{X: 30, Y: 15}})
			colours = append(colours, s.items[len(s.items)-1].(marker).colour)
		}
		return colours
	}
	assert.Equal(t, []color.NRGBA{seriesColours[0], seriesColours[1], softInk}, samples(tradersFigure()))
	one := tradersFigure()
	one.Published = one.Published[1:]
	assert.Equal(t, []color.NRGBA{seriesColours[0], seriesColours[1], seriesColours[1]}, samples(one))
}

func names(entries []entry) (all []string) {
	for _, e := range entries {
		all = append(all, e.name)
	}
	return all
}

func texts(s *sheet, role string) (all []string) {
	for _, i := range s.items {
		if l, ok := i.(label); ok && l.role == role {
			all = append(all, l.text)
		}
	}
	return all
}

func TestLongTitleTakesTwoLinesAndThenShrinks(t *testing.T) {
	f := tradersFigure()
	words := func(n int) string { return strings.TrimSpace(strings.Repeat("question ", n)) }
	size := func(n int) (lines int, size vg.Length) {
		f.Title = words(n)
		s, err := f.sheet()
		require.NoError(t, err)
		assert.Equal(t, f.Title, strings.Join(texts(s, "title"), " "), "no word is lost")
		for _, i := range s.items {
			if l, ok := i.(label); ok && l.role == "title" {
				lines, size = lines+1, l.style.size
			}
		}
		return lines, size
	}
	for _, c := range []struct {
		words, lines int
		shrunk       bool
	}{{5, 1, false}, {12, 2, false}, {22, 2, true}, {60, 5, true}} {
		lines, at := size(c.words)
		assert.Equal(t, c.lines, lines, "%d words", c.words)
		assert.Equal(t, c.shrunk, at < titleStyle.size, "%d words", c.words)
	}
}

func TestManyCategoriesRunUpwards(t *testing.T) {
	turned := func(n int, name string) bool {
		s, err := categoriesFigure(n, name).sheet()
		require.NoError(t, err)
		assert.Len(t, texts(s, "x tick"), n*map[bool]int{true: 2, false: 1}[n < 60 && strings.Contains(name, " ")])
		for _, i := range s.items {
			if l, ok := i.(label); ok && l.turned {
				return true
			}
		}
		return false
	}
	assert.False(t, turned(5, "market"))
	assert.False(t, turned(5, "marketplace with sellers"), "in two lines")
	assert.True(t, turned(60, "market"))
}

func TestPanelsShareTheirXAxis(t *testing.T) {
	f := panelsFigure()
	for i, s := range f.Lines[1].Series {
		f.Lines[1].Series[i].Points = s.Points[:3] // fewer places than above
	}
	s, err := f.sheet()
	require.NoError(t, err)
	require.Len(t, s.frames, 2)
	assert.Equal(t, s.frames[0].Min.X, s.frames[1].Min.X)
	assert.Equal(t, s.frames[0].Max.X, s.frames[1].Max.X)
	assert.Equal(t, []string{"1", "2", "5", "10", "20", "50", "100"}, texts(s, "x tick"), "below the last panel only")
	assert.Len(t, texts(s, "legend"), 3, "each series once")

	at := map[float64]int{}
	for _, i := range s.items {
		if m, ok := i.(marker); ok && m.at.X < s.frames[0].Max.X {
			at[math.Round(float64(m.at.X)*1e6)]++
		}
	}
	assert.Len(t, at, 21, "the same place in both panels")
}
