package kernel

import (
	"math/bits"

	"souk/sim/vtime"
)

// refill brings the next events into the empty bottom and returns the first, nil if
// there are none.
func (q *ladder) refill() *Event {
	q.bottom.clear()
	for q.bottom.len() == 0 {
		switch {
		case len(q.rungs) > 0:
			q.descend()
		case q.top.count == 0:
			return nil
		case q.top.count <= fewest:
			q.bottom.fill(&q.pool, &q.top)
			q.reach, q.first, q.last = vtime.Never, vtime.Never, 0
		default:
			q.divideTop()
		}
	}
	return &q.bottom.events[0]
}

// descend takes the next bucket of the last rung: what few events it has go to the
// bottom, many to a new rung. A rung that has none left is removed.
func (q *ladder) descend() {
	n := len(q.rungs)
	r := &q.rungs[n-1]
	limit := q.reach
	if n > 1 {
		limit = q.rungs[n-2].passed
	}
	b := r.take(limit)
	switch {
	case b == nil:
		q.rungs = q.rungs[:n-1]
	case b.count <= fewest || r.shift == 0:
		q.bottom.fill(&q.pool, b)
	default:
		fan := min(fanOut(b.count), r.shift)
		start := r.start + vtime.Time(r.taken-1)<<r.shift
		q.spread(b, q.addRung(start, r.shift-fan, fan))
	}
}

// divideTop makes the top the first rung. The events to come are postponed if they
// are later than what that covers.
func (q *ladder) divideTop() {
	fan := fanOut(q.top.count)
	r := q.addRung(q.first, width(uint64(q.last-q.first), fan), fan)
	q.spread(&q.top, r)
	q.reach = r.last(len(r.buckets) - 1)
	q.first, q.last = vtime.Never, 0
}

// relieve moves the events of a crowded bottom to a new last rung, or to the top
// if there is no rung.
func (q *ladder) relieve() {
	pending := q.bottom.events[q.bottom.gone:]
	start := pending[0].At
	if len(q.rungs) == 0 {
		q.reach = start - 1
		for i := range pending {
			*q.postpone(pending[i].At) = pending[i]
		}
	} else {
		passed := q.rungs[len(q.rungs)-1].passed
		fan := fanOut(uint32(len(pending)))
		r := q.addRung(start, width(uint64(passed-start), fan), fan)
		for i := range pending {
			*q.pool.extend(r.bucket(pending[i].At)) = pending[i]
		}
	}
	q.bottom.clear()
}

// width returns the binary logarithm of the width that 2^fan buckets need for
// offsets from 0 to most.
func width(most uint64, fan uint) uint { return uint(max(0, bits.Len64(most)-int(fan))) }

// addRung adds an empty rung after the last.
func (q *ladder) addRung(start vtime.Time, shift, fan uint) *rung {
	n := len(q.rungs)
	if n < cap(q.rungs) {
		q.rungs = q.rungs[:n+1]
	} else {
		q.rungs = append(q.rungs, rung{})
	}
	r := &q.rungs[n]
	r.span(start, shift, fan)
	return r
}

// spread moves the events of a list to their buckets. Each piece is copied first:
// that fetches all its cache lines at once, and then the piece is free, and still
// in the cache, for the first bucket that wants one.
func (q *ladder) spread(from *list, to *rung) {
	for events := q.pool.shift(from); len(events) > 0; events = q.pool.shift(from) {
		for i := range q.moving[:copy(q.moving[:], events)] {
			e := &q.moving[i]
			*q.pool.extend(to.bucket(e.At)) = *e
		}
	}
}
