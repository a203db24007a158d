package stats

import (
	"fmt"
	"math"
)

// Welch returns the curve by which Welch's procedure finds the end of a warm-up
// by eye: where it becomes flat (Welch, in Lavenberg, ed., Computer Performance
// Modeling Handbook, 1983; Law, Simulation Modeling and Analysis, 5th ed. 2015,
// section 9.5.1). series holds one run each, observed at the same instants; they
// are cut to the shortest. First the runs are averaged instant by instant, which
// leaves the transient and takes noise away. Then each point of the m is
// averaged with window points on each side, near the beginning with as many as
// there are. The last window points have no full window and are dropped: the
// result has m-window points, none if window is larger than m.
//
// Values that are not finite are left out of both averages; a point without any
// known value in its window is NaN. A negative window panics.
func Welch(series [][]float64, window int) []float64 {
	if window < 0 {
		panic(fmt.Sprintf("stats: a window of %d points", window))
	}
	if len(series) == 0 {
		return nil
	}
	m := len(series[0])
	for _, run := range series {
		m = min(m, len(run))
	}
	across := make([]float64, m)
	column := make([]float64, len(series))
	for i := range across {
		for j, run := range series {
			column[j] = run[i]
		}
		across[i] = knownMean(column)
	}
	curve := make([]float64, max(0, m-window))
	for i := range curve {
		side := min(window, i)
		curve[i] = knownMean(across[i-side : i+side+1])
	}
	return curve
}

// knownMean is the mean of the finite values, NaN if there are none.
func knownMean(x []float64) float64 {
	sum, n := 0.0, 0
	for _, v := range x {
		if finite(v) {
			sum += v
			n++
		}
	}
	if n == 0 {
		return math.NaN()
	}
	return sum / float64(n)
}
