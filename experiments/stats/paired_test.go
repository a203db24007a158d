package stats_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/experiments/stats"
)

// Student's own example (Biometrika 6, 1908): additional hours of sleep by two
// drugs, for ten patients. R's documentation of its data set sleep gives for the
// paired test t = -4.0621, 9 degrees of freedom, p = 0.002833, the interval
// -2.4598858 to -0.7001142 and the mean -1.58, for the first less the second.
func TestStudentsSleepers(t *testing.T) {
	first := []float64{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0}
	second := []float64{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4}
	d := stats.Paired(first, second, 0.95, 1)
	require.Equal(t, 10, d.N)
	require.InDelta(t, 1.58, d.Mean, 1e-12)
	near(t, 0.7001142, 2.4598858, d.CI, 0.5e-7)
	require.InDelta(t, 0.002833, d.P, 0.5e-6)
	require.InDelta(t, 4.0621, d.Mean/(d.SD/math.Sqrt(10)), 0.5e-4)
}

// One of 100 comparisons is made at 99.95 %; t is 5.2906538403064 there (mpmath).
func TestAFamilyOfComparisonsIsHeldToMore(t *testing.T) {
	r := source(1)
	a, b := draw(10, r.NormFloat64), draw(10, r.NormFloat64)
	one, many := stats.Paired(a, b, 0.95, 1), stats.Paired(a, b, 0.95, 100)
	require.InEpsilon(t, 5.2906538403064*one.SD/math.Sqrt(10), many.CI.Half(), 1e-11)
	require.Equal(t, one.Mean, many.Mean)

	apart := make([]float64, 10)
	for i := range apart {
		apart[i] = a[i] + 1 + 0.1*b[i]
	}
	one, many = stats.Paired(a, apart, 0.95, 1), stats.Paired(a, apart, 0.95, 100)
	require.InEpsilon(t, 100*one.P, many.P, 1e-12)
	require.Equal(t, 1.0, stats.Paired(a, b, 0.95, 100000).P, "a probability, whatever the family")
}

// Two-sided tails by mpmath with 40 digits; 2 and 4 are t and its degrees of
// freedom, and so on.
func TestPFarOutInTheTail(t *testing.T) {
	for _, c := range []struct {
		t, want float64
		freedom int
	}{
		{2, 0.116116523517, 4},
		{15, 1.12810221085e-7, 9},
		{40, 1.45746965543e-20, 20},
	} {
		n := c.freedom + 1
		b := draw(n, source(1).NormFloat64)
		e := stats.Describe(b, at95)
		// Shift the values to where the mean is t standard errors.
		for i := range b {
			b[i] += c.t*e.SD/math.Sqrt(float64(n)) - e.Mean
		}
		require.InEpsilon(t, c.want, stats.Paired(make([]float64, n), b, 0.95, 1).P, 1e-9)
	}
}

func TestTheOtherWayRoundTheDifferenceIsTheOpposite(t *testing.T) {
	r := source(2)
	a, b := draw(15, r.ExpFloat64), draw(15, r.ExpFloat64)
	d, back := stats.Paired(a, b, 0.95, 3), stats.Paired(b, a, 0.95, 3)
	require.InDelta(t, -d.Mean, back.Mean, 1e-12)
	near(t, -d.CI.High, -d.CI.Low, back.CI, 1e-12)
	require.InDelta(t, d.P, back.P, 1e-12)
}

// Common random numbers: what both settings have in common cancels.
func TestPairingSeesThroughNoiseInCommon(t *testing.T) {
	r := source(3)
	a, b := make([]float64, 10), make([]float64, 10)
	for i := range a {
		weather := 100 * r.NormFloat64()
		a[i], b[i] = weather+r.NormFloat64(), 5+weather+r.NormFloat64()
	}
	d := stats.Paired(a, b, 0.95, 1)
	require.True(t, d.CI.Holds(5))
	require.Less(t, d.CI.Half(), 2.0)
	require.Greater(t, stats.Describe(b, at95).CI.Half(), 40.0)
}

func TestAPairCountsOnlyIfBothSidesAreKnown(t *testing.T) {
	a := []float64{1, nan, 3, 4, inf, inf, 7, 9}
	b := []float64{2, 5, nan, 6, 1, inf, -inf, 10}
	require.Equal(t, stats.Paired([]float64{1, 4, 9}, []float64{2, 6, 10}, 0.95, 1), stats.Paired(a, b, 0.95, 1))
}

func TestDegenerateComparisons(t *testing.T) {
	for name, c := range map[string]struct {
		a, b []float64
		n    int
		p    float64
		want stats.Verdict
	}{
		"no pair":             {nil, nil, 0, nan, stats.Unknown},
		"no known pair":       {[]float64{nan, 1}, []float64{1, nan}, 0, nan, stats.Unknown},
		"one pair":            {[]float64{1}, []float64{2}, 1, nan, stats.Unknown},
		"nothing changes":     {[]float64{1, 2, 3}, []float64{1, 2, 3}, 3, 1, stats.Same},
		"always the same gap": {[]float64{1, 2, 3}, []float64{2, 3, 4}, 3, 0, stats.Better},
		"gaps that cancel":    {[]float64{1, 2}, []float64{2, 1}, 2, 1, stats.Same},
	} {
		d := stats.Paired(c.a, c.b, 0.95, 2)
		require.Equal(t, c.n, d.N, name)
		require.Equal(t, c.want, d.Verdict(stats.More, 0.95), name)
		if math.IsNaN(c.p) {
			require.True(t, math.IsNaN(d.P), name)
			requireUnknown(t, d.CI)
			continue
		}
		require.Equal(t, c.p, d.P, name)
		require.Equal(t, d.P > 0, d.CI.Holds(0), name)
	}
}

func TestPairsThatAreNoneAreABug(t *testing.T) {
	require.Panics(t, func() { stats.Paired([]float64{1, 2}, []float64{1}, 0.95, 1) })
	require.Panics(t, func() { stats.Paired(nil, nil, 0.95, 0) })
	require.Panics(t, func() { stats.Paired(nil, nil, 95, 1) })
}
