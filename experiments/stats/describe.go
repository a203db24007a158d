package stats

import (
	"fmt"
	"math"
)

// Setting says what is known of a measure beforehand.
type Setting struct {
	// Confidence of the intervals, such as 0.95.
	Confidence float64
	// Share: the measure is a proportion in [0, 1], such as the part of requests
	// that failed.
	Share bool
	// Trials is, for a Share, the number of trials behind all replications
	// together, such as their requests; 0 if that is unknown. A Wilson interval
	// counts no more of them, and all of them if every run has the same share.
	// Leave it at 0 for failures that come rarely and then in clumps, such as
	// those of a crash that few runs see: runs without any then promise less.
	Trials float64
}

// Estimate is what a sample tells about a measure.
type Estimate struct {
	// N is the number of replications in which the measure is known. All that
	// follows is NaN without any, and so is SD with a single one.
	N                          int
	Mean, SD, Min, Median, Max float64 // SD is the sample's standard deviation, with n-1
	// CI is a confidence interval of the mean.
	CI     Interval
	Method Method
	// Single is the interval in which one further run is expected; see [Predict].
	// A figure that somebody published of a single run is compared with this.
	Single       Interval
	SingleMethod Method
}

// nearEnd: a share whose mean is closer than this to 0 or 1 gets a Wilson
// interval even where Student's would stay in [0, 1]. So near to an end its
// values are skewed, and Student's interval misses more than it says.
const nearEnd = 0.05

// Describe estimates a measure from independent replications. Values that are
// not finite are left out. The interval of the mean takes two values; it is
//
//   - Student's t interval, mean ± t s/√n (Student 1908; for replications: Law,
//     Simulation Modeling and Analysis, 5th ed. 2015, section 9.4), and
//   - for a share near 0 or 1, where that one would leave [0, 1] or is too short,
//     a [Wilson] interval with an effective number of trials, so that trials of
//     the same run may be alike. It is the modified Wilson interval of surveys,
//     with a replication as a cluster (Dean and Pagano, J. Survey Statistics and
//     Methodology 3, 2015; Franco, Little, Louis and Slud, ibid. 7, 2019).
//
// A share is near an end if Student's bounds leave [0, 1] or its mean is within
// 0.05 of one. It also gets a Wilson interval if all its values are equal: a
// Student interval of no width would claim too much of a count that could have
// come out otherwise.
func Describe(x []float64, s Setting) Estimate {
	m := newSample(x)
	s.check(m)
	e := Estimate{
		N: m.n(), Mean: m.mean, SD: m.sd,
		Min: math.NaN(), Median: math.NaN(), Max: math.NaN(),
	}
	if e.N > 0 {
		e.Min, e.Median, e.Max = m.min(), m.median(), m.max()
	}
	e.CI, e.Method = confidenceInterval(m, s)
	e.Single, e.SingleMethod = predict(m, s)
	return e
}

func confidenceInterval(m sample, s Setting) (Interval, Method) {
	tail := tailOf(s.Confidence)
	if m.n() < 2 {
		return unknown(), None
	}
	t := m.meanInterval(tail)
	if !s.Share {
		return t, StudentT
	}
	inside := t.Low >= 0 && t.High <= 1
	if inside && m.sd > 0 && m.mean >= nearEnd && m.mean <= 1-nearEnd {
		return t, StudentT
	}
	return Wilson(m.mean, effectiveTrials(m, s.Trials, tail), s.Confidence), WilsonScore
}

// check panics on values that the setting rules out.
func (s Setting) check(m sample) {
	if s.Share && m.n() > 0 && (m.min() < 0 || m.max() > 1) {
		panic(fmt.Sprintf("stats: a share from %v to %v is not in [0, 1]", m.min(), m.max()))
	}
	if !(s.Trials >= 0) || math.IsInf(s.Trials, 1) {
		panic(fmt.Sprintf("stats: %v trials", s.Trials))
	}
}
