package stats

import "math"

// Predict returns the interval in which one further run is expected with the
// setting's confidence. It is wider than the interval of the mean and does not
// shrink to a point as replications are added: single runs differ.
//
// With enough values it makes no assumption on their distribution. A further
// value lies between the r-th smallest and the r-th largest of n with probability
// (n+1-2r)/(n+1), and at least that if values can be equal (Wilks, Annals of
// Mathematical Statistics 12, 1941; Hahn and Meeker, Statistical Intervals, 1991,
// chapter 5). The largest r that keeps the confidence is taken; the first
// takes 2/(1-confidence) - 1 values, 39 at 95 %.
//
// With fewer it is the one of normal theory, mean ± t s √(1+1/n) with n-1
// degrees of freedom (Hahn and Meeker, chapter 4), cut to [0, 1] for a share.
// Values that are all equal then predict that very value. With fewer than two
// values nothing is predicted.
func Predict(x []float64, s Setting) (Interval, Method) {
	m := newSample(x)
	s.check(m)
	return predict(m, s)
}

func predict(m sample, s Setting) (Interval, Method) {
	tail := tailOf(s.Confidence)
	if m.n() < 2 {
		return unknown(), None
	}
	// 1 - 0.9 is a little less than 0.1: without the sliver, 19 values would not
	// do for 90 %.
	const sliver = 1e-9
	if r := int(float64(m.n()+1)*tail + sliver); r > 0 {
		return Interval{m.sorted[r-1], m.sorted[m.n()-r]}, OrderStatistics
	}
	i := around(m.mean, studentT(tail, m.n()-1)*m.sd*math.Sqrt(1+1/float64(m.n())))
	if s.Share {
		i = i.within01()
	}
	return i, StudentT
}
