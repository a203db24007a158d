package kernel

import (
	"sort"

	"souk/sim/vtime"
)

// ladder is the pending-event set. Its parts divide the future: from the earliest
// on, the bottom, the rungs from the last to the first, the top. An event goes to
// the latest part that begins at or before its time.
type ladder struct {
	bottom bottom
	// rungs are those in use; the memory of more of them lies behind.
	// Invariant: each begins in what its predecessor has passed, and no event of it is
	// later than that; so what they have passed never increases from one to the next.
	rungs []rung
	// reach is the last time that bottom and rungs have.
	// Invariant: every event of the top is later.
	top   list
	reach vtime.Time
	// first and last bound the times in the top.
	// Invariant: first is vtime.Never and last 0 if it is empty.
	first, last vtime.Time
	pool        pool
	// moving has the events that are being spread.
	moving [sheetLen * chunkLen]Event
}

func newLadder() *ladder {
	return &ladder{
		bottom: bottom{events: make([]Event, 0, 2*crowd)},
		reach:  vtime.Never, first: vtime.Never,
	}
}

// few is up to how many rungs are looked at one by one. More there are only if
// events are scheduled ever earlier.
const few = 8

// reserve makes room for an event and returns it: the caller writes the event
// there, with the time and the sequence that it gave. (An event that is built
// elsewhere and copied waits until its small fields have left the store buffer.)
func (q *ladder) reserve(at vtime.Time, seq uint64) *Event {
	if at > q.reach {
		return q.postpone(at)
	}
	rungs := q.rungs
	if len(rungs) > few {
		rungs = rungs[sort.Search(len(rungs), func(i int) bool { return at > rungs[i].passed }):]
	}
	for i := range rungs {
		if r := &rungs[i]; at > r.passed {
			return q.pool.extend(r.bucket(at))
		}
	}
	if !q.bottom.crowded() {
		return q.bottom.open(at, seq)
	}
	q.relieve()
	return q.reserve(at, seq)
}

// postpone makes room in the top.
func (q *ladder) postpone(at vtime.Time) *Event {
	q.first = min(q.first, at)
	q.last = max(q.last, at)
	return q.pool.extend(&q.top)
}

// head returns the first event, or nil. It stays in its place until the next call
// of head or reserve.
func (q *ladder) head() *Event {
	if b := &q.bottom; b.gone < len(b.events) {
		return &b.events[b.gone]
	}
	return q.refill()
}

// drop removes the first event, after head returned one.
func (q *ladder) drop() { q.bottom.gone++ }

// clear removes all events and keeps the memory.
func (q *ladder) clear() {
	for i := range q.rungs {
		clear(q.rungs[i].buckets)
	}
	q.bottom.clear()
	q.pool.clear()
	q.rungs, q.top = q.rungs[:0], list{}
	q.reach, q.first, q.last = vtime.Never, vtime.Never, 0
}
