package fault

import (
	"strings"

	"souk/sim/actor"
	"souk/sim/rng"
)

// crash stops actors. Messages in flight to them are lost on arrival unless
// they are up again by then; messages that they sent before arrive. Their
// timers die with them. Without an end they stay down.
type crash struct {
	victims
	amnesia bool
	// struck are the actors that this fault took down.
	struck []actor.ID
}

func newCrash(_ int, s *Spec) Fault { return &crash{victims: victimsOf(s), amnesia: s.Amnesia} }

func (c *crash) Begin(w World, draw *rng.Stream) int {
	c.struck = c.draw(w, draw, w.Up)
	for _, id := range c.struck {
		w.Crash(id)
	}
	return len(c.struck)
}

func (c *crash) End(w World) {
	for _, id := range c.struck {
		if !w.Up(id) {
			w.Restart(id, !c.amnesia)
		}
	}
}

func (c *crash) String() string { return "crash of " + strings.Join(c.who, ", ") }
