package metrics

import (
	"fmt"
	"math/bits"

	"souk/sim/vtime"
)

// Level is a whole number of at least 0 that changes over time, such as a
// queue's length; it knows its time average.
type Level struct {
	now   int64
	max   int64
	since vtime.Time
	from  vtime.Time
	// area is the integral of the level in nanoseconds, as a 128-bit integer: a
	// million requests for a few hours are more than 64 bits hold, and a float
	// would not add up the same on every CPU.
	areaHigh, areaLow uint64
	frozen            float64
}

// Set changes the level at a time.
func (l *Level) Set(at vtime.Time, value int64) {
	if at > l.since {
		high, low := bits.Mul64(uint64(l.now), uint64(at-max(l.since, l.from)))
		var carry uint64
		l.areaLow, carry = bits.Add64(l.areaLow, low, 0)
		l.areaHigh += high + carry
		l.since = at
	}
	if value < 0 {
		panic(fmt.Sprintf("metrics: a level of %d at %v", value, at))
	}
	l.now = value
	l.max = max(l.max, value)
}

// Add changes the level by a difference.
func (l *Level) Add(at vtime.Time, change int64) { l.Set(at, l.now+change) }

// Begin forgets everything before a time: the average counts from there.
func (l *Level) Begin(at vtime.Time) {
	l.Set(at, l.now)
	l.areaHigh, l.areaLow, l.from, l.max = 0, 0, at, l.now
}

// Mean returns the average from Begin until a time.
func (l *Level) Mean(until vtime.Time) float64 {
	l.Set(until, l.now)
	if until <= l.from {
		return 0
	}
	area := float64(float64(l.areaHigh)*0x1p64) + float64(l.areaLow)
	return area / float64(until-l.from)
}

// Freeze notes the average at a time, whatever comes after.
func (l *Level) Freeze(at vtime.Time) { l.frozen = l.Mean(at) }

// Max returns the highest level since Begin.
func (l *Level) Max() int64 { return l.max }

// Now returns the present level.
func (l *Level) Now() int64 { return l.now }
