package check

import (
	"math/bits"
	"slices"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/table"
	"souk/sim/vtime"
)

// patience is what stands between a buyer and its deadlines: a buyer that is
// paused does not see them pass, and one whose clock changes sees them pass at
// another time.
type patience struct {
	// paused are the actors that stand still. Those in waking resumed in event
	// wakingIn and count as paused until it is over, for in it they handle what
	// they missed.
	paused   table.Sparse[bool]
	waking   []actor.ID
	wakingIn uint64
}

// pause notes that an actor stands still.
func (p *patience) pause(id actor.ID) {
	*p.paused.At(int(id)) = true
	p.waking = slices.DeleteFunc(p.waking, func(other actor.ID) bool { return other == id })
}

// resume notes that it goes on.
func (p *patience) resume(f *market.Fact) {
	p.waking, p.wakingIn = append(p.waking, f.Actor), f.Event
}

// wake ends the pauses that were over in an event before.
func (p *patience) wake() {
	for _, id := range p.waking {
		*p.paused.At(int(id)) = false
	}
	p.waking = p.waking[:0]
}

// moved returns when a deadline passes by a clock that was just set, or given
// another pace: what remains of it is what remained by the clock before, less
// the jump. Who is not paused sees at once that it has passed; who is, may have
// his clock set back again before he looks.
func moved(deadline vtime.Time, f *market.Fact, paused bool) vtime.Time {
	const even = 1_000_000
	left := -vtime.Duration(f.N)
	switch {
	case deadline == vtime.Never:
		return deadline
	case deadline >= f.At:
		left += scaled(deadline.Sub(f.At), uint64(f.Term), even)
	default:
		// It passed while the buyer was paused. A clock set back undoes that.
		left -= scaled(f.At.Sub(deadline), uint64(f.Term), even) - 1
	}
	switch {
	case left > 0:
	case paused:
		return f.At.Add(-scaled(-left, even, uint64(f.Qty)))
	default:
		return min(deadline, f.At)
	}
	return f.At.Add(scaled(left, even, uint64(f.Qty)))
}

// scaled returns d times num by den, rounded up, so that no rounding makes a
// deadline earlier than the buyer's own.
func scaled(d vtime.Duration, num, den uint64) vtime.Duration {
	const most = 1<<63 - 1
	hi, lo := bits.Mul64(uint64(d), num)
	if hi >= den {
		return most
	}
	q, r := bits.Div64(hi, lo, den)
	if r > 0 {
		q++
	}
	return vtime.Duration(min(q, most))
}

// setClock moves the deadlines of a buyer whose clock changed. From then on
// nobody can say how long a takeover takes.
func (r *requests) setClock(f *market.Fact) {
	r.clocksWrong = true
	r.excuse()
	for i := range r.records.Values.Len() {
		rec := r.records.Values.At(int32(i))
		if rec.used && rec.id.Buyer() == f.Actor {
			rec.deadline = moved(rec.deadline, f, r.paused.Get(int(f.Actor)))
		}
	}
}
