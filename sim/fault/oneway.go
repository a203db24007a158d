package fault

import (
	"souk/sim/rng"
)

// oneWay loses what the first of two groups sends to the second while it lasts;
// what the second sends to the first arrives, and so does what is in flight when
// it begins. No timer is touched.
type oneWay struct {
	id     int
	groups [][]string
}

func newOneWay(id int, s *Spec) Fault { return oneWay{id: id, groups: s.argument().groups} }

func (o oneWay) Begin(w World, _ *rng.Stream) int {
	groups, sides := sidesOf(w, o.groups)
	w.Heal(o.id)
	w.PartitionOneWay(o.id, groups[0], groups[1])
	return sides
}

func (o oneWay) End(w World) { w.Heal(o.id) }

func (o oneWay) String() string { return "loss one way, from " + written(o.groups, " to ") }
