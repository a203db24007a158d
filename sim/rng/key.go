package rng

import "math/rand/v2"

// NewStream returns the stream of one purpose of one actor, derived from the
// seed by hashing and from nothing else. So one actor more, or one draw more
// for another purpose, leaves the draws of every other stream as they were.
func NewStream(seed uint64, purpose string, actor int) Stream {
	// The first digits of pi, as numbers with nothing up their sleeve.
	k := key{hi: 0x243f6a8885a308d3, lo: 0x13198a2e03707344}
	k.absorb(seed)
	for i := range len(purpose) {
		k.absorb(uint64(purpose[i]))
	}
	k.absorb(uint64(actor)) // sign-extends, so -1 is the same on 32 and 64 bits
	return Stream{pcg: *rand.NewPCG(k.hi, k.lo)}
}

// key is a 128-bit hash of words in two lanes. Each lane is a bijection of the
// word it absorbs, so keys that differ only in the seed, or only in the actor,
// never collide. The lanes use different mixers, so that no pair of seeds
// merely swaps them.
type key struct{ hi, lo uint64 }

func (k *key) absorb(word uint64) {
	k.hi = mix13((k.hi ^ word) + golden)
	k.lo = fmix64((k.lo ^ word) + golden)
}

// golden is 2^64 divided by the golden ratio, made odd: the step of SplitMix64.
// It keeps a lane off 0, the fixed point of both mixers.
const golden = 0x9e3779b97f4a7c15

// mix13 is Stafford's variant 13 of the MurmurHash3 finaliser ("Better Bit
// Mixing", 2011), the output function of SplitMix64.
func mix13(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// fmix64 is the 64-bit finaliser of MurmurHash3 (Appleby, 2011).
func fmix64(x uint64) uint64 {
	x = (x ^ x>>33) * 0xff51afd7ed558ccd
	x = (x ^ x>>33) * 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}
