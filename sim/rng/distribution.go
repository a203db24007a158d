package rng

// Distribution is a law for the values of a quantity that is never negative:
// a span of time, a price, a count.
type Distribution interface {
	// Draw takes exactly one word of the stream and returns a value, zero or
	// above. It can be +Inf where a heavy tail leaves the range of float64.
	Draw(*Stream) float64
	// Mean and Variance are those of the values that Draw returns, or +Inf
	// where the law has none.
	Mean() float64
	Variance() float64
	// Most is the largest value that Draw returns, up to rounding: even a law
	// without an end is drawn from one of finitely many words. It is finite unless
	// the tail leaves the range of float64, but can be many times the mean.
	Most() float64
}

// must serves the exported constructors, whose arguments stand in the source:
// a bad one is a bug and not bad input.
func must(d Distribution, err error) Distribution {
	if err != nil {
		panic("rng: " + err.Error())
	}
	return d
}
