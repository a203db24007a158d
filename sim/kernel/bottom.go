package kernel

import (
	"cmp"
	"slices"

	"souk/sim/vtime"
)

const (
	// fewest is the number of events up to which they are sorted into the bottom.
	fewest = 32
	// crowd is the number of events above which a bottom is divided again.
	crowd = 64
)

// bottom has the events that come next.
//
// Invariant: events[gone:] are in order; events[:gone] have left.
type bottom struct {
	events []Event
	gone   int
}

func (b *bottom) len() int { return len(b.events) - b.gone }

// clear forgets what is left.
func (b *bottom) clear() { b.events, b.gone = b.events[:0], 0 }

// crowded says that there are more events than should be kept in order. Those of one
// time cannot be divided, and do not count.
func (b *bottom) crowded() bool {
	return b.len() > crowd && b.events[b.gone].At < b.events[len(b.events)-1].At
}

// open opens a gap for one event at its place and returns it.
func (b *bottom) open(at vtime.Time, seq uint64) *Event {
	if len(b.events) == cap(b.events) && 2*b.gone > len(b.events) {
		b.events = b.events[:copy(b.events, b.events[b.gone:])]
		b.gone = 0
	}
	b.events = append(b.events, Event{})
	return gap(b.events[b.gone:], at, seq)
}

// gap moves the end of a list in order, of which the last place is free, and returns
// the place that an event has in the order.
func gap(events []Event, at vtime.Time, seq uint64) *Event {
	for i := len(events) - 1; i > 0; i-- {
		if events[i-1].before(at, seq) {
			return &events[i]
		}
		events[i] = events[i-1]
	}
	return &events[0]
}

// fill takes all events of a list into the empty bottom.
func (b *bottom) fill(p *pool, from *list) {
	b.events = slices.Grow(b.events, int(from.count))
	if from.count <= fewest {
		for events := p.shift(from); len(events) > 0; events = p.shift(from) {
			for i := range events {
				e := &events[i]
				b.events = b.events[:len(b.events)+1]
				*gap(b.events, e.At, e.Seq) = *e
			}
		}
		return
	}
	// They are all at one time, and in order unless ties are shuffled.
	for events := p.shift(from); len(events) > 0; events = p.shift(from) {
		b.events = append(b.events, events...)
	}
	bySeq := func(e, f Event) int { return cmp.Compare(e.Seq, f.Seq) }
	if !slices.IsSortedFunc(b.events, bySeq) {
		slices.SortStableFunc(b.events, bySeq)
	}
}
