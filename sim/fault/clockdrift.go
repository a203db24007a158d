package fault

import (
	"strings"

	"souk/sim/rng"
)

// clockDrift lets the clocks of actors run at another pace, 1.1 being a tenth
// too fast; when it ends they run right again but keep what they gained or
// lost. An actor's timers fire when its clock shows their time, those that it
// set before as well; the work that it does takes the same true time as ever.
// Of several at once the paces multiply. A clock runs on while its actor is
// down. No message is touched.
type clockDrift struct {
	victims
	id   int
	pace int64
}

func newClockDrift(id int, s *Spec) Fault {
	return &clockDrift{victims: victimsOf(s), id: id, pace: s.millionths()}
}

func (c *clockDrift) Begin(w World, draw *rng.Stream) int {
	struck := c.draw(w, draw, anybody)
	w.Drift(c.id, struck, c.pace)
	return len(struck)
}

func (c *clockDrift) End(w World) { w.Undrift(c.id) }

func (c *clockDrift) String() string { return "clock drift of " + strings.Join(c.who, ", ") }
