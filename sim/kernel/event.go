package kernel

import "souk/sim/vtime"

// Event is one entry of the pending-event set. It is a small value (32 bytes)
// and holds no pointer, so that a queue of millions costs the collector
// nothing.
type Event struct {
	At vtime.Time
	// Seq numbers the events in the order in which they were scheduled, unless
	// the kernel shuffles ties. Two events at the same time fire in that order:
	// (At, Seq) is a total order, so the result of a run never depends on how a
	// queue breaks ties.
	Seq uint64
	// Target is the dense index of whom the event is for.
	Target uint32
	// Life is 0, or the life of Target in which the event may fire.
	Life uint32
	Kind uint16
	Tag  uint16
	Ref  uint32
}

// before is the total order in which events fire: it says whether the event comes
// before a place in it.
func (e *Event) before(at vtime.Time, seq uint64) bool { return e.At < at || e.At == at && e.Seq < seq }
