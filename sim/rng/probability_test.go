package rng

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNeverIsNeverAndAlwaysIsAlways(t *testing.T) {
	for _, word := range []uint64{0, 1, 1 << 63, math.MaxUint64} {
		assert.False(t, ProbabilityOf(0).covers(word))
		assert.True(t, ProbabilityOf(1).covers(word))
	}
	assert.Zero(t, ProbabilityOf(0))
	assert.Equal(t, 0.0, ProbabilityOf(0).Float64())
	assert.Equal(t, 1.0, ProbabilityOf(1).Float64())
}

func TestAHalfCoversHalfOfTheWords(t *testing.T) {
	half := ProbabilityOf(0.5)
	assert.True(t, half.covers(1<<63-1))
	assert.False(t, half.covers(1<<63))
}

func TestProbabilitiesKeepTheirValue(t *testing.T) {
	for _, x := range []float64{0x1p-63, 0.001, 0.1, 1.0 / 3, 0.9999, 1 - 0x1p-53} {
		assert.InDelta(t, x, ProbabilityOf(x).Float64(), 0x1p-63)
	}
	assert.Zero(t, ProbabilityOf(0x1p-64), "too small to be told from never")
}

func TestChanceComesAsOftenAsItSays(t *testing.T) {
	stream := NewStream(1, "coin", 0)
	const n = 100_000
	for _, x := range []float64{0.01, 0.3, 0.99} {
		p, hits := ProbabilityOf(x), 0.0
		for range n {
			if stream.Chance(p) {
				hits++
			}
		}
		assert.InDelta(t, x, hits/n, 4*math.Sqrt(x*(1-x)/n))
	}
}

func TestAnImpossibleProbabilityIsABug(t *testing.T) {
	for _, x := range []float64{-0.1, 1.1, math.NaN(), math.Inf(1)} {
		assert.Panics(t, func() { ProbabilityOf(x) }, "%v", x)
	}
}
