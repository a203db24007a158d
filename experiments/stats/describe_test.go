package stats_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/experiments/stats"
)

// Law and Kelton's example of a confidence interval: ten observations, of which
// they give the mean 1.34, the variance 0.17 and the 90 % interval 1.34 ± 0.24.
func TestTheTextbookInterval(t *testing.T) {
	x := []float64{1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09}
	e := stats.Describe(x, stats.Setting{Confidence: 0.9})
	require.Equal(t, 10, e.N)
	require.InDelta(t, 1.34, e.Mean, 0.005)
	require.InDelta(t, 0.17, e.SD*e.SD, 0.005)
	require.InDelta(t, 0.24, e.CI.Half(), 0.005)
	require.InDelta(t, e.Mean, (e.CI.Low+e.CI.High)/2, 1e-12)
	require.Equal(t, stats.StudentT, e.Method)
	require.Equal(t, 0.50, e.Min)
	require.InDelta(t, (1.49+1.50)/2, e.Median, 1e-12)
	require.Equal(t, 1.89, e.Max)
}

// Montgomery and Runger's alloy adhesion test: 22 specimens, mean 13.71,
// standard deviation 3.55, 95 % interval 12.14 to 15.28, and 6.16 to 21.26 for
// the next specimen.
func TestTheTextbookPrediction(t *testing.T) {
	x := []float64{
		19.8, 10.1, 14.9, 7.5, 15.4, 15.4, 15.4, 18.5, 7.9, 12.7, 11.9,
		11.4, 11.4, 14.1, 17.6, 16.7, 15.8, 19.5, 8.8, 13.6, 11.9, 11.4,
	}
	e := stats.Describe(x, at95)
	require.InDelta(t, 13.71, e.Mean, 0.005)
	require.InDelta(t, 3.55, e.SD, 0.005)
	// The book computes with rounded figures.
	near(t, 12.14, 15.28, e.CI, 0.015)
	near(t, 6.16, 21.26, e.Single, 0.015)
	require.Equal(t, stats.StudentT, e.SingleMethod)
}

// Student's quantiles, by mpmath's incomplete beta function with 40 digits. The
// half-width of an interval is one of them times s/√n.
func TestStudentsQuantiles(t *testing.T) {
	for _, c := range []struct {
		n                int
		confidence, want float64
	}{
		{2, 0.95, 12.706204736175},
		{3, 0.95, 4.3026527297495},
		{5, 0.90, 2.1318467863267},
		{10, 0.95, 2.2621571627982},
		{10, 0.99, 3.2498355415921},
		{10, 0.9995, 5.2906538403064},
		{40, 0.95, 2.0226909200368},
		{1000, 0.95, 1.9623414611334},
	} {
		x := draw(c.n, source(1).NormFloat64)
		e := stats.Describe(x, stats.Setting{Confidence: c.confidence})
		got := e.CI.Half() / e.SD * math.Sqrt(float64(c.n))
		require.InEpsilon(t, c.want, got, 1e-11, "n=%d", c.n)
	}
}

func TestTheIntervalOfTheMeanHoldsItsConfidence(t *testing.T) {
	for _, n := range []int{2, 5, 10, 40} {
		r := source(uint64(n))
		requireChance(t, 0.95, 5000, func() bool {
			x := draw(n, func() float64 { return 3 + 2*r.NormFloat64() })
			return stats.Describe(x, at95).CI.Holds(3)
		})
	}
}

// Runs end in any order on several cores; the estimate has the same bits.
func TestTheOrderOfTheRunsDoesNotMatter(t *testing.T) {
	r := source(1)
	x := draw(37, r.ExpFloat64)
	want := stats.Describe(x, at95)
	for range 100 {
		r.Shuffle(len(x), func(i, j int) { x[i], x[j] = x[j], x[i] })
		require.Equal(t, want, stats.Describe(x, at95))
	}
}

func TestDescribeLeavesItsInputAlone(t *testing.T) {
	x := []float64{3, 1, inf, 2}
	stats.Describe(x, at95)
	require.Equal(t, []float64{3, 1, inf, 2}, x)
}

// A run without a sale has no latency.
func TestUnknownValuesAreLeftOut(t *testing.T) {
	want := stats.Describe([]float64{4, 7, 9}, at95)
	require.Equal(t, 3, want.N)
	require.Equal(t, want, stats.Describe([]float64{nan, 4, inf, 7, -inf, 9, nan}, at95))
}

func TestNothingIsKnownWithoutValues(t *testing.T) {
	for _, x := range [][]float64{nil, {}, {nan, inf}} {
		for _, s := range []stats.Setting{at95, {Confidence: 0.95, Share: true, Trials: 100}} {
			e := stats.Describe(x, s)
			require.Zero(t, e.N)
			for _, v := range []float64{e.Mean, e.SD, e.Min, e.Median, e.Max} {
				require.True(t, math.IsNaN(v), "%+v", e)
			}
			requireUnknown(t, e.CI)
			requireUnknown(t, e.Single)
			require.Equal(t, stats.None, e.Method)
			require.Equal(t, stats.None, e.SingleMethod)
		}
	}
}

// One run has a value but no spread, and a share's trials don't replace it:
// they say nothing on how runs differ.
func TestOneRunHasNoInterval(t *testing.T) {
	for _, s := range []stats.Setting{at95, {Confidence: 0.95, Share: true, Trials: 100}} {
		e := stats.Describe([]float64{0.5}, s)
		require.Equal(t, 1, e.N)
		require.Equal(t, []float64{0.5, 0.5, 0.5, 0.5}, []float64{e.Mean, e.Min, e.Median, e.Max})
		require.True(t, math.IsNaN(e.SD))
		requireUnknown(t, e.CI)
		requireUnknown(t, e.Single)
		require.Equal(t, stats.None, e.Method)
	}
}

// A tenth, added up ten times, is not one: a naive mean of equal values differs
// from them.
func TestEqualValuesHaveNoSpreadNotEvenByRounding(t *testing.T) {
	for n := 2; n < 60; n++ {
		for _, v := range []float64{0.1, 1.0 / 3, 1e-300, 7e15, -0.7} {
			e := stats.Describe(draw(n, func() float64 { return v }), at95)
			require.Equal(t, v, e.Mean)
			require.Zero(t, e.SD)
			require.Equal(t, stats.Interval{Low: v, High: v}, e.CI)
			require.Equal(t, stats.Interval{Low: v, High: v}, e.Single)
		}
	}
}

func TestFewReplicationsAreWarnedOf(t *testing.T) {
	require.Equal(t, 10, stats.Fewest)
	require.True(t, stats.Few(9))
	require.False(t, stats.Few(10))
}

func TestSettingsThatAreBugsPanic(t *testing.T) {
	x := []float64{0.2, 0.4}
	for _, confidence := range []float64{0, 1, 95, -0.5, nan} {
		require.Panics(t, func() { stats.Describe(x, stats.Setting{Confidence: confidence}) })
		require.Panics(t, func() { stats.Predict(nil, stats.Setting{Confidence: confidence}) })
		require.Panics(t, func() { stats.Wilson(0.5, 10, confidence) })
	}
	asShare := stats.Setting{Confidence: 0.95, Share: true}
	for _, bad := range []float64{-0.001, 1.001, 40} {
		require.Panics(t, func() { stats.Describe([]float64{0.5, bad}, asShare) })
		require.Panics(t, func() { stats.Predict([]float64{0.5, bad}, asShare) })
	}
	for _, trials := range []float64{-1, nan, inf} {
		require.Panics(t, func() { stats.Describe(x, stats.Setting{Confidence: 0.95, Share: true, Trials: trials}) })
	}
}
