package stats_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/experiments/stats"
)

var (
	nan = math.NaN()
	inf = math.Inf(1)
)

// at95 is the usual setting.
var at95 = stats.Setting{Confidence: 0.95}

// source is the randomness of one test.
func source(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// draw returns n values of a distribution.
func draw(n int, one func() float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = one()
	}
	return x
}

// near requires both bounds of an interval, to half a unit of the last digit
// that a publication gives.
func near(t *testing.T, low, high float64, got stats.Interval, delta float64) {
	t.Helper()
	require.InDelta(t, low, got.Low, delta)
	require.InDelta(t, high, got.High, delta)
}

func requireUnknown(t *testing.T, i stats.Interval) {
	t.Helper()
	require.True(t, math.IsNaN(i.Low) && math.IsNaN(i.High), "%v", i)
}

// share runs an experiment of chance so many times and returns how often it
// came out true, and the standard deviation of that if it should be p.
func share(times int, p float64, once func() bool) (got, sd float64) {
	hits := 0
	for range times {
		if once() {
			hits++
		}
	}
	return float64(hits) / float64(times), math.Sqrt(p * (1 - p) / float64(times))
}

// requireChance requires a chance p to within three standard deviations of its estimate.
func requireChance(t *testing.T, p float64, times int, once func() bool) {
	t.Helper()
	got, sd := share(times, p, once)
	require.InDelta(t, p, got, 3*sd)
}
