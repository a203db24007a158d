package fault

import (
	"strings"

	"souk/sim/actor"
	"souk/sim/rng"
)

// isolate cuts each of some actors off from everybody else, both ways: a role
// such as trader* means those who hold it when the fault begins. Messages in
// flight then still arrive; messages sent while it lasts are lost. No timer is
// touched.
type isolate struct {
	victims
	id int
}

func newIsolate(id int, s *Spec) Fault { return &isolate{victims: victimsOf(s), id: id} }

func (i *isolate) Begin(w World, draw *rng.Stream) int {
	struck := i.draw(w, draw, anybody)
	alone := map[actor.ID]bool{}
	var groups [][]actor.ID
	for _, id := range struck {
		alone[id] = true
		groups = append(groups, []actor.ID{id})
	}
	var others []actor.ID
	for _, id := range w.Find("all") {
		if !alone[id] {
			others = append(others, id)
		}
	}
	w.Heal(i.id)
	w.Partition(i.id, append(groups, others))
	return len(struck)
}

func (i *isolate) End(w World) { w.Heal(i.id) }

func (i *isolate) String() string { return "isolation of " + strings.Join(i.who, ", ") }
