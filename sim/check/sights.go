package check

import "souk/sim/actor"

// sights is what the peers that a look-up visited knew of it. It is a hash table
// with open addressing, of which a run keeps a few and uses them again.
type sights struct {
	// slots are a power of two, at least twice as many as there are sights.
	slots []sight
	n     int
}

// sight is what a peer knew of a look-up that visited it: the most hops that were
// left, and whether a crash made it forget.
type sight struct {
	// who is one above the peer; 0 is an empty slot.
	who       actor.ID
	forgotten bool
	hops      int64
}

// at returns the slot of a peer, empty if the look-up has not visited it.
func (s *sights) at(peer actor.ID) *sight {
	if 2*s.n >= len(s.slots) {
		s.grow()
	}
	return s.probe(peer + 1)
}

func (s *sights) probe(who actor.ID) *sight {
	mask := uint32(len(s.slots) - 1)
	i := uint32(who) * 0x9E3779B1 >> 7 & mask
	for s.slots[i].who != 0 && s.slots[i].who != who {
		i = (i + 1) & mask
	}
	return &s.slots[i]
}

// see fills the slot of a peer.
func (s *sights) see(slot *sight, peer actor.ID, hops int64) {
	if slot.who == 0 {
		s.n++
	}
	*slot = sight{who: peer + 1, hops: hops}
}

func (s *sights) grow() {
	before := s.slots
	s.slots = make([]sight, max(16, 2*len(before)))
	for _, old := range before {
		if old.who != 0 {
			*s.probe(old.who) = old
		}
	}
}

// clear empties the table and keeps its memory.
func (s *sights) clear() {
	clear(s.slots)
	s.n = 0
}
