package fault

import (
	"strings"

	"souk/sim/rng"
)

// delay makes the messages that actors send or receive take longer by a drawn
// time each; the times of several faults add up. Where the network keeps order
// it still does. On an overlay it concerns each hop. Messages in flight when it
// begins or ends are not touched, nor is any timer.
type delay struct {
	id    int
	who   []string
	extra rng.Distribution
}

func newDelay(id int, s *Spec) Fault {
	return &delay{id: id, who: s.argument().actors, extra: s.Extra}
}

func (f *delay) Begin(w World, _ *rng.Stream) int {
	members := find(w, f.who)
	w.Delay(f.id, members, f.extra)
	return len(members)
}

func (f *delay) End(w World) { w.Calm(f.id) }

func (f *delay) String() string { return "delay of " + strings.Join(f.who, ", ") }
