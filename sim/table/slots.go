package table

// Slots is memory for values that come and go, each under a small number that
// is used again once it is free. It never shrinks, so that a run that has
// warmed up allocates nothing.
type Slots[T any] struct {
	values []T
	vacant []int32
}

// Put stores a value and returns its number.
func (s *Slots[T]) Put(value T) int32 {
	if n := len(s.vacant); n > 0 {
		at := s.vacant[n-1]
		s.vacant = s.vacant[:n-1]
		s.values[at] = value
		return at
	}
	s.values = append(s.values, value)
	return int32(len(s.values) - 1)
}

// At returns the place of a value. It is good until the next Put.
func (s *Slots[T]) At(at int32) *T { return &s.values[at] }

// Drop frees a number and zeroes its value.
func (s *Slots[T]) Drop(at int32) {
	var zero T
	s.values[at] = zero
	s.vacant = append(s.vacant, at)
}

// Len returns how many numbers were ever in use at once, Used how many are now.
func (s *Slots[T]) Len() int { return len(s.values) }

// Used returns how many numbers are in use.
func (s *Slots[T]) Used() int { return len(s.values) - len(s.vacant) }
