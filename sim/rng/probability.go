package rng

import "fmt"

// Probability is a chance as a whole number of 2^-63ths, fixed when the
// scenario is read, so that no floating-point number decides what happens.
// 0 is never and 2^63 is always, both exactly: 63 bits and not 64 leave room
// for the 1.
type Probability uint64

// ProbabilityOf returns x, from 0 (never) to 1 (always), rounded down to a
// multiple of 2^-63. It panics on anything else: whoever reads x from a user
// checks it first.
func ProbabilityOf(x float64) Probability {
	if !(x >= 0 && x <= 1) {
		panic(fmt.Sprintf("rng: probability %v is not between 0 and 1", x))
	}
	return Probability(float64(x * (1 << 63)))
}

// Float64 returns p as a number from 0 to 1.
func (p Probability) Float64() float64 { return float64(float64(p) * (1.0 / (1 << 63))) }

// covers reports whether a uniform word falls into the share p of all words.
func (p Probability) covers(word uint64) bool { return Probability(word>>1) < p }
