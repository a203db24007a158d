package stats_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/experiments/stats"
)

// Newcombe's table of intervals for single proportions, method 3 (Statistics in
// Medicine 17, 1998, table I).
func TestNewcombesTable(t *testing.T) {
	for _, c := range []struct{ successes, trials, low, high float64 }{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0.0000, 0.1611},
		{1, 29, 0.0061, 0.1718},
	} {
		near(t, c.low, c.high, stats.Wilson(c.successes/c.trials, c.trials, 0.95), 0.5e-4)
	}
}

// The interval's bounds are the probabilities that the score test would just
// not reject: |p - π| = z √(π(1-π)/n). That is Wilson's own definition.
func TestWilsonInvertsTheScoreTest(t *testing.T) {
	const z99 = 2.575829303548901 // mpmath
	r := source(1)
	for range 1000 {
		p, n := r.Float64(), 1+1000*r.Float64()
		i := stats.Wilson(p, n, 0.99)
		for _, bound := range []float64{i.Low, i.High} {
			require.InEpsilon(t, z99*math.Sqrt(bound*(1-bound)/n), math.Abs(p-bound), 1e-7)
		}
		require.True(t, i.Holds(p))
	}
}

func TestWilsonAtTheEnds(t *testing.T) {
	const z2 = 1.959963984540054 * 1.959963984540054
	for _, n := range []float64{1, 3, 10, 40, 1600, 1e9} {
		none, all := stats.Wilson(0, n, 0.95), stats.Wilson(1, n, 0.95)
		require.Zero(t, none.Low)
		require.InEpsilon(t, z2/(n+z2), none.High, 1e-12)
		require.Equal(t, 1.0, all.High)
		require.InEpsilon(t, n/(n+z2), all.Low, 1e-12)
	}
	r := source(2)
	for range 1000 {
		n, confidence := 1000*r.Float64(), 0.5+r.Float64()/2
		require.Zero(t, stats.Wilson(0, n, confidence).Low)
		require.Equal(t, 1.0, stats.Wilson(1, n, confidence).High)
	}
	require.Equal(t, stats.Interval{Low: 0, High: 1}, stats.Wilson(0.3, 0, 0.95), "no trials")
	requireUnknown(t, stats.Wilson(nan, 10, 0.95))
	for _, bad := range [][2]float64{{-0.1, 10}, {1.1, 10}, {0.5, -1}, {0.5, nan}, {0.5, inf}} {
		require.Panics(t, func() { stats.Wilson(bad[0], bad[1], 0.95) })
	}
}

func asShare(trials float64) stats.Setting {
	return stats.Setting{Confidence: 0.95, Share: true, Trials: trials}
}

// Four runs, one of which failed in a tenth of its trials: p = 0.025 and s² =
// 0.0025, and so the mean's variance is that of 0.025*0.975/(0.0025/4) = 39
// trials. With 3 degrees of freedom they count for 39 (1.95996/3.18245)² = 14.79.
func TestTheSpreadBetweenRunsSaysHowManyTrialsTheyAreWorth(t *testing.T) {
	x := []float64{0, 0.1, 0, 0}
	ratio := 1.959963984540054 / 3.1824463052837
	for name, c := range map[string]struct{ trials, effective float64 }{
		"trials unknown":                      {0, 39 * ratio * ratio},
		"more trials than they are worth":     {40, 39 * ratio * ratio},
		"never more than there were":          {10, 10},
		"never fewer than independent runs":   {2, 4},
		"many trials don't count if alike":    {1e6, 39 * ratio * ratio},
		"as many as they are worth, exactly ": {39 * ratio * ratio, 39 * ratio * ratio},
	} {
		e := stats.Describe(x, asShare(c.trials))
		want := stats.Wilson(0.025, c.effective, 0.95)
		require.Equal(t, stats.WilsonScore, e.Method, name)
		near(t, want.Low, want.High, e.CI, 1e-9)
	}
}

// Runs that failed wholly or not at all are single trials, whatever went on in them.
func TestRunsOfAllOrNothingAreSingleTrials(t *testing.T) {
	x := []float64{0, 0, 0, 0, 0, 0, 0, 0, 0, 1}
	want := stats.Wilson(0.1, 10, 0.95)
	got := stats.Describe(x, asShare(4000)).CI
	near(t, want.Low, want.High, got, 1e-12)
}

// Without spread between the runs their trials count as independent.
func TestAShareThatNeverVaries(t *testing.T) {
	for _, p := range []float64{0, 0.375, 1} {
		x := []float64{p, p, p, p, p}
		require.Equal(t, stats.Wilson(p, 200, 0.95), stats.Describe(x, asShare(200)).CI)
		require.Equal(t, stats.Wilson(p, 5, 0.95), stats.Describe(x, asShare(0)).CI, "as if one trial a run")
		require.Equal(t, stats.WilsonScore, stats.Describe(x, asShare(200)).Method)
	}
}

func TestWhichSharesGetAWilsonInterval(t *testing.T) {
	around := func(mean float64) []float64 { return []float64{mean - 0.01, mean, mean, mean + 0.01} }
	for name, c := range map[string]struct {
		x    []float64
		want stats.Method
	}{
		"far from both ends":      {around(0.5), stats.StudentT},
		"just far enough from 0":  {around(0.051), stats.StudentT},
		"near 0":                  {around(0.049), stats.WilsonScore},
		"just far enough from 1":  {around(0.949), stats.StudentT},
		"near 1":                  {around(0.951), stats.WilsonScore},
		"Student's would pass 0":  {[]float64{0, 0.1, 0.4}, stats.WilsonScore},
		"Student's would pass 1":  {[]float64{1, 0.9, 0.6}, stats.WilsonScore},
		"no spread in the middle": {[]float64{0.5, 0.5, 0.5}, stats.WilsonScore},
	} {
		require.Equal(t, c.want, stats.Describe(c.x, asShare(0)).Method, name)
		require.Equal(t, stats.StudentT, stats.Describe(c.x, at95).Method, name)
	}
}

// What failed and what succeeded are two sides of one share.
func TestTheComplementHasTheMirroredInterval(t *testing.T) {
	r := source(3)
	for range 500 {
		n := 2 + r.IntN(18)
		// Of 41 trials, so that no mean is 0.05 on the dot, where rounding decides.
		x := draw(n, func() float64 { return float64(r.IntN(6)) / 41 })
		complement := make([]float64, n)
		for i := range x {
			complement[i] = 1 - x[i]
		}
		e, c := stats.Describe(x, asShare(float64(41*n))), stats.Describe(complement, asShare(float64(41*n)))
		require.Equal(t, e.Method, c.Method)
		near(t, 1-e.CI.High, 1-e.CI.Low, c.CI, 1e-9)
		require.True(t, e.CI.Low >= 0 && e.CI.High <= 1 && e.CI.Holds(e.Mean))
	}
}

// beta draws from a beta distribution with whole parameters, by the ratio of two
// gamma variables, which are sums of exponential ones.
func beta(r *rand.Rand, a, b int) float64 {
	gamma := func(n int) float64 {
		sum := 0.0
		for range n {
			sum += r.ExpFloat64()
		}
		return sum
	}
	x, y := gamma(a), gamma(b)
	return x / (x + y)
}

// clustered returns the share of failures in each of n runs of 40 trials. The
// trials of a run have a failure probability in common, which is beta
// distributed with mean a/(a+b): the correlation within a run is 1/(1+a+b).
func clustered(r *rand.Rand, n, a, b int) []float64 {
	return draw(n, func() float64 {
		p, failures := beta(r, a, b), 0
		for range 40 {
			if r.Float64() < p {
				failures++
			}
		}
		return float64(failures) / 40
	})
}

// Near 0, with trials that are alike within a run, Student's interval misses the
// share more often than it says, and an interval from the plain number of
// trials more often still.
func TestWilsonHoldsItsConfidenceWithClusteredTrials(t *testing.T) {
	for _, c := range []struct{ n, a, b int }{
		{10, 1, 30}, // 3.2 %, correlation 0.03
		{20, 1, 24}, // 4 %, 0.04
		{40, 1, 40}, // 2.4 %, 0.024
		{40, 2, 40}, // 4.8 %, 0.023
	} {
		r := source(uint64(c.n + c.b))
		truth := float64(c.a) / float64(c.a+c.b)
		const times = 1500
		var plain, student int
		got, sd := share(times, 0.95, func() bool {
			x := clustered(r, c.n, c.a, c.b)
			trials := float64(40 * c.n)
			e := stats.Describe(x, asShare(trials))
			if stats.Describe(x, at95).CI.Holds(truth) {
				student++
			}
			if stats.Wilson(e.Mean, trials, 0.95).Holds(truth) {
				plain++
			}
			return e.CI.Holds(truth)
		})
		// The effective number of trials is an approximation. Over 20,000 samples
		// the four hold 96.7, 95.9, 94.7 and 95.9 %.
		require.InDelta(t, 0.957, got, 0.01+3*sd, "%+v", c)
		require.Less(t, float64(student)/times, got, "%+v", c)
		require.Less(t, float64(plain)/times, 0.90, "%+v", c)
	}
}

// Independent trials: 10 runs of 40 that fail with 0.5 % each. Most samples have
// one to three failures, where Student's interval holds 87 %.
func TestWilsonHoldsItsConfidenceWithRareFailures(t *testing.T) {
	r := source(5)
	got, sd := share(4000, 0.95, func() bool {
		x := draw(10, func() float64 {
			failures := 0
			for range 40 {
				if r.Float64() < 0.005 {
					failures++
				}
			}
			return float64(failures) / 40
		})
		return stats.Describe(x, asShare(400)).CI.Holds(0.005)
	})
	require.Greater(t, got, 0.95-3*sd)
}

// Failures that come rarely and then in clumps: one run in fifty loses half its
// trials. The trials of runs that all went well then promise too much, and the
// setting says to leave them out.
func TestClumpsWantTheirTrialsLeftOut(t *testing.T) {
	hold := func(trials float64) (float64, float64) {
		r := source(6)
		return share(2000, 0.95, func() bool {
			x := draw(20, func() float64 {
				if r.Float64() < 0.02 {
					return 0.5
				}
				return 0
			})
			return stats.Describe(x, asShare(trials)).CI.Holds(0.01)
		})
	}
	promised, _ := hold(800)
	require.Less(t, promised, 0.5)
	got, sd := hold(0)
	require.Greater(t, got, 0.94-3*sd)
}
