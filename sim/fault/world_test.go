package fault_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/fault"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// world writes down what a fault does to it.
type world struct {
	cast map[string][]actor.ID
	down []actor.ID
	log  []string
}

func newWorld() *world {
	return &world{cast: map[string][]actor.ID{"trader*": {1, 3, 4}, "warehouse": {7}, "trader0": {4}, "all": {0, 1, 3, 4, 7}}}
}

func (w *world) note(format string, args ...any) { w.log = append(w.log, fmt.Sprintf(format, args...)) }

func (w *world) Find(selector string) []actor.ID { return w.cast[selector] }
func (w *world) Up(id actor.ID) bool             { return !slices.Contains(w.down, id) }

func (w *world) Crash(id actor.ID) {
	w.note("crash %d", id)
	w.down = append(w.down, id)
}

func (w *world) Restart(id actor.ID, memory bool) {
	w.note("restart %d, memory %v", id, memory)
	w.down = slices.DeleteFunc(w.down, func(other actor.ID) bool { return other == id })
}

func (w *world) Resign(id actor.ID)                    { w.note("resign %d", id) }
func (w *world) Partition(id int, groups [][]actor.ID) { w.note("partition %d: %v", id, groups) }
func (w *world) Heal(id int)                           { w.note("heal %d", id) }
func (w *world) NameServerDown(id int)                 { w.note("name server down %d", id) }
func (w *world) NameServerUp(id int)                   { w.note("name server up %d", id) }
func (w *world) Pause(plan int, id actor.ID)           { w.note("pause %d: %d", plan, id) }
func (w *world) Resume(plan int, id actor.ID)          { w.note("resume %d: %d", plan, id) }
func (w *world) Unslow(plan int)                       { w.note("unslow %d", plan) }
func (w *world) Undrift(plan int)                      { w.note("undrift %d", plan) }
func (w *world) Calm(plan int)                         { w.note("calm %d", plan) }
func (w *world) Clog(plan int, who []actor.ID)         { w.note("clog %d: %v", plan, who) }

func (w *world) Slow(plan int, who []actor.ID, by int64) { w.note("slow %d: %v by %d", plan, who, by) }

func (w *world) Drift(plan int, who []actor.ID, pace int64) {
	w.note("drift %d: %v at %d", plan, who, pace)
}

func (w *world) JumpClock(plan int, id actor.ID, by vtime.Duration) {
	w.note("clock %d: %d by %v", plan, id, by)
}

func (w *world) PartitionOneWay(plan int, from, to []actor.ID) {
	w.note("one way %d: %v to %v", plan, from, to)
}

func (w *world) PartitionRing(plan int, members []actor.ID) {
	w.note("ring %d of %d", plan, len(members))
}

func (w *world) Delay(plan int, who []actor.ID, extra rng.Distribution) {
	w.note("delay %d: %v by %v", plan, who, vtime.Duration(extra.Mean()))
}

func (w *world) Lose(plan int, who []actor.ID, chance rng.Probability) {
	w.note("lose %d: %v at %v", plan, who, chance.Float64())
}

func (w *world) Duplicate(plan int, who []actor.ID, chance rng.Probability) {
	w.note("duplicate %d: %v at %v", plan, who, chance.Float64())
}

func (w *world) Reorder(plan int, who []actor.ID, chance rng.Probability, extra rng.Distribution) {
	w.note("reorder %d: %v at %v by %v", plan, who, chance.Float64(), vtime.Duration(extra.Mean()))
}

func (w *world) Afflict(plan int, id actor.ID, a actor.Affliction) {
	w.note("afflict %d: %d with %d at %x", plan, id, a.Ailment, a.Chance)
}

// says requires what happened since it was last asked.
func (w *world) says(t *testing.T, lines ...string) {
	t.Helper()
	require.Equal(t, lines, w.log)
	w.log = nil
}

// kind returns the place of a kind of fault in the table.
func kind(name string) int {
	return slices.IndexFunc(fault.Kinds(), func(k fault.Kind) bool { return k.Name == name })
}

func crash(who ...string) *fault.Spec { return of("crash", who...) }

func of(name string, who ...string) *fault.Spec {
	s := new(fault.Spec)
	*s.Actors(kind(name)) = who
	return s
}

func partition(groups ...[]string) *fault.Spec { return apart("partition", groups...) }

func apart(name string, groups ...[]string) *fault.Spec {
	s := new(fault.Spec)
	*s.Groups(kind(name)) = groups
	return s
}

// with fills in a spec.
func with(s *fault.Spec, fill func(*fault.Spec)) *fault.Spec {
	fill(s)
	return s
}

// ailing is a fault of the warehouse at a chance.
func ailing(name string, chance float64) *fault.Spec {
	s := new(fault.Spec)
	p := rng.ProbabilityOf(chance)
	*s.Percent(kind(name)) = &p
	return s
}

func outage() *fault.Spec {
	s := new(fault.Spec)
	*s.Flag(kind("name_server_down")) = true
	return s
}

// forgetful makes a crash one that takes the memory as well.
func forgetful(s *fault.Spec) *fault.Spec {
	s.Amnesia = true
	return s
}

// one makes a crash strike only one of those that it names.
func one(s *fault.Spec) *fault.Spec {
	s.Pick = fault.PickOne
	return s
}

func newDraw() *rng.Stream {
	s := rng.NewStream(42, "fault", 0)
	return &s
}
