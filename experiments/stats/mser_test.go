package stats_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/experiments/stats"
)

// slowMSER5 is the rule as its authors write it, each sum from scratch.
func slowMSER5(x []float64) (int, bool) {
	var z []float64
	for ; len(x) >= 5; x = x[5:] {
		z = append(z, (x[0]+x[1]+x[2]+x[3]+x[4])/5)
	}
	if len(z) < 10 {
		return 0, false
	}
	best, least := 0, math.Inf(1)
	for d := 0; d <= len(z)/2; d++ {
		rest, mean, squares := z[d:], 0.0, 0.0
		for _, v := range rest {
			mean += v / float64(len(rest))
		}
		for _, v := range rest {
			squares += (v - mean) * (v - mean)
		}
		if mse := squares / float64(len(rest)*len(rest)); mse < least {
			best, least = d, mse
		}
	}
	return 5 * best, best < len(z)/2
}

// settling returns an autoregressive process of mean 0 on top of a transient
// that starts at height and shrinks by a twentieth each step.
func settling(seed uint64, n int, height float64) []float64 {
	r := source(seed)
	x, state := make([]float64, n), 0.0
	for i := range x {
		state = 0.5*state + r.NormFloat64()
		x[i] = height*math.Pow(0.95, float64(i)) + state
	}
	return x
}

func TestMSER5AgreesWithItsDefinition(t *testing.T) {
	r := source(1)
	seen := map[bool]int{}
	for seed := range uint64(500) {
		x := settling(seed, 40+r.IntN(300), 20*r.Float64())
		cut, ok := stats.MSER5(x)
		wantCut, wantOK := slowMSER5(x)
		require.Equal(t, wantCut, cut, "seed %d", seed)
		require.Equal(t, wantOK, ok, "seed %d", seed)
		seen[ok]++
	}
	require.Greater(t, seen[true], 50)
	require.Greater(t, seen[false], 50)
}

// A transient of 30 is as small as the noise, whose standard deviation is 1.15,
// after 64 steps, and a tenth of it after 108.
func TestMSER5CutsAKnownTransient(t *testing.T) {
	raw, cleaned := 0.0, 0.0
	for seed := range uint64(100) {
		x := settling(seed, 1000, 30)
		cut, ok := stats.MSER5(x)
		require.True(t, ok, "seed %d", seed)
		require.Zero(t, cut%5)
		require.GreaterOrEqual(t, cut, 45, "seed %d", seed)
		raw += stats.Describe(x, at95).Mean / 100
		cleaned += stats.Describe(x[cut:], at95).Mean / 100
	}
	// All of it would add 30/0.05/1000 = 0.6 to the mean of a run.
	require.InDelta(t, 0.6, raw, 0.05)
	require.InDelta(t, 0, cleaned, 0.05)
}

func TestMSER5LeavesASteadyRunNearlyWhole(t *testing.T) {
	kept := 0.0
	for seed := range uint64(100) {
		cut, _ := stats.MSER5(settling(seed, 1000, 0))
		kept += float64(1000-cut) / 1000 / 100
	}
	require.Greater(t, kept, 0.85)
}

func TestMSER5KnowsWhenARunIsTooShort(t *testing.T) {
	rising := make([]float64, 200) // still on its way when the run ends
	for i := range rising {
		rising[i] = float64(i)
	}
	for name, c := range map[string]struct {
		x   []float64
		cut int
		ok  bool
	}{
		"nothing":                   {nil, 0, false},
		"nine batches and a bit":    {make([]float64, 49), 0, false},
		"ten batches, all the same": {make([]float64, 50), 0, true},
		"rising to the end":         {rising, 100, false},
		"a step within the search":  {append(draw(45, func() float64 { return 9 }), make([]float64, 55)...), 45, true},
		"a step at its end":         {append(draw(50, func() float64 { return 9 }), make([]float64, 50)...), 50, false},
		"an unknown value":          {append(make([]float64, 99), nan), 0, false},
		"an infinite value":         {append([]float64{inf}, make([]float64, 99)...), 0, false},
		"no batch looks at it":      {append(make([]float64, 100), nan), 0, true},
	} {
		cut, ok := stats.MSER5(c.x)
		require.Equal(t, c.cut, cut, name)
		require.Equal(t, c.ok, ok, name)
	}
}
