package market

import "souk/sim/table"

// RequestTable keeps a value for each of some requests. A value has a number,
// which stays the same while it is kept.
type RequestTable[T any] struct {
	Values table.Slots[T]
	places table.Hash[int32]
}

// Nowhere is the number of a value that is not there.
const Nowhere int32 = -1

// Find returns the number of a request's value, or Nowhere.
func (t *RequestTable[T]) Find(r RequestID) int32 {
	if at := t.places.Find(uint64(r)); at != nil {
		return *at
	}
	return Nowhere
}

// Get returns a request's value, if it has one.
func (t *RequestTable[T]) Get(r RequestID) (value T, known bool) {
	if at := t.Find(r); at != Nowhere {
		return *t.Values.At(at), true
	}
	return value, false
}

// Put stores the value of a request, in the place of one that it has, and returns
// its number. It must be a request, not 0.
func (t *RequestTable[T]) Put(r RequestID, value T) int32 {
	at, added := t.places.At(uint64(r))
	if added {
		*at = t.Values.Put(value)
	} else {
		*t.Values.At(*at) = value
	}
	return *at
}

// Drop forgets a request.
func (t *RequestTable[T]) Drop(r RequestID) {
	if at, had := t.places.Drop(uint64(r)); had {
		t.Values.Drop(at)
	}
}
