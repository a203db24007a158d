package metrics_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/metrics"
	"souk/sim/vtime"
)

// quantile is the dumb twin: the smallest value that at least the fraction
// num/100 of the values do not exceed, found by counting.
func quantile(values []vtime.Duration, num int) vtime.Duration {
	sorted := slices.Sorted(slices.Values(values))
	for i, v := range sorted {
		if 100*(i+1) >= num*len(sorted) {
			return v
		}
	}
	panic("no value")
}

func TestQuantilesAgreeWithCounting(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) {
		draw := rapid.Int64Range(0, int64(vtime.Hour))
		if rapid.Bool().Draw(t, "many ties") {
			draw = rapid.Int64Range(0, 3)
		}
		var s metrics.Sample
		var values []vtime.Duration
		var sum int64
		for range rapid.IntRange(1, 300).Draw(t, "n") {
			v := draw.Draw(t, "value")
			values, sum = append(values, vtime.Duration(v)), sum+v
			s.Add(vtime.Duration(v))
		}
		q := s.Quantiles()
		require.EqualValues(t, len(values), q.N)
		require.Equal(t, quantile(values, 50), q.P50)
		require.Equal(t, quantile(values, 95), q.P95)
		require.Equal(t, quantile(values, 99), q.P99)
		require.Equal(t, slices.Max(values), q.Max)
		require.InDelta(t, float64(sum)/float64(len(values)), float64(q.Mean), 1)

		// Asking changes nothing, and more values can follow.
		require.Equal(t, q, s.Quantiles())
		s.Add(0)
		require.Equal(t, quantile(append(values, 0), 50), s.Quantiles().P50)
	})
}

func TestAnEmptySampleHasNoQuantiles(t *testing.T) {
	var s metrics.Sample
	require.Zero(t, s.Quantiles())
}

// Beyond a million values a sample keeps a histogram. Its quantiles are off by
// at most a thousandth; N, mean and maximum stay exact.
func TestBeyondAMillionValuesQuantilesAreOffByAThousandth(t *testing.T) {
	const n = 1_000_500
	// The values grow from a microsecond to about ten seconds by a constant
	// factor, so that every order of magnitude is met, and come shuffled: 7 and
	// n have no common factor.
	value := func(i int) float64 { return 1000 * math.Pow(1e7, float64(i)/n) }
	var s metrics.Sample
	sum := 0.0
	for i := range n {
		v := vtime.Duration(value(i * 7 % n))
		sum += float64(v)
		s.Add(v)
	}
	q := s.Quantiles()
	require.EqualValues(t, n, q.N)
	for _, c := range []struct {
		got  vtime.Duration
		rank int
	}{{q.P50, n * 50 / 100}, {q.P95, n * 95 / 100}, {q.P99, n * 99 / 100}} {
		require.InEpsilon(t, value(c.rank-1), float64(c.got), 0.001)
	}
	require.EqualValues(t, vtime.Duration(value(n-1)), q.Max)
	require.InEpsilon(t, sum/n, float64(q.Mean), 1e-9)
}

func TestAMillionValuesAreStillExact(t *testing.T) {
	var s metrics.Sample
	for i := range 1_000_000 {
		s.Add(vtime.Duration(1e9 + i*7%1_000_000))
	}
	q := s.Quantiles()
	require.EqualValues(t, 1e9+499_999, q.P50)
	require.EqualValues(t, 1e9+949_999, q.P95)
	require.EqualValues(t, 1e9+989_999, q.P99)
	require.EqualValues(t, 1e9+999_999, q.Max)
}
