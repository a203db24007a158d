package market

import "slices"

// Station is a counter with a fixed number of servers and one line before it,
// first come first served. It keeps no time: its owner draws how long a service
// takes and says when it is over.
type Station[T any] struct {
	// line holds what waits, as a ring from head.
	line    []T
	head    int
	waiting int
	// bays hold what is being served; idle lists the free ones.
	// Invariant: busy + len(idle) = len(bays).
	bays []T
	idle []int32
	busy int
}

// NewStation returns an idle station.
func NewStation[T any](servers int) Station[T] {
	s := Station[T]{line: make([]T, 16), bays: make([]T, servers)}
	s.Clear()
	return s
}

// Clear drops what waits and what is being served.
func (s *Station[T]) Clear() {
	s.head, s.waiting, s.busy = 0, 0, 0
	clear(s.line)
	clear(s.bays)
	s.idle = s.idle[:0]
	for i := len(s.bays) - 1; i >= 0; i-- {
		s.idle = append(s.idle, int32(i))
	}
}

// Join puts a value at the end of the line.
func (s *Station[T]) Join(value T) {
	if s.waiting == len(s.line) {
		grown := make([]T, 2*len(s.line))
		for i := range s.waiting {
			grown[i] = s.line[(s.head+i)%len(s.line)]
		}
		s.line, s.head = grown, 0
	}
	s.line[(s.head+s.waiting)%len(s.line)] = value
	s.waiting++
}

// Begin moves the first of the line to a free server and returns which, or
// false if nobody waits or no server is free.
func (s *Station[T]) Begin() (bay int32, ok bool) {
	if s.waiting == 0 || len(s.idle) == 0 {
		return 0, false
	}
	bay = s.idle[len(s.idle)-1]
	s.idle = s.idle[:len(s.idle)-1]
	s.bays[bay] = s.line[s.head]
	var zero T
	s.line[s.head] = zero
	s.head = (s.head + 1) % len(s.line)
	s.waiting--
	s.busy++
	return bay, true
}

// Each hands out what is being served, by server, and then what waits, in order.
func (s *Station[T]) Each(do func(value *T, served bool)) {
	for bay := range s.bays {
		if !slices.Contains(s.idle, int32(bay)) {
			do(&s.bays[bay], true)
		}
	}
	for i := range s.waiting {
		do(&s.line[(s.head+i)%len(s.line)], false)
	}
}

// Remove takes out of the line what is to go; the others keep their order.
func (s *Station[T]) Remove(goes func(*T) bool) {
	kept := 0
	for i := range s.waiting {
		value := s.line[(s.head+i)%len(s.line)]
		if !goes(&value) {
			s.line[(s.head+kept)%len(s.line)] = value
			kept++
		}
	}
	s.waiting = kept
}

// At returns what a server serves. It is good until End.
func (s *Station[T]) At(bay int32) *T { return &s.bays[bay] }

// End frees a server.
func (s *Station[T]) End(bay int32) {
	s.idle = append(s.idle, bay)
	s.busy--
}

// Busy returns how many servers are at work.
func (s *Station[T]) Busy() int { return s.busy }

// Waiting returns how many stand in line.
func (s *Station[T]) Waiting() int { return s.waiting }
