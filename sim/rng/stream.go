package rng

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
)

// Stream is a sequence of random words that belongs to one purpose of one
// actor: see NewStream. It is a small value that may be kept in its owner's
// struct; a copy goes on from where the original stood.
type Stream struct {
	pcg rand.PCG // by value: 16 bytes and no pointer to follow
}

// Uint64 returns the next word, uniform over all 64-bit values.
func (s *Stream) Uint64() uint64 { return s.pcg.Uint64() }

// Float64 returns a number in [0, 1). It takes one word.
func (s *Stream) Float64() float64 {
	return float64(float64(s.Uint64()>>11) * (1.0 / (1 << 53)))
}

// IntN returns a whole number from 0 to n-1. It takes one word, where an
// unbiased draw would now and then take more and so put streams out of step.
// The price: the chance of a number is off by less than n parts in 2^64, below
// 2^-32 for every n under four billion.
func (s *Stream) IntN(n int) int {
	if n <= 0 {
		panic(fmt.Sprintf("rng: IntN of %d, want above 0", n))
	}
	return int(s.below(uint64(n)))
}

// Chance reports whether an event of probability p happens. It takes one word
// even when p is 0 or 1.
func (s *Stream) Chance(p Probability) bool { return p.covers(s.Uint64()) }

// Shuffle puts n elements into random order by calling swap (Fisher and Yates,
// from the last element to the first). It takes n-1 words.
func (s *Stream) Shuffle(n int, swap func(i, j int)) {
	for i := n - 1; i > 0; i-- {
		swap(i, s.IntN(i+1))
	}
}

// below scales one word to 0..n-1: the high half of the 128-bit product
// (Lemire, "Fast random integer generation in an interval", 2019, without the
// rejection step).
func (s *Stream) below(n uint64) uint64 {
	high, _ := bits.Mul64(s.Uint64(), n)
	return high
}

// open returns a number strictly between 0 and 1. It takes one word.
func (s *Stream) open() float64 { return openUnit(s.Uint64()) }

// openUnit maps a word to the middle of one of 2^52 equal cells of (0, 1):
// never 0 or 1, where quantiles are infinite. With 52 bits, not 53, the middle
// is exact, and so is its mirror 1-u; hence both tails are alike, and they
// reach out to 2^-53.
func openUnit(word uint64) float64 {
	return float64((float64(word>>12) + 0.5) * (1.0 / (1 << 52)))
}

// top is the last value of openUnit, and so of open.
func top() float64 { return openUnit(1<<64 - 1) }
