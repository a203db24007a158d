package stats

import (
	"fmt"
	"math"
)

// Difference is what paired replications tell about the change of a measure's mean.
type Difference struct {
	N        int     // the pairs in which the measure is known on both sides
	Mean, SD float64 // of the differences
	CI       Interval
	// P is how likely a mean at least so far from 0 would be if the means did not
	// differ. NaN, as CI, with fewer than two pairs.
	P float64
}

// Paired compares two settings by b-a, where a[i] and b[i] come from runs with
// the same random numbers: what both runs have in common cancels, and the
// interval is shorter than that of two independent samples (the paired-t
// approach; Law, Simulation Modeling and Analysis, 5th ed. 2015, sections 10.2.1
// and 11.2). The interval is Student's, d ± t s/√n, and P is two-sided.
//
// family is the number of comparisons that are read together, 1 for a single
// one. Each is made at the confidence 1-(1-confidence)/family and P is family
// times as large, 1 at most, so that with the given confidence all intervals
// hold at once (Bonferroni's inequality; Dunn, J. American Statistical
// Association 56, 1961).
//
// A pair counts only if both its values are finite, for half a pair has nothing
// that cancels. The comparison then speaks of runs in which both are known.
//
// Differences that are all equal leave no doubt: P is 1 if they are 0, else 0.
// Lengths that differ and a family below 1 are the caller's bug, and panic.
func Paired(a, b []float64, confidence float64, family int) Difference {
	if len(a) != len(b) || family < 1 {
		panic(fmt.Sprintf("stats: %d values paired with %d, in a family of %d", len(a), len(b), family))
	}
	tail := tailOf(confidence) / float64(family)
	diffs := make([]float64, len(a))
	for i := range a {
		diffs[i] = b[i] - a[i] // not finite unless both are
	}
	m := newSample(diffs)
	d := Difference{N: m.n(), Mean: m.mean, SD: m.sd, CI: unknown(), P: math.NaN()}
	if d.N >= 2 {
		d.CI = m.meanInterval(tail)
		d.P = min(1, float64(family)*m.twoSidedP())
	}
	return d
}

// twoSidedP is the probability that Student's t is at least as far from 0 as
// the sample's mean in standard errors. It takes two values.
func (s sample) twoSidedP() float64 {
	switch {
	case s.mean == 0:
		return 1
	case s.sd == 0:
		return 0
	}
	return 2 * student(s.n()-1).CDF(-math.Abs(s.mean)/s.standardError())
}
