package sim

import "souk/sim/actor"

// envelope is a message under way.
type envelope[M any] struct {
	from, to actor.ID
	// kind and request are what the system says of the message: asked once, used
	// at every turn of the way.
	kind    uint8
	request uint64
	msg     M
}

const blockSize = 128

// slab is the memory of the messages under way. Blocks never move, so a
// message can be read in place while new ones are stored, and a run that has
// warmed up allocates nothing.
type slab[M any] struct {
	blocks []*[blockSize]envelope[M]
	free   []uint32
	used   int
}

func (s *slab[M]) at(ref uint32) *envelope[M] {
	return &s.blocks[ref/blockSize][ref%blockSize]
}

// take returns a place for an envelope, with what was there before still in it.
func (s *slab[M]) take() uint32 {
	if len(s.free) == 0 {
		s.blocks = append(s.blocks, new([blockSize]envelope[M]))
		s.vacate(len(s.blocks) - 1)
	}
	ref := s.free[len(s.free)-1]
	s.free = s.free[:len(s.free)-1]
	s.used++
	return ref
}

// drop frees a place. What is in it stays until the place is used again: to wipe
// it would cost more than to keep what it points to.
func (s *slab[M]) drop(ref uint32) {
	s.free = append(s.free, ref)
	s.used--
}

// vacate makes all places of a block free.
func (s *slab[M]) vacate(block int) {
	for i := blockSize - 1; i >= 0; i-- {
		s.free = append(s.free, uint32(block*blockSize+i))
	}
}

// clear makes all places free and keeps the memory.
func (s *slab[M]) clear() {
	s.free, s.used = s.free[:0], 0
	for i := len(s.blocks) - 1; i >= 0; i-- {
		s.vacate(i)
	}
}
