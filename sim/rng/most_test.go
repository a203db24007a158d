package rng

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

// No draw exceeds the bound, and the bound is not idle: of the laws by
// inversion, the last word draws it.
func TestNoDrawExceedsTheMost(t *testing.T) {
	eachLaw(t, func(t *testing.T, law law) {
		stream := NewStream(5, "most", 0)
		most := law.Most() * (1 + 1e-12)
		for range 20_000 {
			assert.LessOrEqual(t, law.Draw(&stream), most)
		}
		assert.GreaterOrEqual(t, most, law.Mean())
	})
}

func TestTheMostOfSomeLaws(t *testing.T) {
	for _, c := range []struct {
		law  Distribution
		want float64
	}{
		{Constant(7), 7},
		{Uniform(2, 9), 9},
		{UniformInt(3, 5), 5},
		{Exponential(2), 2 * 53 * math.Ln2},
		{LognormalMedianP99(1, math.E), math.Exp(normalQuantile(top()) / normalQuantile(0.99))},
		{pareto{1, 1}, 1 << 53},
		{weibull{2, 1}, 2 * 53 * math.Ln2},
	} {
		assert.InEpsilon(t, c.want, c.law.Most(), 1e-12, "%T", c.law)
	}
	weighted, err := newEmpirical([]float64{1, 4, 9}, []float64{1, 1, 0})
	assert.NoError(t, err)
	assert.Equal(t, 4.0, weighted.Most(), "what never comes does not count")
}
