package check

import "souk/sim/actor"

// roster numbers the few actors that hold an office, in the order in which they
// turn up, and keeps something of each.
type roster[T any] struct {
	places []int32
	list   []T
}

func newRoster[T any](actors int) roster[T] { return roster[T]{places: make([]int32, actors)} }

// has says that something is kept of an actor.
func (r *roster[T]) has(id actor.ID) bool { return r.places[id] != 0 }

// of returns what is kept of an actor; a newcomer gets the zero value. It is good
// until the next newcomer.
func (r *roster[T]) of(id actor.ID) *T {
	if r.places[id] == 0 {
		var zero T
		r.list = append(r.list, zero)
		r.places[id] = int32(len(r.list))
	}
	return &r.list[r.places[id]-1]
}
