package figure

import (
	"image/color"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/vg"
)

// markersOf returns where the markers in the plot stand, from left to right.
func markersOf(t *testing.T, f drawing) (xs []float64) {
	t.Helper()
	s, err := f.sheet()
	require.NoError(t, err)
	for _, i := range s.items {
		if m, ok := i.(marker); ok && !contains(s.legend, grown(m.bounds(), -3)) {
			xs = append(xs, float64(m.at.X))
		}
	}
	slices.Sort(xs)
	return xs
}

// strip is the part of the page's width that one item of a plot takes, and
// whose item it is: a series' own, or its published marks'.
type strip struct {
	from, to  vg.Length
	series    int
	published bool
}

// strips returns those of all markers, intervals and caps in the plot.
func strips(s *sheet) (all []strip) {
	owner := func(c color.Color) int {
		return slices.IndexFunc(seriesColours, func(own color.NRGBA) bool { return c == own || c == lighter(own, 0.45) })
	}
	for _, i := range s.items {
		if !contains(grown(s.frames[0], 10), i.bounds()) || !isData(i) {
			continue
		}
		switch i := i.(type) {
		case marker:
			all = append(all, strip{i.at.X - i.radius, i.at.X + i.radius, owner(i.colour), i.shape.isDiamond()})
		case stroke:
			if upright := i.points[0].X == i.points[1].X; upright {
				half := i.style.Width / 2
				all = append(all, strip{i.points[0].X - half, i.points[0].X + half, owner(i.style.Color), false})
			} else if i.points[0].Y == i.points[1].Y && len(i.points) == 2 {
				all = append(all, strip{i.points[0].X, i.points[1].X, owner(i.style.Color), false})
			}
		}
	}
	return all
}

func (s shape) isDiamond() bool { return len(s.corners) == 4 && s.corners[0].Y > 0.99 }

// TestNothingIsHidden: each series and its published marks have strips of the
// page of their own, whatever their values.
func TestNothingIsHidden(t *testing.T) {
	for _, f := range []*Lines{tradersFigure(), faultFigure(), eightFigure(), crowdedFigure(), syncFigure(), categoriesFigure(60, "")} {
		s, err := f.sheet()
		require.NoError(t, err)
		all := strips(s)
		require.Greater(t, len(all), 2*len(f.Series))
		for i, a := range all {
			for _, b := range all[:i] {
				if a.series != b.series || a.published != b.published {
					assert.False(t, a.from < b.to && b.from < a.to, "%s: %v over %v", f.Title, a, b)
				}
			}
		}
	}
}

func TestSeriesStandAroundTheirPlace(t *testing.T) {
	f := tradersFigure() // two series, each with published marks: four slots
	xs := markersOf(t, f)
	require.Len(t, xs, 12)
	s, err := f.sheet()
	require.NoError(t, err)
	from, to := float64(s.frames[0].Min.X), float64(s.frames[0].Max.X)
	cell := (to - from) / 3
	for i := range 3 {
		group := xs[4*i : 4*i+4]
		middle := from + cell*(float64(i)+0.5)
		assert.InDelta(t, middle, (group[0]+group[3])/2, 1e-6)
		for j := range 3 {
			assert.InDelta(t, group[1]-group[0], group[j+1]-group[j], 1e-6, "slots are equally wide")
		}
		assert.Less(t, group[3]-group[0], cell/2)
	}
}

func TestDodgeIsMultiplicativeOnALogAxis(t *testing.T) {
	xs := markersOf(t, syncFigure()) // 1, 2, 5 to 100: three series each
	require.Len(t, xs, 21)
	for i := 0; i < 21; i += 3 {
		assert.InDelta(t, xs[1]-xs[0], xs[i+1]-xs[i], 1e-6)
		assert.InDelta(t, xs[2]-xs[1], xs[i+2]-xs[i+1], 1e-6)
	}
	assert.Greater(t, xs[3]-xs[2], 2*(xs[1]-xs[0]), "places are farther apart than series")
}

func TestJoinedLinesWithoutIntervalsKeepTheirPlace(t *testing.T) {
	f := &Lines{Joined: true}
	for _, name := range []string{"a", "b", "c"} {
		f.Series = append(f.Series, Series{name, []Point{{X: 1, Y: 1}, {X: 2, Y: 3}}})
	}
	xs := markersOf(t, f)
	assert.Len(t, slices.Compact(xs), 2)
	f.Joined = false
	xs = markersOf(t, f)
	assert.Len(t, slices.Compact(xs), 6)
}

func TestPublishedStandsRightOfItsSeries(t *testing.T) {
	s, err := tradersFigure().sheet()
	require.NoError(t, err)
	diamonds := map[int][]vg.Length{}
	means := map[int][]vg.Length{}
	for _, i := range s.items {
		m, ok := i.(marker)
		if !ok || m.at.X > s.frames[0].Max.X {
			continue
		}
		series := slices.Index(seriesColours, m.colour)
		if m.shape.hollow {
			diamonds[series] = append(diamonds[series], m.at.X)
		} else {
			means[series] = append(means[series], m.at.X)
		}
	}
	for series := range 2 {
		require.Len(t, diamonds[series], 3)
		for i := range 3 {
			gap := diamonds[series][i] - means[series][i]
			assert.Greater(t, gap, 2*capReach)
			assert.LessOrEqual(t, gap, vg.Length(22))
		}
	}
}
