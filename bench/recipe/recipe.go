// Package recipe is what all programs of a comparison share: how they draw, and
// how they sum up what they did. It knows integers only and no engine, so that
// programs in any language can fire the same events in the same order and print
// the same hash. recipe.h has it for C++, and ../peers/simpy for Python.
//
// A draw is one 64-bit word of splitmix64. Its high 32 bits choose among n by
// multiplication and shift; its low 32 bits choose an exponential delay by
// inversion: 10 bits an interval between two of the 1,025 quantiles in
// quantiles.txt, 22 bits a place in it, linearly. The largest delay is 8.93 times
// the mean, since the last interval ends where its own mean is right.
package recipe

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

// Second is the unit of the delays: times are in nanoseconds.
const Second = 1_000_000_000

// Stream is splitmix64 (Steele, Lea and Flood, OOPSLA 2014). Its value is the
// seed.
type Stream uint64

// Next returns the next word.
func (s *Stream) Next() uint64 {
	*s += 0x9e3779b97f4a7c15
	x := uint64(*s)
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Below returns a number below n from the high bits of a word.
func Below(word uint64, n uint32) uint32 {
	return uint32(word >> 32 * uint64(n) >> 32)
}

const (
	intervals = 1 << 10
	placeBits = 22
)

// Exponential are the quantiles of the exponential distribution with mean 1 s,
// in nanoseconds, at 0, 1/1024, 2/1024 and so on.
type Exponential [intervals + 1]int64

// Delay returns a delay of mean 1 s from the low bits of a word.
func (q *Exponential) Delay(word uint64) int64 {
	low := uint32(word)
	i := low >> placeBits
	place := int64(low & (1<<placeBits - 1))
	return q[i] + (q[i+1]-q[i])*place>>placeBits
}

//go:embed quantiles.txt
var quantiles string

// NewExponential returns the quantiles of quantiles.txt.
func NewExponential() *Exponential {
	lines := strings.Fields(quantiles)
	q := new(Exponential)
	if len(lines) != len(q) {
		panic(fmt.Sprintf("recipe: quantiles.txt has %d lines, not %d", len(lines), len(q)))
	}
	for i, line := range lines {
		v, err := strconv.ParseInt(line, 10, 64)
		if err != nil {
			panic("recipe: quantiles.txt: " + err.Error())
		}
		q[i] = v
	}
	return q
}

// Tally sums up the events that a program fired.
type Tally struct {
	// Hash depends on every event and on their order.
	Hash uint64
	// Sum is that of the times. It does not depend on the order of simultaneous
	// events, which not all engines keep.
	Sum uint64
}

// Add adds an event: its time in nanoseconds, and whom it was for.
func (t *Tally) Add(at int64, target uint32) {
	t.Sum += uint64(at)
	h := (t.Hash ^ (uint64(at)*0x9e3779b97f4a7c15 + uint64(target))) * 0xbf58476d1ce4e5b9
	t.Hash = h ^ h>>29
}
