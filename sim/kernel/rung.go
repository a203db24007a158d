package kernel

import (
	"math/bits"

	"souk/sim/vtime"
)

const (
	// perBucket is how many events a bucket should have: few enough to be sorted
	// at once, and enough to fill most of a chunk.
	perBucket = 12
	// directFan is the binary logarithm of the most buckets into which events are
	// divided that can then be sorted, nextFan that of those into which each bucket is
	// divided if there are more events, and mostFan that of the most buckets at all:
	// the ends of the buckets, to which events are added, should stay in the cache.
	directFan, nextFan, mostFan = 10, 7, 14
)

// fanOut returns the binary logarithm of the number of buckets into which to
// divide so many events: either so many that each is soon sorted, or so many that
// dividing each once more does it.
func fanOut(events uint32) uint {
	fan := uint(bits.Len32((events+perBucket-1)/perBucket - 1))
	if fan <= directFan {
		return fan
	}
	return min(fan-nextFan, mostFan)
}

// rung divides a span of time into buckets of equal width, a power of two so that
// finding an event's bucket is a subtraction and a shift.
type rung struct {
	// start is the beginning of the first bucket.
	start vtime.Time
	// shift is the binary logarithm of a bucket's width in nanoseconds.
	shift uint
	// taken is how many buckets were taken.
	// Invariant: they are empty.
	taken int
	// passed is the last time of the last bucket that was taken.
	// Invariant: every event of the rung is later.
	passed  vtime.Time
	buckets []list
}

// span lets the rung begin anew, with 2^fan buckets. All its buckets must be
// empty.
func (r *rung) span(start vtime.Time, shift, fan uint) {
	n := 1 << fan
	if cap(r.buckets) < n {
		r.buckets = make([]list, n)
	}
	*r = rung{start: start, shift: shift, passed: start - 1, buckets: r.buckets[:n]}
}

// bucket returns the bucket for a time, which must be within the rung.
func (r *rung) bucket(at vtime.Time) *list { return &r.buckets[uint64(at-r.start)>>r.shift] }

// last returns the last time of a bucket.
func (r *rung) last(bucket int) vtime.Time {
	next := uint64(bucket + 1)
	after := next << r.shift
	if after>>r.shift != next || after > uint64(vtime.Never-r.start) {
		return vtime.Never
	}
	return r.start + vtime.Time(after) - 1
}

// take returns the next bucket that has events, or nil. The last bucket may end
// later than the rung does, which is at the limit.
func (r *rung) take(limit vtime.Time) *list {
	for r.taken < len(r.buckets) {
		b := &r.buckets[r.taken]
		r.taken++
		if b.count > 0 {
			r.passed = min(r.last(r.taken-1), limit)
			return b
		}
	}
	return nil
}
