package kernel

import (
	"fmt"

	"souk/sim/vtime"
)

// Limits bound a run. Zero means no limit.
type Limits struct {
	Time   vtime.Time
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
	queue  Queue
	limits Limits
	// Invariant: now never decreases, and no pending event lies before it.
	now vtime.Time
	// seq is the number of events ever scheduled.
	seq uint64
	// fired is the number of events ever returned by Next.
	fired uint64
	// Invariant: a life is at least 1, since 0 marks an unguarded event.
	lives []uint32
	end   End
}

// New returns a kernel at time 0 for targets numbered from 0.
func New(queue Queue, targets int, limits Limits) *Kernel {
	lives := make([]uint32, targets)
	for i := range lives {
		lives[i] = 1
	}
	return &Kernel{queue: queue, limits: limits, lives: lives}
}

// AddTarget adds a target with a life of its own and returns its number, so that
// single events can be cancelled.
func (k *Kernel) AddTarget() uint32 {
	k.lives = append(k.lives, 1)
	return uint32(len(k.lives) - 1)
}

// Now returns the virtual time of the event being handled.
func (k *Kernel) Now() vtime.Time { return k.now }

// Fired returns the number of events handled so far.
func (k *Kernel) Fired() uint64 { return k.fired }

// Pending returns the number of events waiting, cancelled ones included.
func (k *Kernel) Pending() int { return k.queue.Len() }

// End returns why the last call of Next returned nothing.
func (k *Kernel) End() End { return k.end }

// Schedule adds an event that always fires. Scheduling in the past is a bug of
// the caller and panics.
func (k *Kernel) Schedule(at vtime.Time, target uint32, kind, tag uint16, ref uint32) {
	k.push(Event{At: at, Target: target, Kind: kind, Tag: tag, Ref: ref})
}

// ScheduleGuarded adds an event that fires only if the target is still in its
// present life.
func (k *Kernel) ScheduleGuarded(at vtime.Time, target uint32, kind, tag uint16, ref uint32) {
	k.push(Event{At: at, Target: target, Life: k.lives[target], Kind: kind, Tag: tag, Ref: ref})
}

func (k *Kernel) push(e Event) {
	if e.At < k.now {
		panic(fmt.Sprintf("kernel: event of kind %d scheduled at %v, before the present %v", e.Kind, e.At, k.now))
	}
	k.seq++
	e.Seq = k.seq
	k.queue.Push(e)
}

// Cancel ends the target's life: no guarded event scheduled for it so far will
// fire.
func (k *Kernel) Cancel(target uint32) { k.lives[target]++ }

// Next moves the clock to the next event that is due and returns it. It
// returns false when nothing is left or a limit is reached; End says which. An
// event beyond the time limit stays pending, and the clock stops at the limit.
func (k *Kernel) Next() (Event, bool) {
	if k.limits.Events > 0 && k.fired >= k.limits.Events {
		k.end = EventLimit
		return Event{}, false
	}
	for k.queue.Len() > 0 {
		if k.limits.Time > 0 && k.queue.Peek() > k.limits.Time {
			k.now = k.limits.Time
			k.end = TimeLimit
			return Event{}, false
		}
		e := k.queue.Pop()
		if e.Life != 0 && e.Life != k.lives[e.Target] {
			continue
		}
		k.now = e.At
		k.fired++
		return e, true
	}
	k.end = Exhausted
	return Event{}, false
}
