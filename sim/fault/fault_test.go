package fault_test

import (
	"fmt"
	"slices"
	"strings"
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
			[]string{"name server down 9"},
			[]string{"name server up 9"},
		},
		{
			forgetful(of("restart", "trader*")),
			"restart of trader*",
			[]string{
				"crash 1", "restart 1, memory false", "crash 3", "restart 3, memory false",
				"crash 4", "restart 4, memory false",
			},
			nil,
		},
		{
			of("pause", "trader0", "warehouse"),
			"pause of trader0, warehouse",
			[]string{"pause 9: 4", "pause 9: 7"},
			[]string{"resume 9: 4", "resume 9: 7"},
		},
		{
			with(of("slow", "trader*"), func(s *fault.Spec) { s.By = 2.5 }),
			"slowness of trader*",
			[]string{"slow 9: [1 3 4] by 2500000"},
			[]string{"unslow 9"},
		},
		{
			apart("one_way", []string{"trader0"}, []string{"warehouse"}),
			"loss one way, from trader0 to warehouse",
			[]string{"heal 9", "one way 9: [4] to [7]"},
			[]string{"heal 9"},
		},
		{
			of("isolate", "trader0", "warehouse"),
			"isolation of trader0, warehouse",
			[]string{"heal 9", "partition 9: [[4] [7] [0 1 3]]"},
			[]string{"heal 9"},
		},
		{
			of("ring", "all"),
			"ring of majorities of all",
			[]string{"heal 9", "ring 9 of 5"},
			[]string{"heal 9"},
		},
		{
			with(of("delay", "trader*"), func(s *fault.Spec) { s.Extra = rng.Constant(50e6) }),
			"delay of trader*",
			[]string{"delay 9: [1 3 4] by 50ms"},
			[]string{"calm 9"},
		},
		{
			with(of("loss", "trader*"), func(s *fault.Spec) { s.Chance = rng.ProbabilityOf(0.25) }),
			"loss of trader*",
			[]string{"lose 9: [1 3 4] at 0.25"},
			[]string{"calm 9"},
		},
		{
			with(of("duplicate", "trader*"), func(s *fault.Spec) { s.Chance = rng.ProbabilityOf(0.25) }),
			"duplication of trader*",
			[]string{"duplicate 9: [1 3 4] at 0.25"},
			[]string{"calm 9"},
		},
		{
			with(of("reorder", "trader*"), func(s *fault.Spec) { s.Chance, s.Extra = rng.ProbabilityOf(0.25), rng.Constant(1e9) }),
			"reordering of trader*",
			[]string{"reorder 9: [1 3 4] at 0.25 by 1s"},
			[]string{"calm 9"},
		},
		{
			of("clog", "warehouse"),
			"clogging of warehouse",
			[]string{"clog 9: [7]"},
			[]string{"calm 9"},
		},
		{
			with(of("clock_drift", "trader0"), func(s *fault.Spec) { s.By = 1.1 }),
			"clock drift of trader0",
			[]string{"drift 9: [4] at 1100000"},
			[]string{"undrift 9"},
		},
		{
			with(of("clock_skew", "trader0"), func(s *fault.Spec) { s.Offset = -5 * vtime.Second }),
			"clock skew of trader0",
			[]string{"clock 9: 4 by -5s"},
			[]string{"clock 9: 4 by 5s"},
		},
		{
			with(of("clock_jump", "trader0"), func(s *fault.Spec) { s.Offset = vtime.Second }),
			"clock jump of trader0",
			[]string{"clock 9: 4 by 1s"},
			nil,
		},
		{
			ailing("warehouse_errors", 0.5),
			"errors of the warehouse",
			[]string{"afflict 9: 7 with 0 at 8000000000000000"},
			[]string{"afflict 9: 7 with 0 at 0"},
		},
		{
			ailing("warehouse_late_errors", 1),
			"errors after the fact of the warehouse",
			[]string{"afflict 9: 7 with 1 at ffffffffffffffff"},
			[]string{"afflict 9: 7 with 1 at 0"},
		},
		{
			ailing("warehouse_stale_reads", 0.25),
			"stale reads of the warehouse",
			[]string{"afflict 9: 7 with 2 at 4000000000000000"},
			[]string{"afflict 9: 7 with 2 at 0"},
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

// Halves are drawn anew each time, of the size that they should have.
func TestHalvesAreDrawnAnew(t *testing.T) {
	w, draw, seen := newWorld(), newDraw(), map[string]int{}
	f := of("halves", "all").New(9)
	require.Equal(t, "random halves of all", f.String())
	for range 300 {
		require.Equal(t, 2, f.Begin(w, draw))
		require.Len(t, w.log, 2)
		require.Equal(t, "heal 9", w.log[0])
		sides := strings.Split(w.log[1], "] [")
		require.Len(t, strings.Fields(strings.TrimPrefix(sides[0], "partition 9: [[")), 2)
		require.Len(t, strings.Fields(sides[1]), 3)
		for _, id := range strings.Fields(strings.TrimPrefix(sides[0], "partition 9: [[")) {
			seen[id]++
		}
		w.log = nil
		f.End(w)
		w.says(t, "heal 9")
	}
	require.Len(t, seen, 5)
	for id, n := range seen {
		require.InDelta(t, 120, n, 40, "actor %s", id)
	}
}

// What lasts and comes again without an end takes the place of what was there.
func TestAPauseOrSkewThatComesAgainReplacesItself(t *testing.T) {
	w := newWorld()
	f := of("pause", "trader0").New(1)
	f.Begin(w, newDraw())
	w.cast["trader0"] = []actor.ID{3}
	f.Begin(w, newDraw())
	w.says(t, "pause 1: 4", "resume 1: 4", "pause 1: 3")
	f = with(of("clock_skew", "trader0"), func(s *fault.Spec) { s.Offset = vtime.Second }).New(2)
	f.Begin(w, newDraw())
	f.Begin(w, newDraw())
	w.says(t, "clock 2: 3 by 1s", "clock 2: 3 by -1s", "clock 2: 3 by 1s")
}

// One of those named: the others stay as they are. Who stands still must be up.
func TestPickOneIsForEveryKindThatStrikesActors(t *testing.T) {
	for _, k := range fault.Kinds() {
		if k.May&fault.WithPick == 0 {
			continue
		}
		s := one(of(k.Name, "trader*"))
		s.By, s.Offset = 2, vtime.Second
		w := newWorld()
		require.Equal(t, 1, s.New(0).Begin(w, newDraw()), k.Name)
	}
	w := newWorld()
	w.down = []actor.ID{1, 3, 4}
	require.Zero(t, of("pause", "trader*").New(0).Begin(w, newDraw()))
	require.Empty(t, w.log)
}

// A fault without intensity is void, and a little of it is not.
func TestAFaultWithoutIntensityIsVoid(t *testing.T) {
	second := rng.Constant(1e9)
	for _, k := range fault.Kinds() {
		s := new(fault.Spec)
		weak, strong := rng.ProbabilityOf(0), rng.ProbabilityOf(0.001)
		switch k.Takes {
		case fault.Actors:
			*s.Actors(kind(k.Name)) = []string{"trader0"}
		case fault.Groups:
			*s.Groups(kind(k.Name)) = [][]string{{"trader0"}, {"warehouse"}}
		case fault.Flag:
			*s.Flag(kind(k.Name)) = true
		case fault.Percent:
			*s.Percent(kind(k.Name)) = &strong
		}
		s.By, s.Offset, s.Chance, s.Extra = 1.001, 1, strong, rng.Constant(1)
		p := fault.Plan{Spec: *s}
		require.False(t, p.Void(), k.Name)
		p.For = second
		require.False(t, p.Void(), k.Name)
		p.For = rng.Constant(0)
		require.Equal(t, !k.Momentary, p.Void(), k.Name)
		for modifier, weaken := range map[fault.Modifier]func(*fault.Plan){
			fault.Chance: func(p *fault.Plan) { p.Chance = 0 },
			fault.Extra:  func(p *fault.Plan) { p.Extra = rng.Constant(0) },
			fault.By:     func(p *fault.Plan) { p.By = 1 },
			fault.Offset: func(p *fault.Plan) { p.Offset = 0 },
		} {
			p := fault.Plan{Spec: *s}
			weaken(&p)
			require.Equal(t, k.Wants&modifier != 0, p.Void(), k.Name)
		}
		if k.Takes == fault.Percent {
			*s.Percent(kind(k.Name)) = &weak
			require.True(t, (&fault.Plan{Spec: *s}).Void(), k.Name)
		}
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
