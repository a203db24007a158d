package fault

import (
	"strings"

	"souk/sim/rng"
)

// slow makes what actors do themselves take longer by a factor, as on a machine
// that others use too: the service of a trader or a seller, an operation of the
// warehouse. It concerns work that begins while it lasts; work under way ends
// when it would have. Of several at once the factors multiply. It touches no
// message and no timer that waits for a time.
type slow struct {
	victims
	id int
	by int64
}

func newSlow(id int, s *Spec) Fault { return &slow{victims: victimsOf(s), id: id, by: s.millionths()} }

func (s *slow) Begin(w World, draw *rng.Stream) int {
	struck := s.draw(w, draw, anybody)
	w.Slow(s.id, struck, s.by)
	return len(struck)
}

func (s *slow) End(w World) { w.Unslow(s.id) }

func (s *slow) String() string { return "slowness of " + strings.Join(s.who, ", ") }
