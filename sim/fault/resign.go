package fault

import (
	"strings"

	"souk/sim/rng"
)

// resign asks actors to give up their office in good order. It touches no
// message and no timer; it has no end.
type resign struct {
	who []string
	momentary
}

func newResign(_ int, s *Spec) Fault { return resign{who: s.argument().actors} }

func (r resign) Begin(w World, _ *rng.Stream) (asked int) {
	for _, id := range find(w, r.who) {
		if w.Up(id) {
			w.Resign(id)
			asked++
		}
	}
	return asked
}

func (r resign) String() string { return "resignation of " + strings.Join(r.who, ", ") }
