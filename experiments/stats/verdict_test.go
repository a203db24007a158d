package stats_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/experiments/stats"
)

func TestVerdicts(t *testing.T) {
	up := stats.Difference{N: 10, Mean: 1, P: 0.01}
	down := stats.Difference{N: 10, Mean: -1, P: 0.01}
	for _, c := range []struct {
		d    stats.Difference
		g    stats.Goal
		at   float64
		want stats.Verdict
	}{
		{up, stats.More, 0.95, stats.Better},
		{up, stats.Less, 0.95, stats.Worse},
		{up, stats.Neither, 0.95, stats.Different},
		{down, stats.More, 0.95, stats.Worse},
		{down, stats.Less, 0.95, stats.Better},
		{down, stats.Neither, 0.95, stats.Different},
		{up, stats.More, 0.999, stats.Same},
		{down, stats.Neither, 0.999, stats.Same},
	} {
		require.Equal(t, c.want, c.d.Verdict(c.g, c.at), "%+v", c)
	}
}

// A table shows both: the verdict and the interval never contradict each other.
func TestTheVerdictAgreesWithTheInterval(t *testing.T) {
	r := source(4)
	shown := 0
	for range 3000 {
		n, family := 2+r.IntN(12), 1+r.IntN(6)
		shift := r.NormFloat64()
		a := draw(n, r.NormFloat64)
		b := draw(n, func() float64 { return shift + r.NormFloat64() })
		d := stats.Paired(a, b, 0.9, family)
		v := d.Verdict(stats.Neither, 0.9)
		require.Equal(t, !d.CI.Holds(0), v == stats.Different, "%+v", d)
		if v == stats.Different {
			shown++
		}
	}
	require.Greater(t, shown, 100)
}

// Without any difference a verdict is wrong in 5 % of all families, whether of
// one comparison or, at most, of ten.
func TestFalseAlarmsAreAsRareAsPromised(t *testing.T) {
	r := source(5)
	alarm := func(family int) bool {
		alarm := false
		for range family {
			d := stats.Paired(draw(8, r.NormFloat64), draw(8, r.NormFloat64), 0.95, family)
			alarm = alarm || d.Verdict(stats.Less, 0.95) != stats.Same
		}
		return alarm
	}
	requireChance(t, 0.05, 5000, func() bool { return alarm(1) })
	// The comparisons are independent here: 1-(1-0.005)^10 is 0.0489.
	requireChance(t, 0.0489, 2000, func() bool { return alarm(10) })
}

func TestAVerdictAtNoConfidenceIsABug(t *testing.T) {
	require.Panics(t, func() { stats.Difference{P: 0.5}.Verdict(stats.More, 95) })
}
