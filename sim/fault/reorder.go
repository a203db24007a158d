package fault

import (
	"strings"

	"souk/sim/rng"
)

// reorder holds each message that actors send or receive, on an overlay each hop
// of it, back for a drawn time with some chance, and lets later messages
// overtake it even where the network keeps order. Messages in flight when it
// begins or ends are not touched, nor is any timer.
type reorder struct {
	id     int
	who    []string
	chance rng.Probability
	extra  rng.Distribution
}

func newReorder(id int, s *Spec) Fault {
	return &reorder{id: id, who: s.argument().actors, chance: s.Chance, extra: s.Extra}
}

func (f *reorder) Begin(w World, _ *rng.Stream) int {
	members := find(w, f.who)
	w.Reorder(f.id, members, f.chance, f.extra)
	return len(members)
}

func (f *reorder) End(w World) { w.Calm(f.id) }

func (f *reorder) String() string { return "reordering of " + strings.Join(f.who, ", ") }
