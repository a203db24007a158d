package kernel

import (
	"fmt"
	"math"
	"slices"

	"souk/sim/vtime"
)

// Limits bound a run. Zero means no limit.
type Limits struct {
	// Time is the last time at which events still fire.
	Time vtime.Time
	// Events is the number of events that fire.
	Events uint64
}

// End says why Next returned nothing.
type End uint8

// The reasons for which a kernel has no next event.
const (
	Running End = iota
	Exhausted
	TimeLimit
	EventLimit
)

func (e End) String() string {
	return [...]string{"running", "no events left", "time limit", "event limit"}[e]
}

// Kernel owns the clock and the pending-event set.
//
// Cancelling is by life, never by search: each target has a life number, a
// guarded event carries the life in which it was scheduled, and Cancel starts
// the target's next life. The events of earlier lives stay where they are and
// are dropped when their time comes.
type Kernel struct {
	queue  *ladder
	limits Limits
	// Invariant: now never decreases, and no pending event lies before it.
	now vtime.Time
	// seq is the number of events ever scheduled.
	seq uint64
	// ties is the key of the permutation of simultaneous events; 0 is none.
	ties uint64
	// fired is the number of events ever returned by Next.
	fired uint64
	// current is the event that Next returned last.
	current Event
	// pending is the number of events that wait, those of volleys and cancelled ones
	// included.
	pending int
	// Invariant: a life is at least 1, since 0 marks an unguarded event, and below
	// volley and timed.
	lives   []uint32
	timers  []timer
	volleys volleys
	end     End
}

// New returns a kernel at time 0 for targets numbered from 0.
func New(targets int, limits Limits) *Kernel {
	k := &Kernel{queue: newLadder()}
	k.Reset(targets, limits)
	return k
}

// Reset makes the kernel as good as new, for another run that uses its memory
// again.
func (k *Kernel) Reset(targets int, limits Limits) {
	k.queue.clear()
	k.volleys.clear()
	k.lives = slices.Grow(k.lives[:0], targets)[:targets]
	for i := range k.lives {
		k.lives[i] = 1
	}
	if limits.Time == 0 {
		limits.Time = vtime.Never
	}
	if limits.Events == 0 {
		limits.Events = math.MaxUint64
	}
	*k = Kernel{queue: k.queue, limits: limits, lives: k.lives, timers: k.timers[:0], volleys: k.volleys}
}

// Now returns the virtual time of the event being handled.
func (k *Kernel) Now() vtime.Time { return k.now }

// Fired returns the number of events handled so far.
func (k *Kernel) Fired() uint64 { return k.fired }

// Pending returns the number of events waiting, cancelled ones included.
func (k *Kernel) Pending() int { return k.pending }

// Peek returns the time of the first pending event, cancelled ones included, or
// vtime.Never.
func (k *Kernel) Peek() vtime.Time {
	k.volleys.last = nil
	if k.volleys.left > 0 {
		return k.now
	}
	if e := k.queue.head(); e != nil {
		return e.At
	}
	return vtime.Never
}

// End returns why the last call of Next returned nothing.
func (k *Kernel) End() End { return k.end }

// Schedule adds an event that always fires. Scheduling in the past is a bug of
// the caller and panics.
func (k *Kernel) Schedule(at vtime.Time, target uint32, kind, tag uint16, ref uint32) {
	k.add(at, 0, target, 0, kind, tag, ref)
}

// ScheduleInLine adds an event that fires after every simultaneous one of the
// same line that was added before, also where ties are shuffled: a line is a
// connection, say, on which nothing overtakes. Lines are numbered from 1.
func (k *Kernel) ScheduleInLine(line uint64, at vtime.Time, target uint32, kind, tag uint16, ref uint32) {
	k.add(at, line, target, 0, kind, tag, ref)
}

// ScheduleGuarded adds an event that fires only if the target is still in its
// present life.
func (k *Kernel) ScheduleGuarded(at vtime.Time, target uint32, kind, tag uint16, ref uint32) {
	k.add(at, 0, target, k.lives[target], kind, tag, ref)
}

func (k *Kernel) add(at vtime.Time, line uint64, target, life uint32, kind, tag uint16, ref uint32) {
	seq := k.number(at, line)
	k.pending++
	var e *Event
	if k.volleys.joins(at) {
		e = k.join()
	} else {
		e = k.queue.reserve(at, seq)
		if k.ties == 0 {
			k.volleys.last = e
		}
	}
	e.At, e.Seq = at, seq
	e.Target, e.Life = target, life
	e.Kind, e.Tag, e.Ref = kind, tag, ref
}

// number returns the sequence of the next event to be scheduled.
func (k *Kernel) number(at vtime.Time, line uint64) uint64 {
	k.seq++
	if at < k.now || k.ties != 0 {
		return k.irregular(at, line)
	}
	return k.seq
}

func (k *Kernel) irregular(at vtime.Time, line uint64) uint64 {
	if at < k.now {
		panic(fmt.Sprintf("kernel: event scheduled at %v, before the present %v", at, k.now))
	}
	return k.shuffled(line)
}

// Cancel ends the target's life: no guarded event scheduled for it so far will
// fire.
func (k *Kernel) Cancel(target uint32) {
	if k.lives[target]++; k.lives[target] == volley {
		panic("kernel: a target has had all its lives")
	}
}

// Next moves the clock to the next event that is due and returns it; the event is
// the caller's until the next call. Next returns nil when nothing is left or a
// limit is reached; End says which. An event beyond the time limit stays pending,
// and the clock stops at the limit.
func (k *Kernel) Next() *Event {
	if k.fired >= k.limits.Events {
		k.end = EventLimit
		return nil
	}
	for {
		if k.volleys.left > 0 {
			k.current = *k.volleys.fire(&k.queue.pool)
		} else {
			k.volleys.last = nil
			e := k.queue.head()
			if e == nil {
				k.end = Exhausted
				return nil
			}
			if e.At > k.limits.Time {
				k.now, k.end = k.limits.Time, TimeLimit
				return nil
			}
			k.current = *e
			k.queue.drop()
		}
		k.pending--
		if k.current.Life == 0 || k.alive() {
			k.now = k.current.At
			k.fired++
			return &k.current
		}
	}
}

// alive says whether the current event, which is guarded, a timer's or that of a
// volley, may fire.
func (k *Kernel) alive() bool {
	switch e := &k.current; e.Life {
	case timed:
		return k.expire()
	case volley:
		k.pending++
		k.volleys.begin(e.Ref)
		return false
	default:
		return e.Life == k.lives[e.Target]
	}
}
