package fault

import (
	"strings"

	"souk/sim/actor"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// clockSkew sets the clocks of actors forward, or back, while it lasts. An
// actor's timers fire when its clock shows their time: those that are due when a
// clock is set forward fire at once, those of one that is set back wait longer.
// Both beginning and end set the clock. No message is touched.
type clockSkew struct {
	victims
	id     int
	offset vtime.Duration
	struck []actor.ID
}

func newClockSkew(id int, s *Spec) Fault {
	return &clockSkew{victims: victimsOf(s), id: id, offset: s.Offset}
}

func (c *clockSkew) Begin(w World, draw *rng.Stream) int {
	c.End(w)
	c.struck = c.draw(w, draw, anybody)
	for _, id := range c.struck {
		w.JumpClock(c.id, id, c.offset)
	}
	return len(c.struck)
}

func (c *clockSkew) End(w World) {
	for _, id := range c.struck {
		w.JumpClock(c.id, id, -c.offset)
	}
	c.struck = nil
}

func (c *clockSkew) String() string { return "clock skew of " + strings.Join(c.who, ", ") }
