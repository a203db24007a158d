package stats

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Fewest is the number of replications below which a table should warn its
// reader: the interval of so few hangs on the guess that the values are normal,
// and its own width is uncertain by a quarter and more.
const Fewest = 10

// Few reports whether n replications are too few to be shown without a warning.
func Few(n int) bool { return n < Fewest }

// sample is the known values of a measure and their first two moments.
type sample struct {
	sorted   []float64 // ascending, all finite
	mean, sd float64   // NaN if there are no values; sd is NaN also for a single one
}

// newSample leaves out what is not finite. Sorting first makes the moments
// independent of the order in which the runs ended, to the last bit.
func newSample(x []float64) sample {
	sorted := slices.DeleteFunc(slices.Clone(x), func(v float64) bool { return !finite(v) })
	slices.Sort(sorted)
	s := sample{sorted: sorted, mean: math.NaN(), sd: math.NaN()}
	switch {
	case s.n() == 0:
	case s.n() == 1:
		s.mean = s.min()
	case s.min() == s.max():
		// Rounding must not give a spread to values that agree.
		s.mean, s.sd = s.min(), 0
	default:
		s.mean, s.sd = stat.MeanStdDev(sorted, nil)
	}
	return s
}

func (s sample) n() int       { return len(s.sorted) }
func (s sample) min() float64 { return s.sorted[0] }
func (s sample) max() float64 { return s.sorted[s.n()-1] }

// median is the middle value, or the mean of the two in the middle.
func (s sample) median() float64 {
	return (s.sorted[(s.n()-1)/2] + s.sorted[s.n()/2]) / 2
}

// standardError is the standard deviation of the mean of independent values, s/√n.
func (s sample) standardError() float64 { return stat.StdErr(s.sd, float64(s.n())) }

// meanInterval is Student's interval of the mean, mean ± t s/√n with n-1 degrees
// of freedom (Student, "The probable error of a mean", Biometrika 6, 1908). It
// is exact for normal values, and close to it for means of many small
// contributions, which most measures of a run are. It takes two values.
func (s sample) meanInterval(tail float64) Interval {
	return around(s.mean, studentT(tail, s.n()-1)*s.standardError())
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// tailOf returns the probability on each side outside a two-sided interval.
func tailOf(confidence float64) float64 {
	if !(confidence > 0 && confidence < 1) {
		panic(fmt.Sprintf("stats: a confidence of %v is not between 0 and 1", confidence))
	}
	return (1 - confidence) / 2
}

// studentT returns the value that Student's t exceeds with probability tail.
func studentT(tail float64, freedom int) float64 {
	// The lower tail is computed without subtracting from 1.
	return -student(freedom).Quantile(tail)
}

// student is Student's t distribution.
func student(freedom int) distuv.StudentsT {
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(freedom)}
}

// standardNormal returns the value that a standard normal exceeds with probability tail.
func standardNormal(tail float64) float64 { return -distuv.UnitNormal.Quantile(tail) }
