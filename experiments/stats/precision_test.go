package stats_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/experiments/stats"
)

// of is an estimate with a mean, a half-width and a number of replications.
func of(n int, mean, half float64) stats.Estimate {
	return stats.Estimate{N: n, Mean: mean, CI: stats.Interval{Low: mean - half, High: mean + half}}
}

func TestHowManyReplicationsAPrecisionTakes(t *testing.T) {
	for name, c := range map[string]struct {
		target stats.Target
		e      stats.Estimate
		met    bool
		need   int
	}{
		"twice too wide takes four times as many":  {stats.Target{Absolute: 1}, of(10, 50, 2), false, 40},
		"a fraction counts as a whole replication": {stats.Target{Absolute: 1}, of(10, 50, 1.25), false, 16},
		"a hair too wide takes one more":           {stats.Target{Absolute: 1}, of(10, 0, 1+1e-15), false, 11},
		"exactly as wide as allowed":               {stats.Target{Absolute: 2}, of(10, 50, 2), true, 10},
		"narrower than asked for":                  {stats.Target{Absolute: 2}, of(40, 50, 1), true, 10},
		"relative to the mean":                     {stats.Target{Relative: 0.125}, of(10, 8, 2), false, 40},
		"a negative mean has a size too":           {stats.Target{Relative: 0.125}, of(10, -8, 2), false, 40},
		"relative and met":                         {stats.Target{Relative: 0.25}, of(10, -8, 2), true, 10},
		"no number makes nothing precise":          {stats.Target{Relative: 0.05}, of(10, 0, 2), false, math.MaxInt},
		"nor does one that no int holds":           {stats.Target{Absolute: 1e-15}, of(10, 0, 1), false, math.MaxInt},
		"nor does one that no float holds":         {stats.Target{Absolute: 1e-200}, of(10, 0, 1), false, math.MaxInt},
		"no spread":                                {stats.Target{Absolute: 1}, of(10, 50, 0), true, 2},
		"no spread around zero":                    {stats.Target{Relative: 0.05}, of(10, 0, 0), true, 2},
		"nearly no spread":                         {stats.Target{Absolute: 1}, of(10, 50, 0.001), true, 2},
		"nothing known":                            {stats.Target{Relative: 0.05}, stats.Describe(nil, at95), false, 10},
		"one known":                                {stats.Target{Absolute: 0.05}, stats.Describe([]float64{1}, at95), false, 10},
	} {
		require.Equal(t, c.met, c.target.Met(c.e), name)
		require.Equal(t, c.need, c.target.Need(c.e), name)
	}
}

func TestATargetIsEitherRelativeOrAbsolute(t *testing.T) {
	for _, bad := range []stats.Target{{}, {Relative: 0.1, Absolute: 1}, {Relative: -1}, {Absolute: nan}} {
		require.Panics(t, func() { bad.Met(of(10, 1, 1)) })
		require.Panics(t, func() { bad.Need(of(10, 1, 1)) })
	}
}

func TestATargetThatIsNotMetNeedsMore(t *testing.T) {
	r := source(1)
	for range 10000 {
		e := of(2+r.IntN(100), r.NormFloat64(), r.ExpFloat64())
		target := stats.Target{Relative: r.ExpFloat64()}
		if r.IntN(2) == 0 {
			// A few units in the last place around what is reached.
			target = stats.Target{Absolute: e.CI.Half() * (1 + 2e-16*r.NormFloat64())}
		}
		if !target.Met(e) {
			require.Greater(t, target.Need(e), e.N)
		} else {
			require.LessOrEqual(t, target.Need(e), e.N)
		}
	}
}

// Chow and Robbins: stopping when the interval is short enough costs a little of
// its confidence, for calm samples stop early. From ten replications on 94.4 %
// remain (over 8,000 samples), and the number that it takes is the one the true
// spread asks for: (1.96/0.2)² = 96 for values of standard deviation 1.
func TestStoppingAtAPrecision(t *testing.T) {
	r := source(2)
	target := stats.Target{Absolute: 0.2}
	total := 0
	const times = 200
	got, sd := share(times, 0.95, func() bool {
		x := draw(stats.Fewest, r.NormFloat64)
		e := stats.Describe(x, at95)
		for !target.Met(e) {
			x = append(x, r.NormFloat64())
			e = stats.Describe(x, at95)
		}
		total += e.N
		return e.CI.Holds(0)
	})
	require.InDelta(t, 0.944, got, 3*sd)
	require.InDelta(t, 96, float64(total)/times, 5)
}

// The guess after ten replications is right within the uncertainty of a spread
// from ten values, a factor of 2 either way in most cases.
func TestTheGuessIsOfTheRightSize(t *testing.T) {
	r := source(3)
	target := stats.Target{Absolute: 0.2}
	fit, _ := share(1000, 0, func() bool {
		need := target.Need(stats.Describe(draw(10, r.NormFloat64), at95))
		return need > 96/2 && need < 96*2*2
	})
	require.Greater(t, fit, 0.9)
}
