package run_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/scenarios"
	"souk/sim/check"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/scenario/field"
)

// expecting reads a shipped scenario that expects other things than it does, and
// has some keys set.
func expecting(t testing.TB, name, expect string, set ...string) (*scenario.Document, []run.Expectation) {
	t.Helper()
	src, err := scenarios.Files.ReadFile(name + ".yaml")
	require.NoError(t, err)
	overrides := []field.Override{{Key: "expect", Value: expect}}
	for _, pair := range set {
		key, value, _ := strings.Cut(pair, "=")
		overrides = append(overrides, field.Override{Key: key, Value: value})
	}
	doc, problems := scenario.Read(name+".yaml", src, overrides)
	require.NoError(t, problems.Err())
	expected, problems := run.Expectations(doc)
	require.NoError(t, problems.Err())
	return doc, expected
}

// asItSays reads a shipped scenario with what it expects of itself.
func asItSays(t testing.TB, name string) (*scenario.Document, []run.Expectation) {
	t.Helper()
	src, err := scenarios.Files.ReadFile(name + ".yaml")
	require.NoError(t, err)
	doc, problems := scenario.Read(name+".yaml", src, nil)
	require.NoError(t, problems.Err())
	expected, problems := run.Expectations(doc)
	require.NoError(t, problems.Err())
	return doc, expected
}

// judged runs a shipped scenario that expects one thing, and returns what came
// of it.
func judged(t testing.TB, name, expect string, set ...string) run.Judgement {
	t.Helper()
	doc, expected := expecting(t, name, "["+expect+"]", set...)
	report, err := run.Once(&doc.Config, run.Options{Expect: expected})
	require.NoError(t, err)
	s := report.Summary()
	require.Len(t, s.Expectations, 1)
	return s.Expectations[0]
}

func TestABoundOnAMeasureIsMetOrNot(t *testing.T) {
	for _, c := range []struct{ expect, result, measured string }{
		{"throughput >= 1/s", "met", "1.8459/s"},
		{"throughput >= 60/min", "met", "1.8459/s"},
		{"throughput >= 120/min", "not met", "1.8459/s"},
		{"throughput < 1.85/s", "met", "1.8459/s"},
		{"unmet <= 5%", "not met", "5.33%"},
		{"unmet <= 5.4%", "met", "5.33%"},
		{"oversell <= 0%", "met", "0%"},
		{"oversell < 0%", "not met", "0%"},
		{"oversell == 0%", "met", "0%"},
		{"issued = 394", "met", "394"},
		{"issued > 394", "not met", "394"},
		{"latency_p95 < 2s", "met", "1.255948s"},
		{"latency_p95 < 1200ms", "not met", "1.255948s"},
		{"turnover >= $2846", "met", "$2846"},
	} {
		got := judged(t, "cacheless", c.expect)
		require.Equal(t, c.result, got.Result, c.expect)
		require.Equal(t, c.measured, got.Measured, c.expect)
		require.Empty(t, got.Note)
	}
}

func TestWhatHasNoValueIsInconclusive(t *testing.T) {
	none := judged(t, "cacheless", "latency_p95 < 2s", "run.time_limit=10s")
	require.Equal(t, "inconclusive", none.Result)
	require.Equal(t, "it has no value in this run", none.Note)

	phase := "run.phases=[{name: late, from: 3m, until: 4m}]"
	require.Equal(t, "met", judged(t, "cacheless", "throughput@late > 0/s", phase).Result)
	require.Equal(t, "inconclusive", judged(t, "cacheless", "throughput@late > 0/s", phase, "run.stop.shipped=5").Result,
		"the run never comes to that phase")

	cut := judged(t, "cacheless", "throughput > 0/s", "run.event_limit=1000")
	require.Equal(t, "inconclusive", cut.Result)
	require.Equal(t, "the run was cut short", cut.Note)
}

// Of a quantity that goes out of bounds, the first moment is told.
func TestAlwaysTellsWhenItFailedFirst(t *testing.T) {
	require.Equal(t, "met", judged(t, "trader-crash", "always: leaders <= 2").Result)
	got := judged(t, "trader-crash", "always: leaders < 2")
	require.Equal(t, "not met", got.Result)
	require.Equal(t, "2", got.Measured)
	require.Regexp(t, `^at 00:00:14\.00\d+, in event \d+$`, got.Note, "when the second one was elected")

	live := judged(t, "trader-crash", "always: live < 1")
	require.Equal(t, "1", live.Measured)
	require.Contains(t, live.Note, "at "+once(t, "trader-crash").Meter.FirstWish.String(), "the first request of many")

	require.Equal(t, "met", judged(t, "trader-crash", "always: down <= 1").Result)
	down := judged(t, "trader-crash", "always: down < 1")
	require.Contains(t, down.Note, "at 00:01:40.000000, in event ", "the moment of the crash")
	require.Equal(t, "not met", judged(t, "trader-crash", "always: down < 1", "run.event_limit=3000").Result,
		"what failed has failed, also in a run that is cut short later")
}

func TestEventuallyIsAboutTheEnd(t *testing.T) {
	require.Equal(t, "met", judged(t, "trader-crash", "eventually: leaders == 1").Result)
	got := judged(t, "trader-crash", "eventually: leaders >= 2")
	require.Equal(t, "not met", got.Result, "there were two, but one died")
	require.Equal(t, "1", got.Measured)
	require.Equal(t, "inconclusive", judged(t, "trader-crash", "eventually: leaders >= 1", "run.event_limit=3000").Result)
	require.Equal(t, "met", judged(t, "traderless", "eventually: down == 0").Result, "who crashed is back")
	require.Equal(t, "met", judged(t, "traderless", "eventually: faults == 0").Result)
	require.Equal(t, "met", judged(t, "traderless", "always: faults <= 1").Result)
	require.Equal(t, "not met", judged(t, "traderless", "always: stock <= 10").Result)
	require.Equal(t, "met", judged(t, "traderless", "always: stock >= 0").Result)
}

func TestNothingThatNeverHappenedIsMet(t *testing.T) {
	got := judged(t, "cacheless", "always: down <= 1")
	require.Equal(t, "inconclusive", got.Result)
	require.Equal(t, "nothing ever changed it", got.Note)
	require.Equal(t, "inconclusive", judged(t, "cacheless", "always: queues-survive").Result, "no trader died")
	require.Equal(t, "inconclusive", judged(t, "multi-trader-election", "always: no-oversell").Result, "its assumptions are not met")
	require.Equal(t, "inconclusive", judged(t, "traderless", "always: E1").Result, "there is no election")
	require.Equal(t, "met", judged(t, "cacheless", "always: O2").Result)
	require.Equal(t, "met", judged(t, "cacheless", "eventually: no-oversell").Result)
}

func TestTheWorstExpectationIsTheVerdict(t *testing.T) {
	verdict := func(expect string) (run.Outcome, int) {
		doc, expected := expecting(t, "cacheless", expect)
		report, err := run.Once(&doc.Config, run.Options{Expect: expected})
		require.NoError(t, err)
		s := report.Summary()
		return s.Verdict()
	}
	for _, c := range []struct {
		expect string
		worst  run.Outcome
		count  int
	}{
		{"[]", run.Met, 0},
		{"[oversell <= 0%, always: M1]", run.Met, 2},
		{"[oversell <= 0%, always: down <= 1, always: T1]", run.Inconclusive, 2},
		{"[issued < 1, always: down <= 1, always: T1]", run.NotMet, 1},
	} {
		worst, count := verdict(c.expect)
		require.Equal(t, c.worst, worst, c.expect)
		require.Equal(t, c.count, count, c.expect)
	}
}

// What a run is held to changes nothing in it, nor in how its results are named.
func TestExpectationsChangeNoRun(t *testing.T) {
	all := "[throughput >= 0/s, always: live >= 0, always: leaders <= 2, eventually: stock >= 0, always: M1]"
	doc, expected := expecting(t, "cacheless", all)
	report, err := run.Once(&doc.Config, run.Options{Expect: expected})
	require.NoError(t, err)
	require.Equal(t, once(t, "cacheless").World, report.World)
	without, _ := expecting(t, "cacheless", "[]")
	require.Equal(t, without.Canonical(), doc.Canonical())
}

// Shipped scenarios keep what they say of themselves, and not by luck.
func TestShippedScenariosAreAsTheyExpect(t *testing.T) {
	held := 0
	for _, name := range shipped(t) {
		doc, expected := asItSays(t, name)
		if len(expected) == 0 {
			continue
		}
		held++
		for seed := range uint64(4) {
			report, err := run.Once(doc.Config.Under(doc.Config.World.Seed+seed), run.Options{Expect: expected})
			require.NoError(t, err)
			s := report.Summary()
			for _, j := range s.Expectations {
				require.Equal(t, run.Met, j.Outcome, "%s, seed %d: %+v", name, s.Seed, j)
			}
		}
	}
	require.Greater(t, held, 5)
}

// Every invariant that is ever judged can be expected by a name of its own, and
// no name means two things.
func TestNamesAreDistinctAndCoverAllInvariants(t *testing.T) {
	taken := map[string]bool{}
	take := func(name string) {
		require.False(t, taken[name], "%s is taken", name)
		taken[name] = true
	}
	ids := map[string]bool{}
	for _, n := range check.Names() {
		take(n.ID)
		take(n.Word)
		ids[n.ID] = true
	}
	for _, p := range run.Probes() {
		take(p.Name)
	}
	for _, m := range run.Measures() {
		take(m.Name)
	}
	for _, name := range []string{"bazaar", "traderless", "peer-to-peer"} {
		for _, v := range once(t, name).Verdicts {
			require.True(t, ids[v.ID], "%s has no name in check.Names", v.ID)
		}
	}
}

// TestMisunderstandings tells what is said of expectations that mean nothing.
func TestMisunderstandings(t *testing.T) {
	file := filepath.Join("testdata", "expect.txt")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	src, want, _ := strings.Cut(string(text), "\n----\n")
	doc, problems := scenario.Read("bad.yaml", []byte(src), nil)
	_, unclear := run.Expectations(doc)
	got := append(problems, unclear...).Error() + "\n"
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(fmt.Sprintf("%s\n----\n%s", src, got)), 0o644))
		return
	}
	require.Equal(t, want, got)
}
