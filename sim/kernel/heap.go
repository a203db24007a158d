package kernel

import "souk/sim/vtime"

// Heap is a Queue: an implicit heap in which every node has four children.
// Four make it half as deep as a binary heap and keep the children of a node
// in two cache lines. See Johnson, "Priority queues with update and finding
// minimum spanning trees", Information Processing Letters 4(3), 1975.
//
// Invariant: no event comes before its parent, which sits at (i-1)/4.
type Heap struct {
	events []Event
}

const arity = 4

// NewHeap returns an empty heap with room for the given number of events.
func NewHeap(capacity int) *Heap { return &Heap{events: make([]Event, 0, capacity)} }

// Len returns the number of pending events.
func (h *Heap) Len() int { return len(h.events) }

// Peek returns the time of the first event, or vtime.Never.
func (h *Heap) Peek() vtime.Time {
	if len(h.events) == 0 {
		return vtime.Never
	}
	return h.events[0].At
}

// Push adds an event.
func (h *Heap) Push(e Event) {
	h.events = append(h.events, e)
	ev := h.events
	i := len(ev) - 1
	for i > 0 {
		parent := (i - 1) / arity
		if !e.Before(&ev[parent]) {
			break
		}
		ev[i] = ev[parent]
		i = parent
	}
	ev[i] = e
}

// Pop removes and returns the first event.
func (h *Heap) Pop() Event {
	ev := h.events
	first := ev[0]
	last := len(ev) - 1
	moved := ev[last]
	ev = ev[:last]
	h.events = ev
	if last > 0 {
		sink(ev, moved)
	}
	return first
}

// sink puts e into the hole at the root and lets it down to its place.
func sink(ev []Event, e Event) {
	i := 0
	for {
		child := arity*i + 1
		if child >= len(ev) {
			break
		}
		least := child
		for c := child + 1; c < min(child+arity, len(ev)); c++ {
			if ev[c].Before(&ev[least]) {
				least = c
			}
		}
		if !ev[least].Before(&e) {
			break
		}
		ev[i] = ev[least]
		i = least
	}
	ev[i] = e
}
