package fault

import (
	"strings"

	"souk/sim/rng"
)

// loss loses each message that actors send or receive, on an overlay each hop of
// it, with a chance that comes on top of the network's own. Messages in flight
// when it begins are not touched, nor is any timer.
type loss struct {
	id     int
	who    []string
	chance rng.Probability
}

func newLoss(id int, s *Spec) Fault {
	return &loss{id: id, who: s.argument().actors, chance: s.Chance}
}

func (f *loss) Begin(w World, _ *rng.Stream) int {
	members := find(w, f.who)
	w.Lose(f.id, members, f.chance)
	return len(members)
}

func (f *loss) End(w World) { w.Calm(f.id) }

func (f *loss) String() string { return "loss of " + strings.Join(f.who, ", ") }
