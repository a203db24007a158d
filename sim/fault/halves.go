package fault

import (
	"strings"

	"souk/sim/actor"
	"souk/sim/rng"
)

// halves cuts actors into two random halves, drawn anew each time it begins;
// of an odd number one is larger. Whom it does not name reaches both. Messages
// in flight when it begins still arrive; messages sent from one half to the
// other while it lasts are lost. No timer is touched.
type halves struct {
	id  int
	who []string
}

func newHalves(id int, s *Spec) Fault { return halves{id: id, who: s.argument().actors} }

func (h halves) Begin(w World, draw *rng.Stream) int {
	members := shuffled(w, h.who, draw)
	half := len(members) / 2
	w.Heal(h.id)
	w.Partition(h.id, [][]actor.ID{members[:half], members[half:]})
	return min(2, half*2)
}

// shuffled returns whom selectors name, in random order.
func shuffled(w World, who []string, draw *rng.Stream) []actor.ID {
	members := find(w, who)
	draw.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	return members
}

func (h halves) End(w World) { w.Heal(h.id) }

func (h halves) String() string { return "random halves of " + strings.Join(h.who, ", ") }
