package check

import (
	"souk/sim/actor"
	"souk/sim/table"
)

// roster numbers the few actors that hold an office, in the order in which they
// turn up, and keeps something of each.
type roster[T any] struct {
	// places are one above those in the list.
	places table.Sparse[int32]
	list   []T
}

func newRoster[T any](actors int) roster[T] {
	return roster[T]{places: table.NewSparse[int32](actors)}
}

// has says that something is kept of an actor.
func (r *roster[T]) has(id actor.ID) bool { return r.places.Get(int(id)) != 0 }

// of returns what is kept of an actor; a newcomer gets the zero value. It is good
// until the next newcomer.
func (r *roster[T]) of(id actor.ID) *T {
	place := r.places.Get(int(id))
	if place == 0 {
		var zero T
		r.list = append(r.list, zero)
		place = int32(len(r.list))
		*r.places.At(int(id)) = place
	}
	return &r.list[place-1]
}
