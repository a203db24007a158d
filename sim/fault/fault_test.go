package fault_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/fault"
	"souk/sim/rng"
	"souk/sim/vtime"
)

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
