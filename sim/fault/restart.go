package fault

import (
	"strings"

	"souk/sim/rng"
)

// restart takes actors down and brings them up again in the same instant.
// Messages in flight, to them and from them, arrive. Their timers die, and so
// does what waits for an actor that was paused.
type restart struct {
	victims
	momentary
	amnesia bool
}

func newRestart(_ int, s *Spec) Fault { return &restart{victims: victimsOf(s), amnesia: s.Amnesia} }

func (r *restart) Begin(w World, draw *rng.Stream) int {
	struck := r.draw(w, draw, w.Up)
	for _, id := range struck {
		w.Crash(id)
		w.Restart(id, !r.amnesia)
	}
	return len(struck)
}

func (r *restart) String() string { return "restart of " + strings.Join(r.who, ", ") }
