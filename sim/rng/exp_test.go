package rng

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestExpIsWithinOneUlp(t *testing.T) {
	stream := NewStream(1, "exp", 0)
	worst := 0.0
	for range 1000 {
		u := stream.open()
		for _, x := range []float64{u - 0.5, 20*u - 10, 1410*u - 703, 1e-6 * u} {
			worst = max(worst, ulps(exp(x), bigExp(bigOf(x))))
		}
	}
	assert.Less(t, worst, 1.0)
}

func TestExpAtTheEndsOfItsRange(t *testing.T) {
	assert.Equal(t, 1.0, exp(0))
	assert.Equal(t, math.Inf(1), exp(709.79))
	assert.Equal(t, math.Inf(1), exp(math.Inf(1)))
	assert.Zero(t, exp(-746))
	assert.Zero(t, exp(math.Inf(-1)))
	for _, x := range []float64{709.78, 709.5, 709.4, 709, -707, -708, -709, -720, -745} {
		assert.LessOrEqual(t, ulps(exp(x), bigExp(bigOf(x))), 1.0, "exp(%g)", x)
	}
}

func TestExpm1KeepsTheDigitsOfSmallNumbers(t *testing.T) {
	for _, x := range []float64{0, 1e-300, 1e-17, 3e-16, 1e-9, 1e-3, 0.5, 1, 30, 700} {
		assert.InDelta(t, math.Expm1(x), expm1(x), 2e-15*math.Expm1(x), "expm1(%g)", x)
	}
	assert.Equal(t, math.Inf(1), expm1(710))
}
