package figure

import (
	"bytes"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNonsenseIsRefused(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	one := []Series{{Name: "a", Points: []Point{{X: 1, Y: 1}}}}
	with := func(p Point) []Series { return []Series{{Name: "a", Points: []Point{{X: 1, Y: 1}, p}}} }
	bars := func(change func(*Stack)) *Stack {
		k := unmetFigure()
		change(k)
		return k
	}
	for _, c := range []struct {
		f    figure
		want string
	}{
		{&Lines{}, "no data"},
		{&Lines{Series: []Series{{Name: "a"}}}, "no data"},
		{&Lines{Series: []Series{{Points: []Point{{X: nan, Y: 1}, {X: 1, Y: nan}}}}}, "no data"},
		{&Lines{Series: with(Point{X: 0, Y: 1}), X: Axis{Log: true}}, "series 0, point 1, x: 0 on a logarithmic axis"},
		{&Lines{Series: with(Point{X: 1, Y: -2}), Y: Axis{Log: true}}, "series 0, point 1, y: -2 on a logarithmic axis"},
		{&Lines{Series: with(Point{X: 1, Y: 1, CI: Span{0, 2}}), Y: Axis{Log: true}}, "interval of the mean: 0 on a logarithmic axis"},
		{&Lines{Series: with(Point{X: 1, Y: inf})}, "y: +Inf is beyond what an axis can show"},
		{&Lines{Series: with(Point{X: -inf, Y: 1})}, "x: -Inf is beyond"},
		{&Lines{Series: with(Point{X: 1, Y: 1, Single: Span{2, 1}})}, "the interval goes from 2 down to 1"},
		{&Lines{Series: one, Y: Axis{Log: true, Zero: true}}, "y axis: a logarithmic axis has no 0"},
		{&Lines{Series: one, X: Axis{Ticks: []Tick{{nan, "?"}}}}, "x axis, tick 0: NaN"},
		{&Lines{Series: one, X: Axis{Log: true, Ticks: []Tick{{0, "0"}}}}, "x axis, tick 0: 0 on a logarithmic axis"},
		{&Lines{Series: one, Published: []Published{{Of: 1}}}, "published 0 belongs to series 1"},
		{&Lines{Series: one, Published: []Published{{Of: -1}}}, "published 0 belongs to series -1"},
		{&Lines{Series: one, Published: []Published{{}, {Name: "again"}}}, "published 1 belongs to series 0 as another one does"},
		{&Lines{Series: one, Y: Axis{Log: true}, Published: []Published{{Marks: []Mark{{1, 0}}}}}, "published 0, mark 0, y: 0 on"},
		{&Lines{Series: one, VLines: []VLine{{X: nan}}}, "vertical line 0: NaN"},
		{&Lines{Series: one, X: Axis{Log: true}, VLines: []VLine{{X: -1}}}, "vertical line 0: -1 on a logarithmic axis"},
		{&Lines{Series: append(one, one...)}, `two series are called "a"`},
		{&Lines{Series: append(one, Series{})}, "series 1 has no name"},
		{&Lines{Series: make([]Series, 9)}, "9 series, but no more than 8"},

		{&Stack{}, "no data"},
		{&Stack{Categories: []string{"a"}}, "no data"},
		{&Stack{Categories: []string{"a"}, Parts: []Part{{"p", []float64{nan}}}}, "no data"},
		{bars(func(k *Stack) { k.Parts[1].Heights = k.Parts[1].Heights[:3] }), "part 1 has 3 heights for 4 categories"},
		{bars(func(k *Stack) { k.Parts[1].Heights[2] = -1 }), "part 1, category 2: a height of -1"},
		{bars(func(k *Stack) { k.Parts[1].Heights[2] = nan }), "category 2: some parts are missing"},
		{bars(func(k *Stack) { k.Parts[1].Name = "" }), "part 1 has no name"},
		{bars(func(k *Stack) { k.Parts[1].Name = k.Parts[0].Name }), "two parts are called"},
		{bars(func(k *Stack) { k.CI = k.CI[1:] }), "3 intervals of the mean for 4 categories"},
		{bars(func(k *Stack) { k.Single = k.Single[1:] }), "3 intervals of single runs for 4 categories"},
		{bars(func(k *Stack) { k.CI[1] = Span{2, 1} }), "category 1, interval of the mean: the interval goes"},
		{bars(func(k *Stack) { k.Single[1] = Span{2, 1} }), "category 1, interval of single runs: the interval goes"},
		{bars(func(k *Stack) { k.Published = k.Published[1:] }), "3 published values for 4 categories"},
		{bars(func(k *Stack) { k.Published[0] = inf }), "category 0, published: +Inf"},
		{bars(func(k *Stack) { k.Y.Log = true }), "bars start at 0"},
		{bars(func(k *Stack) { k.Parts = make([]Part, 7) }), "7 parts, but no more than 6"},

		{&Panels{}, "no data"},
		{&Panels{Lines: []Lines{{Series: one}, {}}}, "panel 1: figure: no data"},
		{&Panels{Lines: []Lines{{Series: one}, {Series: one, X: Axis{Log: true}}}}, "panel 1 has another x axis"},
		{&Panels{Lines: []Lines{
			{Series: one},
			{Series: []Series{{Name: "b", Points: one[0].Points}, one[0]}},
		}}, `series "a" is number 1 in panel 1 and 0 before`},
	} {
		var out bytes.Buffer
		assert.ErrorContains(t, c.f.WritePNG(&out), c.want)
		assert.Zero(t, out.Len(), "%s: nothing is written", c.want)
	}
}

func TestAllProblemsAreReportedAtOnce(t *testing.T) {
	err := (&Lines{
		X:      Axis{Log: true},
		Series: []Series{{Name: "a", Points: []Point{{X: 0, Y: math.Inf(1)}}}, {}},
	}).WritePNG(new(bytes.Buffer))
	assert.ErrorContains(t, err, "point 0, x: 0 on a logarithmic axis")
	assert.ErrorContains(t, err, "point 0, y: +Inf")
	assert.ErrorContains(t, err, "series 1 has no name")
}

func TestEmptySpansDrawNothing(t *testing.T) {
	assert.False(t, Span{}.drawn())
	assert.False(t, Span{math.NaN(), 1}.drawn())
	assert.False(t, Span{1, math.NaN()}.drawn())
	assert.True(t, Span{0, 1}.drawn())
	assert.True(t, Span{1, 1}.drawn())
}
