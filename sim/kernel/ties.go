package kernel

// ShuffleTies lets simultaneous events fire in an order that depends on a key,
// not in that in which they were scheduled; the key 0 is the usual order. Time
// and cause still come first: an event that is scheduled for the present fires
// after the one that scheduled it. A run whose results change under another key
// depends on an order that nothing in its model decides.
//
// It is called before anything is scheduled. It is for diagnosis: an event that is
// scheduled for the present is then sorted in among all that are pending at that
// time, one by one.
func (k *Kernel) ShuffleTies(key uint64) { k.ties = key }

// rankBits of a shuffled Seq are drawn, the others number the events. So events
// of one rank keep their order, and Seq stays distinct for 2^40 events, weeks of
// computing.
const rankBits = 24

// shuffled returns the Seq of the event that was scheduled last. Its rank is a
// hash of its line if it has one, so that a line keeps its order, or else of its
// number.
func (k *Kernel) shuffled(line uint64) uint64 {
	word := line<<1 | 1
	if line == 0 {
		word = k.seq << 1
	}
	return mix(k.ties^mix(word))>>(64-rankBits)<<(64-rankBits) | k.seq
}

// mix is the finaliser of splitmix64 (Steele, Lea and Flood, OOPSLA 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
