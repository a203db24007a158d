package fault

import (
	"strings"

	"souk/sim/rng"
	"souk/sim/vtime"
)

// clockJump sets the clocks of actors forward, or back, for good; each time
// again. Timers are touched as by a clock skew, messages are not.
type clockJump struct {
	victims
	momentary
	id     int
	offset vtime.Duration
}

func newClockJump(id int, s *Spec) Fault {
	return &clockJump{victims: victimsOf(s), id: id, offset: s.Offset}
}

func (c *clockJump) Begin(w World, draw *rng.Stream) int {
	struck := c.draw(w, draw, anybody)
	for _, id := range struck {
		w.JumpClock(c.id, id, c.offset)
	}
	return len(struck)
}

func (c *clockJump) String() string { return "clock jump of " + strings.Join(c.who, ", ") }
