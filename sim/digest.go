package sim

import (
	"fmt"
	"math/bits"

	"souk/sim/market"
)

// Digest is a running 64-bit sum of everything that happened, in order. It is
// meant to tell runs apart, not to resist forgery.
type Digest uint64

// String prints the digest in 16 hexadecimal digits.
func (d Digest) String() string { return fmt.Sprintf("%016x", uint64(d)) }

// add mixes one word in by a 64x64->128 bit product folded in half, as wyhash
// does (Wang Yi); the sum depends on the order of the words.
func (d *Digest) add(word uint64) { *d = d.with(word) }

func (d Digest) with(word uint64) Digest {
	hi, lo := bits.Mul64(uint64(d)^0x9e3779b97f4a7c15, word^0xe7037ed1a0b428db)
	return Digest(hi ^ lo ^ word<<1)
}

// addFact keeps the sum in a register from word to word.
func (d *Digest) addFact(f *market.Fact) {
	sum := d.with(uint64(f.Kind) | uint64(f.Outcome)<<8 | uint64(uint16(f.Slot))<<16 | uint64(uint16(f.Item))<<32)
	sum = sum.with(uint64(uint32(f.Actor)) | uint64(uint32(f.Peer))<<32)
	sum = sum.with(uint64(uint32(f.Qty)) | uint64(f.Term)<<32)
	sum = sum.with(uint64(f.Request))
	*d = sum.with(uint64(f.Amount) ^ uint64(f.N)<<20)
}
