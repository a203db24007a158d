package stats

import "math"

// Goal says in which direction a measure is better.
type Goal int

// The goals.
const (
	Neither Goal = iota
	More
	Less
)

// Verdict is a comparison in a word, as tables print it.
type Verdict string

// The verdicts.
const (
	Better    Verdict = "better"
	Worse     Verdict = "worse"
	Different Verdict = "different" // and neither direction is better
	Same      Verdict = "~"         // no difference was shown; there may be one
	Unknown   Verdict = "?"         // fewer than two pairs
)

// Verdict says whether b, the second of the pair, is better than a. A difference
// counts as shown if P is at most 1-confidence, which is when the interval of
// that confidence leaves 0 out.
func (d Difference) Verdict(g Goal, confidence float64) Verdict {
	alpha := 2 * tailOf(confidence)
	switch {
	case math.IsNaN(d.P):
		return Unknown
	case d.P > alpha:
		return Same
	case g == Neither:
		return Different
	case (d.Mean > 0) == (g == More):
		return Better
	}
	return Worse
}
