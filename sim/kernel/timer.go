package kernel

import "souk/sim/vtime"

// Timer is a deadline that is moved more often than it is met, such as that of a
// heartbeat. It fires as if at each move its event had been cancelled and
// scheduled anew, and does without most of that: while the deadline is only
// postponed, the event stays where it is, and when it comes up it is scheduled
// again for the deadline that is then in force. So a timer has one pending event
// however often it is armed, where events that are cancelled would pile up.
type Timer uint32

// timer is the state of a Timer.
type timer struct {
	// due and seq are the place in the order that it was last armed for; seq is 0 if
	// it was disarmed since.
	due vtime.Time
	seq uint64
	// queued is the sequence of its pending event, which comes at the time until;
	// 0 if it has none. Other events that name the timer are abandoned.
	// Invariant: an armed timer has a pending event, and that is not behind its place
	// in the order.
	queued uint64
	until  vtime.Time
	// What it is when it fires.
	target    uint32
	kind, tag uint16
	ref       uint32
}

// timed in the place of an event's life says that it is a timer's, and that its
// target is the timer's number.
const timed = 1<<32 - 1

// NewTimer returns a timer that is not armed. When it fires, it is an event for a
// target with a kind, a tag and a reference.
func (k *Kernel) NewTimer(target uint32, kind, tag uint16, ref uint32) Timer {
	k.timers = append(k.timers, timer{target: target, kind: kind, tag: tag, ref: ref})
	return Timer(len(k.timers) - 1)
}

// Arm sets the timer's deadline, whether it had one or not.
func (k *Kernel) Arm(id Timer, at vtime.Time) {
	t := &k.timers[id]
	t.due, t.seq = at, k.number(at, 0)
	// Its place in the order is between the event that was scheduled last and the
	// next one, whether or not its own event is there.
	k.volleys.last = nil
	if t.queued == 0 || at < t.until || at == t.until && t.seq < t.queued {
		k.enqueue(id)
	}
}

// Disarm takes the timer's deadline away.
func (k *Kernel) Disarm(id Timer) { k.timers[id].seq = 0 }

// enqueue adds a timer's event for its deadline.
func (k *Kernel) enqueue(id Timer) {
	t := &k.timers[id]
	t.queued, t.until = t.seq, t.due
	k.pending++
	e := k.queue.reserve(t.due, t.seq)
	*e = Event{At: t.due, Seq: t.seq, Target: uint32(id), Life: timed}
}

// expire turns the current event, which is a timer's, into the one that fires. It
// returns false if it does not fire: it was abandoned, or the deadline was
// postponed or taken away.
func (k *Kernel) expire() bool {
	id := Timer(k.current.Target)
	t := &k.timers[id]
	if k.current.Seq != t.queued {
		return false
	}
	t.queued = 0
	switch {
	case t.seq == 0:
		return false
	case t.seq != k.current.Seq:
		k.enqueue(id)
		return false
	}
	e := &k.current
	e.Target, e.Life, e.Kind, e.Tag, e.Ref = t.target, 0, t.kind, t.tag, t.ref
	return true
}
