package rng

import (
	"math"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
)

func TestAStreamIsSixteenBytes(t *testing.T) {
	assert.EqualValues(t, 16, unsafe.Sizeof(Stream{}))
}

func TestACopyOfAStreamGoesOnAlike(t *testing.T) {
	stream := NewStream(1, "copy", 0)
	stream.Uint64()
	twin := stream
	assert.Equal(t, stream.Uint64(), twin.Uint64())
}

func TestEveryScalarDrawTakesOneWord(t *testing.T) {
	for name, draw := range map[string]func(*Stream){
		"Float64":     func(s *Stream) { s.Float64() },
		"IntN(1)":     func(s *Stream) { s.IntN(1) },
		"IntN(1000)":  func(s *Stream) { s.IntN(1000) },
		"Chance(0)":   func(s *Stream) { s.Chance(ProbabilityOf(0)) },
		"Chance(0.5)": func(s *Stream) { s.Chance(ProbabilityOf(0.5)) },
		"Chance(1)":   func(s *Stream) { s.Chance(ProbabilityOf(1)) },
	} {
		stream := NewStream(1, "words", 0)
		want := stream
		want.Uint64()
		draw(&stream)
		assert.Equal(t, want, stream, name)
	}
}

func TestUnitIntervals(t *testing.T) {
	assert.Equal(t, 0x1p-53, openUnit(0), "0 is out")
	assert.Equal(t, 1-0x1p-53, openUnit(math.MaxUint64), "1 is out")

	stream := NewStream(1, "unit", 0)
	const n = 100_000
	sum := 0.0
	for range n {
		x := stream.Float64()
		assert.True(t, 0 <= x && x < 1)
		sum += x
	}
	assert.InDelta(t, 0.5, sum/n, 4*math.Sqrt(1.0/12/n))
}

func TestIntNGivesEveryNumberAlike(t *testing.T) {
	stream := NewStream(1, "die", 0)
	const throws, sides = 60_000, 6
	var count [sides]float64
	for range throws {
		count[stream.IntN(sides)]++
	}
	for side, n := range count {
		assert.InDelta(t, throws/sides, n, 4*math.Sqrt(throws*5.0/36), "side %d", side)
	}
	assert.PanicsWithValue(t, "rng: IntN of 0, want above 0", func() { stream.IntN(0) })
}

func TestShuffleGivesEveryOrderAlike(t *testing.T) {
	stream := NewStream(1, "cards", 0)
	const deals, orders = 60_000, 6
	count := map[string]float64{}
	for range deals {
		cards := []byte("abc")
		stream.Shuffle(len(cards), func(i, j int) { cards[i], cards[j] = cards[j], cards[i] })
		count[string(cards)]++
	}
	assert.Len(t, count, orders)
	for order, n := range count {
		assert.InDelta(t, deals/orders, n, 4*math.Sqrt(deals*5.0/36), order)
	}
}
