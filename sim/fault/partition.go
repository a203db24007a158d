package fault

import (
	"strings"

	"souk/sim/actor"
	"souk/sim/rng"
)

// partition cuts groups of actors off from each other, both ways. Messages in
// flight when it begins still arrive; messages sent while it lasts are lost. No
// timer is touched.
type partition struct {
	id     int
	groups [][]string
}

func newPartition(id int, s *Spec) Fault {
	return partition{id: id, groups: s.argument().groups}
}

func (p partition) Begin(w World, _ *rng.Stream) int {
	groups, sides := sidesOf(w, p.groups)
	// A plan that repeats without an end replaces its former cut.
	w.Heal(p.id)
	w.Partition(p.id, groups)
	return sides
}

// sidesOf resolves groups and counts those with somebody in them; 0 if they are
// fewer than two, for one side alone is cut off from nobody.
func sidesOf(w World, selectors [][]string) (groups [][]actor.ID, sides int) {
	for _, group := range selectors {
		groups = append(groups, find(w, group))
		sides += min(1, len(groups[len(groups)-1]))
	}
	if sides < 2 {
		sides = 0
	}
	return groups, sides
}

func (p partition) End(w World) { w.Heal(p.id) }

func (p partition) String() string { return "partition of " + written(p.groups, " | ") }

// written lists groups as they are given.
func written(groups [][]string, between string) string {
	sides := make([]string, len(groups))
	for i, g := range groups {
		sides[i] = strings.Join(g, ", ")
	}
	return strings.Join(sides, between)
}
