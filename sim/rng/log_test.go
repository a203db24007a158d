package rng

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLogIsWithinOneUlp(t *testing.T) {
	stream := NewStream(1, "log", 0)
	worst := 0.0
	for range 1000 {
		u := stream.open()
		for _, x := range []float64{
			u,                      // what the draws ask for
			1 - u*1e-6,             // next to 1, where the result is small
			math.Exp(1400*u - 700), // over the whole range
			math.Float64frombits(stream.Uint64() >> 2), // over all exponents below 2
		} {
			worst = max(worst, ulps(log(x), bigLog(x)))
		}
	}
	assert.Less(t, worst, 1.0)
}

func TestLogAtItsSeams(t *testing.T) {
	assert.Zero(t, log(1))
	for _, x := range []float64{
		math.Sqrt2 / 2, math.Nextafter(math.Sqrt2/2, 0), math.Sqrt2, math.Nextafter(math.Sqrt2, 2),
		math.SmallestNonzeroFloat64, 0x1p-1030, 0x1p-1022, math.MaxFloat64, 0.5, 2,
	} {
		assert.Less(t, ulps(log(x), bigLog(x)), 1.0, "log(%g)", x)
	}
}

func TestLog1pKeepsTheDigitsOfSmallNumbers(t *testing.T) {
	for _, x := range []float64{0, 1e-300, 1e-17, 3e-16, 1e-9, 1e-3, 0.5, 1, 1e6, 1e12} {
		assert.InDelta(t, math.Log1p(x), log1p(x), 1e-15*math.Log1p(x), "log1p(%g)", x)
	}
}
