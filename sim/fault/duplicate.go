package fault

import (
	"strings"

	"souk/sim/rng"
)

// duplicate makes each message that actors send or receive, on an overlay each
// hop of it, arrive twice with some chance: a second copy comes after a delay of
// its own, so it can arrive first unless the network keeps order. What is lost
// has no copy. Messages in flight when it begins are not touched, nor is any
// timer.
type duplicate struct {
	id     int
	who    []string
	chance rng.Probability
}

func newDuplicate(id int, s *Spec) Fault {
	return &duplicate{id: id, who: s.argument().actors, chance: s.Chance}
}

func (f *duplicate) Begin(w World, _ *rng.Stream) int {
	members := find(w, f.who)
	w.Duplicate(f.id, members, f.chance)
	return len(members)
}

func (f *duplicate) End(w World) { w.Calm(f.id) }

func (f *duplicate) String() string { return "duplication of " + strings.Join(f.who, ", ") }
