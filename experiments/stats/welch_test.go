package stats_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/experiments/stats"
)

// Two runs of six points and a window of 2, by hand. The average run is
// 2, 4, 9, 1, 4, 10; the curve averages 1, 3 and 5 points, and stops two early.
func TestWelchByHand(t *testing.T) {
	series := [][]float64{
		{1, 4, 10, 2, 8, 12},
		{3, 4, 8, 0, 0, 8, 99},
	}
	require.InDeltaSlice(t, []float64{2, 4, 9, 1, 4, 10}, stats.Welch(series, 0), 1e-12)
	require.InDeltaSlice(t, []float64{2, 5, 4, 28.0 / 5}, stats.Welch(series, 2), 1e-12)
}

// The definition as textbooks print it, counting from 1.
func TestWelchAgreesWithItsDefinition(t *testing.T) {
	r := source(1)
	for range 300 {
		runs, m := 1+r.IntN(5), r.IntN(30)
		w := r.IntN(m + 3)
		series := make([][]float64, runs)
		for j := range series {
			series[j] = draw(m, r.NormFloat64)
		}
		y := func(i int) float64 {
			sum := 0.0
			for _, run := range series {
				sum += run[i-1]
			}
			return sum / float64(runs)
		}
		var want []float64
		for i := 1; i <= m-w; i++ {
			sum, side := 0.0, w
			if i <= w {
				side = i - 1
			}
			for s := -side; s <= side; s++ {
				sum += y(i + s)
			}
			want = append(want, sum/float64(2*side+1))
		}
		got := stats.Welch(series, w)
		require.Len(t, got, max(0, m-w))
		if len(want) > 0 {
			require.InDeltaSlice(t, want, got, 1e-12)
		}
	}
}

func TestWelchFlattensAfterTheTransient(t *testing.T) {
	var series [][]float64
	for seed := range uint64(50) {
		series = append(series, settling(seed, 400, 30))
	}
	curve := stats.Welch(series, 20)
	require.Len(t, curve, 380)
	require.Greater(t, curve[0], 25.0)
	for i := 120; i < len(curve); i++ {
		require.InDelta(t, 0, curve[i], 0.3, "at %d", i)
	}
}

// A window of time in which no run sold anything has no latency; its neighbours do.
func TestWelchAveragesWhatIsKnown(t *testing.T) {
	series := [][]float64{
		{1, nan, inf, 4},
		{3, 8, nan, nan},
	}
	got := stats.Welch(series, 0)
	require.Equal(t, []float64{2, 8}, got[:2])
	require.NotEqual(t, got[2], got[2], "nobody knows")
	require.Equal(t, 4.0, got[3])
	require.Equal(t, []float64{2, 5, 6}, stats.Welch(series, 1))
}

func TestWelchWithoutData(t *testing.T) {
	require.Empty(t, stats.Welch(nil, 3))
	require.Empty(t, stats.Welch([][]float64{{1, 2, 3}, {}}, 0))
	require.Empty(t, stats.Welch([][]float64{{1, 2, 3}}, 4))
	require.Panics(t, func() { stats.Welch([][]float64{{1}}, -1) })
}
