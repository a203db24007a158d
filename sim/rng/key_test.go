package rng

import (
	"math"
	"math/bits"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestTheSameKeyGivesTheSameStream(t *testing.T) {
	assert.Equal(t, NewStream(7, "loss", 3), NewStream(7, "loss", 3))
}

func TestNoTwoKeysCollide(t *testing.T) {
	first := map[uint64]bool{}
	keys := 0
	for _, seed := range []uint64{0, 1, 2, 1 << 63, math.MaxUint64} {
		for _, purpose := range []string{"", "a", "b", "ab", "ba", "loss", "delay", "delay ", "think time"} {
			for actor := -1; actor < 1000; actor++ {
				stream := NewStream(seed, purpose, actor)
				first[stream.Uint64()] = true
				keys++
			}
		}
	}
	assert.Len(t, first, keys)
}

// A purpose that ends where the actor begins must not run into it.
func TestThePartsOfAKeyStayApart(t *testing.T) {
	assert.NotEqual(t, NewStream(1, "a", 'b'), NewStream(1, "ab", 0))
	assert.NotEqual(t, NewStream(1, "", 'a'), NewStream(1, "a", 0))
	assert.NotEqual(t, NewStream(1, "x", 2), NewStream(2, "x", 1))
}

// Flipping one bit of the seed or the actor flips about half of the 128 bits
// of the state: 64 on average, with a standard deviation of 5.7.
func TestOneBitOfTheKeyChangesHalfOfTheState(t *testing.T) {
	distance := func(a, b key) float64 {
		return float64(bits.OnesCount64(a.hi^b.hi) + bits.OnesCount64(a.lo^b.lo))
	}
	hash := func(word uint64) key {
		k := key{hi: 1, lo: 2}
		k.absorb(word)
		return k
	}
	total := 0.0
	for bit := range 64 {
		flipped := distance(hash(0), hash(1<<bit))
		assert.InDelta(t, 64, flipped, 5*5.7, "bit %d", bit)
		total += flipped
	}
	assert.InDelta(t, 64, total/64, 4*5.7/8)
}

func TestStreamsOfNeighboursAreUncorrelated(t *testing.T) {
	neighbours := []Stream{NewStream(1, "delay", 0), NewStream(2, "delay", 0), NewStream(1, "delaz", 0), NewStream(1, "delay", -1)}
	for actor := 1; actor < 30; actor++ {
		neighbours = append(neighbours, NewStream(1, "delay", actor))
	}
	const n = 2000
	draws := make([][]float64, len(neighbours))
	for i := range neighbours {
		for range n {
			draws[i] = append(draws[i], neighbours[i].Float64()-0.5)
		}
	}
	for i := range draws {
		for j := range i {
			product := 0.0
			for k := range n {
				product += draws[i][k] * draws[j][k]
			}
			// The correlation has standard deviation 1/sqrt(n); 528 pairs.
			assert.Less(t, math.Abs(12*product/n), 4.5/math.Sqrt(n), "streams %d and %d", i, j)
		}
	}
}

// The first draws of many actors are themselves a uniform sample.
func TestFirstDrawsAcrossActorsAreUniform(t *testing.T) {
	const actors, cells = 64_000, 64
	var count [cells]float64
	for actor := range actors {
		stream := NewStream(1, "first", actor)
		count[stream.IntN(cells)]++
	}
	chiSquare := 0.0
	for _, n := range count {
		chiSquare += (n - actors/cells) * (n - actors/cells) / (actors / cells)
	}
	assert.InDelta(t, cells-1, chiSquare, 4*math.Sqrt(2*(cells-1)))
}
