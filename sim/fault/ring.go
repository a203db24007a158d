package fault

import (
	"strings"

	"souk/sim/rng"
)

// ring puts actors on a ring, in an order drawn anew each time it begins. Each
// hears the nearest that make up a majority with itself, and no two hear the
// same: the overlapping majorities (majorities-ring) of Jepsen, Kingsbury. With
// an odd half, as among three, the ring is lopsided: one hears another who does
// not hear it. Whom it does not name reaches everybody. Messages in flight when
// it begins still arrive; messages that are not to be heard are lost while it
// lasts. No timer is touched.
type ring struct {
	id  int
	who []string
}

func newRing(id int, s *Spec) Fault { return ring{id: id, who: s.argument().actors} }

func (r ring) Begin(w World, draw *rng.Stream) int {
	members := shuffled(w, r.who, draw)
	w.Heal(r.id)
	w.PartitionRing(r.id, members)
	if len(members) < 3 {
		return 0 // of fewer, a majority is all
	}
	return len(members)
}

func (r ring) End(w World) { w.Heal(r.id) }

func (r ring) String() string { return "ring of majorities of " + strings.Join(r.who, ", ") }
