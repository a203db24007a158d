package stats

import (
	"fmt"
	"math"
)

// Target is a wanted precision: replications are added until the half-width of
// the mean's interval is small enough. That is sequential sampling; the interval
// at which it stops has the confidence it says in the limit of small targets
// (Chow and Robbins, Annals of Mathematical Statistics 36, 1965), and a little
// less before it, because a sample that happens to look calm stops early. A
// minimum of [Fewest] replications keeps that loss small (Law, Kelton and Koenig,
// Communications in Statistics B 10, 1981).
//
// Exactly one of the two is above 0; all else panics.
type Target struct {
	// Relative is the half-width as a part of the absolute value of the mean.
	// The mean is the estimated one: within the interval, a relative half-width
	// of r is an error of up to r/(1-r) of the true mean.
	Relative float64
	// Absolute is the half-width in the measure's unit.
	Absolute float64
}

// Met reports whether the estimate is as precise as wanted. An estimate without
// an interval never is.
func (t Target) Met(e Estimate) bool { return e.CI.Half() <= t.half(e.Mean) }

// Need returns how many replications in which the measure is known the present
// estimate lets expect: n (h/target)², since the half-width h goes with 1/√n
// (Law, Simulation Modeling and Analysis, 5th ed. 2015, section 9.4.1). It is a
// guess from the present spread, to be made again after the next replications;
// near 0 and 1 a Wilson interval shrinks faster and the guess is on the safe side.
//
// It is more than e.N if the target is not met. It is [Fewest] if nothing is
// known yet, at least 2, and [math.MaxInt] if no number would do, as for a
// relative target around a mean of 0.
func (t Target) Need(e Estimate) int {
	h, want := e.CI.Half(), t.half(e.Mean)
	switch {
	case math.IsNaN(h):
		return Fewest
	case h == 0:
		return 2 // also where nothing is wanted, and 0/0 below would be NaN
	}
	need := math.Ceil(float64(e.N) * (h / want) * (h / want))
	if need >= math.MaxInt {
		return math.MaxInt
	}
	return max(int(need), 2)
}

// half returns the half-width that is wanted around a mean.
func (t Target) half(mean float64) float64 {
	if (t.Relative > 0) == (t.Absolute > 0) {
		panic(fmt.Sprintf("stats: one of a relative target of %v and an absolute one of %v should be above 0",
			t.Relative, t.Absolute))
	}
	if t.Absolute > 0 {
		return t.Absolute
	}
	return t.Relative * math.Abs(mean)
}
