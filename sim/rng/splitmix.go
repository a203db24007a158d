package rng

// splitmix is a generator in one word (Steele, Lea and Flood, "Fast splittable
// pseudorandom number generators", 2014). A distribution that needs an unknown
// number of words seeds one with the single word it takes from the stream.
type splitmix uint64

// open returns a number strictly between 0 and 1.
func (g *splitmix) open() float64 {
	*g += golden
	return openUnit(mix13(uint64(*g)))
}
