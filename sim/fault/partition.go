package fault

import (
	"strings"

	"souk/sim/actor"
	"souk/sim/rng"
)

// partition cuts groups of actors off from each other, both ways. Messages in
// flight when it begins still arrive; messages sent while it lasts are lost.
type partition struct {
	id     int
	groups [][]string
}

func newPartition(id int, s *Spec) Fault {
	return partition{id: id, groups: s.argument().groups}
}

func (p partition) Begin(w World, _ *rng.Stream) (sides int) {
	groups := make([][]actor.ID, len(p.groups))
	for i, selectors := range p.groups {
		groups[i] = find(w, selectors)
		sides += min(1, len(groups[i]))
	}
	// A plan that repeats without an end replaces its former cut.
	w.Heal(p.id)
	w.Partition(p.id, groups)
	if sides < 2 {
		return 0 // one side alone is cut off from nobody
	}
	return sides
}

func (p partition) End(w World) { w.Heal(p.id) }

func (p partition) String() string {
	sides := make([]string, len(p.groups))
	for i, g := range p.groups {
		sides[i] = strings.Join(g, ", ")
	}
	return "partition of " + strings.Join(sides, " | ")
}
