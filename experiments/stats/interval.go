package stats

import "math"

// Interval is a closed interval. Bounds of NaN mean that it is unknown.
type Interval struct{ Low, High float64 }

// Holds reports whether x lies in the interval. An unknown interval holds nothing.
func (i Interval) Holds(x float64) bool { return i.Low <= x && x <= i.High }

// Half returns half the width, the number after the ± if the interval is symmetric.
func (i Interval) Half() float64 { return (i.High - i.Low) / 2 }

// within01 returns the part of the interval that lies in [0, 1].
func (i Interval) within01() Interval { return Interval{max(0, i.Low), min(1, i.High)} }

// around returns the interval center ± half.
func around(center, half float64) Interval { return Interval{center - half, center + half} }

// unknown returns the interval of which nothing is known.
func unknown() Interval { return Interval{math.NaN(), math.NaN()} }

// Method says by which rule an interval was made.
type Method string

// The methods.
const (
	None            Method = "none"             // too few values
	StudentT        Method = "t"                // normal theory, with the sample's own spread
	WilsonScore     Method = "wilson"           // a proportion, see [Wilson]
	OrderStatistics Method = "order statistics" // no assumption on the distribution, see [Predict]
)
