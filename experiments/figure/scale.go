package figure

import (
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
)

// scale maps the values of an axis to places on the page.
type scale struct {
	lo, hi   float64 // the values at the ends: lo < hi
	log      bool
	from, to vg.Length // the places of lo and hi
}

// share is how far v lies between the ends: 0 at lo, 1 at hi.
func (s scale) share(v float64) float64 {
	if s.log {
		return math.Log(v/s.lo) / math.Log(s.hi/s.lo)
	}
	return (v - s.lo) / (s.hi - s.lo)
}

func (s scale) at(v float64) vg.Length { return s.from + vg.Length(s.share(v))*(s.to-s.from) }

// has reports whether v lies on the axis. Ticks are computed, so that one may
// miss an end by a rounding error.
func (s scale) has(v float64) bool {
	const slack = 1e-9
	return s.share(v) >= -slack && s.share(v) <= 1+slack
}

// reach returns the smallest range of an axis with these values: it has a
// width even if all values are equal. Values are finite and there is at least one.
func reach(spec Axis, values []float64) (lo, hi float64) {
	lo, hi = slices.Min(values), slices.Max(values)
	if spec.Log {
		if hi/lo < 1+relativeWidth {
			return lo / 2, hi * 2
		}
		return lo, hi
	}
	if spec.Zero {
		lo, hi = min(lo, 0), max(hi, 0)
	}
	switch largest := max(math.Abs(lo), math.Abs(hi)); {
	case largest < smallest:
		return 0, 1
	case hi-lo < relativeWidth*largest:
		return lo - 0.1*largest, hi + 0.1*largest
	}
	return lo, hi
}

const (
	relativeWidth = 1e-6   // a narrower range would need tick labels of more than 7 digits
	smallest      = 1e-100 // what is closer to 0 is drawn at 0
	largest       = 1e100
)

// room widens a range so that data keep off its ends. It does not cross 0, nor
// 100 % upwards, unless there are data beyond.
func room(spec Axis, lo, hi float64) (float64, float64) {
	const rim = 0.04 // of the range
	if spec.Log {
		factor := math.Pow(hi/lo, rim)
		return lo / factor, hi * factor
	}
	low, high := lo-rim*(hi-lo), hi+rim*(hi-lo)
	if lo >= 0 {
		low = max(low, 0)
	}
	if hi <= 0 {
		high = min(high, 0)
	}
	if spec.Percent && hi <= 1 {
		high = min(high, 1)
	}
	return low, high
}

// cellRange returns the range of an axis of categories, half a cell beyond the
// first and the last.
func cellRange(ticks []Tick) (lo, hi float64) {
	half := 0.5
	for i := 1; i < len(ticks); i++ {
		gap := (ticks[i].Value - ticks[i-1].Value) / 2
		if i == 1 || gap < half {
			half = gap
		}
	}
	return ticks[0].Value - half, ticks[len(ticks)-1].Value + half
}
