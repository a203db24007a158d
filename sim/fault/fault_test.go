package fault_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/fault"
	"souk/sim/rng"
)

// world writes down what a fault does to it.
type world struct {
	cast map[string][]actor.ID
	down []actor.ID
	log  []string
}

func newWorld() *world {
	return &world{cast: map[string][]actor.ID{"trader*": {1, 3, 4}, "warehouse": {7}, "trader0": {4}}}
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
func (w *world) NameServerDown()                       { w.note("name server down") }
func (w *world) NameServerUp()                         { w.note("name server up") }

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

func partition(groups ...[]string) *fault.Spec {
	s := new(fault.Spec)
	*s.Groups(kind("partition")) = groups
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

func TestEachKindOfFaultBeginsAndEnds(t *testing.T) {
	for _, c := range []struct {
		spec       *fault.Spec
		name       string
		begin, end []string
	}{
		{
			crash("trader*", "warehouse"),
			"crash of trader*, warehouse",
			[]string{"crash 1", "crash 3", "crash 4", "crash 7"},
			[]string{"restart 1, memory true", "restart 3, memory true", "restart 4, memory true", "restart 7, memory true"},
		},
		{
			forgetful(crash("trader0")),
			"crash of trader0",
			[]string{"crash 4"},
			[]string{"restart 4, memory false"},
		},
		{
			of("resign", "trader0", "warehouse"),
			"resignation of trader0, warehouse",
			[]string{"resign 4", "resign 7"},
			nil,
		},
		{
			partition([]string{"trader*"}, []string{"warehouse", "nobody"}),
			"partition of trader* | warehouse, nobody",
			[]string{"heal 9", "partition 9: [[1 3 4] [7]]"},
			[]string{"heal 9"},
		},
		{
			outage(),
			"outage of the name server",
			[]string{"name server down"},
			[]string{"name server up"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Len(t, c.spec.Given(), 1)
			w, f := newWorld(), c.spec.New(9)
			require.Equal(t, c.name, f.String())
			for range 2 { // a fault can come again
				f.Begin(w, newDraw())
				w.says(t, c.begin...)
				f.End(w)
				w.says(t, c.end...)
			}
		})
	}
}

func TestASpecTellsWhichKindsItWasGiven(t *testing.T) {
	require.Empty(t, new(fault.Spec).Given())
	require.Empty(t, crash().Given(), "nobody is no argument")
	s := partition([]string{"trader*"})
	*s.Actors(kind("crash")) = []string{"warehouse"}
	require.ElementsMatch(t, []int{kind("crash"), kind("partition")}, s.Given())
}

func TestTheTableOfFaultsIsFitForParserAndDocs(t *testing.T) {
	names := map[string]bool{}
	for _, k := range fault.Kinds() {
		require.False(t, names[k.Name], "%s is there twice", k.Name)
		names[k.Name] = true
		require.NotEmpty(t, k.Doc, k.Name)
	}
}

// A crash takes down, and brings back, only who was up.
func TestACrashLeavesOthersCrashesAlone(t *testing.T) {
	w := newWorld()
	w.down = []actor.ID{3}
	f := crash("trader*").New(0)
	f.Begin(w, newDraw())
	w.says(t, "crash 1", "crash 4")
	w.Restart(1, true) // by somebody else
	w.log = nil
	f.End(w)
	w.says(t, "restart 4, memory true")
	require.Equal(t, []actor.ID{3}, w.down)
}

// The trader that is struck is the one that comes back, even if another holds
// the seat by then.
func TestACrashStrikesWhoHoldsTheRoleNow(t *testing.T) {
	w := newWorld()
	f := crash("trader0").New(0)
	f.Begin(w, newDraw())
	w.cast["trader0"] = []actor.ID{3}
	f.End(w)
	w.says(t, "crash 4", "restart 4, memory true")
	f.Begin(w, newDraw())
	w.says(t, "crash 3")
}

func TestPickOneStrikesEachAlike(t *testing.T) {
	f := one(crash("trader*", "warehouse")).New(0)
	w, draw, struck := newWorld(), newDraw(), map[actor.ID]int{}
	w.down = []actor.ID{3}
	for range 3000 {
		f.Begin(w, draw)
		require.Len(t, w.down, 2)
		struck[w.down[1]]++
		f.End(w)
		require.Len(t, w.down, 1)
	}
	require.Len(t, struck, 3, "whoever is down already is not struck")
	for id, n := range struck {
		require.InDelta(t, 1000, n, 100, "actor %d", id)
	}
}

func TestACrashOfNobodyDoesNothing(t *testing.T) {
	w := newWorld()
	f := one(crash("trader9")).New(0)
	f.Begin(w, newDraw())
	f.End(w)
	require.Empty(t, w.log)
}

func TestWhoIsDownDoesNotResign(t *testing.T) {
	w := newWorld()
	w.down = []actor.ID{1, 4}
	of("resign", "trader*").New(0).Begin(w, newDraw())
	w.says(t, "resign 3")
}
