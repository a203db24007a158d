package fault

import (
	"strings"

	"souk/sim/actor"
	"souk/sim/rng"
)

// Pick says which of the actors that a selector names are struck.
type Pick int

// The picks.
const (
	PickAll Pick = iota
	PickOne
)

// crash stops actors. Messages in flight to them are lost on arrival unless
// they are up again by then; messages that they sent before arrive. Their
// timers die with them. Without an end they stay down.
type crash struct {
	who     []string
	pick    Pick
	amnesia bool
	// struck are the actors that this fault took down.
	struck []actor.ID
}

func newCrash(_ int, s *Spec) Fault {
	return &crash{who: s.argument().actors, pick: s.Pick, amnesia: s.Amnesia}
}

func (c *crash) Begin(w World, draw *rng.Stream) int {
	c.struck = c.struck[:0]
	for _, id := range find(w, c.who) {
		if w.Up(id) {
			c.struck = append(c.struck, id)
		}
	}
	if c.pick == PickOne {
		// One word each time, also when nobody is left to strike.
		word := draw.Uint64()
		if n := uint64(len(c.struck)); n > 0 {
			c.struck = []actor.ID{c.struck[word%n]}
		}
	}
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
