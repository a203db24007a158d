package scenario_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/fault"
	"souk/sim/scenario"
	"souk/sim/scenario/field"
	"souk/sim/vtime"
)

var markets = []string{"bazaar", "traderless", "peer-to-peer"}

// chaotic reads a scenario with chaos.
func chaotic(t *testing.T, market string, seed uint64, chaos, rest string) *scenario.Document {
	t.Helper()
	src := fmt.Sprintf("version: 1\nmarket: %s\nrun: {seed: %d}\nchaos: %s\n%s", market, seed, chaos, rest)
	doc, problems := scenario.Read("chaos.yaml", []byte(src), nil)
	require.NoError(t, problems.Err())
	return doc
}

// kindOf returns the kind of a plan's fault.
func kindOf(p *fault.Plan) string { return fault.Kinds()[p.Given()[0]].Name }

func TestChaosBeginsAndEndsWithinItsTime(t *testing.T) {
	seen := map[string]int{}
	for _, market := range markets {
		for seed := range uint64(60) {
			doc := chaotic(t, market, seed, "{kinds: all, from: 20s, until: 50s, gap: {shortest: 100ms, longest: 1m}, lasts: 20s, longest: 12s}", "")
			for i := range doc.Config.World.Faults {
				p := &doc.Config.World.Faults[i]
				seen[kindOf(p)]++
				require.GreaterOrEqual(t, p.At, 20*vtime.Second)
				require.Less(t, p.At, 50*vtime.Second)
				if p.Momentary() {
					require.Nil(t, p.For)
					continue
				}
				lasts := vtime.FromNanos(p.For.Mean())
				require.LessOrEqual(t, lasts, 12*vtime.Second)
				require.Positive(t, lasts)
				require.LessOrEqual(t, p.At+lasts, 50*vtime.Second)
			}
		}
	}
	for _, k := range fault.Kinds() {
		require.Greater(t, seen[k.Name], 100, "%s comes", k.Name)
	}
}

// One kind is on in every other seed; how often it comes differs by far.
func TestChaosIsASwarm(t *testing.T) {
	var numbers []int
	for seed := range uint64(400) {
		doc := chaotic(t, "bazaar", seed, "{kinds: crash, until: 160s, gap: {shortest: 1s, longest: 100s}}", "")
		numbers = append(numbers, len(doc.Config.World.Faults))
	}
	slices.Sort(numbers)
	// Off, or on and by chance without a fault: with gaps of g the chance is
	// exp(-100s/g), which is 0.09 on average.
	require.InDelta(t, 220, slices.Index(numbers, 1), 30)
	require.InDelta(t, 10, numbers[len(numbers)*3/4], 5, "half of those that are on come more often than every 10s")
	require.Greater(t, numbers[len(numbers)-1], 80)
}

// One kind more leaves the troubles of the others alone.
func TestEachKindOfChaosDrawsForItself(t *testing.T) {
	for seed := range uint64(50) {
		some := chaotic(t, "bazaar", seed, "{kinds: [crash, resign]}", "")
		all := chaotic(t, "bazaar", seed, "{kinds: all}", "")
		others := slices.DeleteFunc(slices.Clone(all.Config.World.Faults), func(p fault.Plan) bool {
			return kindOf(&p) != "crash" && kindOf(&p) != "resign"
		})
		require.True(t, len(others) == 0 && len(some.Config.World.Faults) == 0 || slices.EqualFunc(some.Config.World.Faults, others, func(a, b fault.Plan) bool {
			return a.At == b.At && fmt.Sprint(a) == fmt.Sprint(b)
		}), "seed %d", seed)
	}
}

// What chaos drew, written out, is the same plan, behind the faults that were
// given.
func TestATimelineReadsBackToTheSamePlans(t *testing.T) {
	given := "faults: [{at: 5s, crash: peer0, for: {exponential: {mean: 3s}}, pick: one}]\nname: wild\n"
	for _, market := range markets {
		for seed := range uint64(40) {
			doc := chaotic(t, market, seed, "{kinds: all, gap: {shortest: 1s, longest: 10s}}", given)
			text, err := scenario.Timeline(doc)
			require.NoError(t, err)
			require.NotContains(t, text, "chaos")
			again, problems := scenario.Read("timeline.yaml", []byte(text), nil)
			require.NoError(t, problems.Err(), text)
			require.Equal(t, doc.Config.World.Faults, again.Config.World.Faults)
			require.Equal(t, vtime.Duration(5*vtime.Second), again.Config.World.Faults[0].At)
			require.Equal(t, doc.Config.Name, again.Config.Name)
		}
	}
}

func TestChaosFollowsTheSeed(t *testing.T) {
	const chaos = "{kinds: all, odds: 100%, gap: {shortest: 1s, longest: 10s}}"
	one, two := chaotic(t, "bazaar", 1, chaos, ""), chaotic(t, "bazaar", 2, chaos, "")
	require.NotEqual(t, one.Config.World.Faults, two.Config.World.Faults)
	require.Equal(t, two.Config.World.Faults, one.Config.Under(2).World.Faults)
	require.Equal(t, one.Config.World.Faults, one.Config.Under(2).Under(1).World.Faults)
}

// With no kind there is no chaos: the scenario is the one without the section.
func TestNoKindIsNoChaos(t *testing.T) {
	none := chaotic(t, "bazaar", 1, "{kinds: []}", "")
	plain, problems := scenario.Read("plain.yaml", []byte("version: 1\nmarket: bazaar\n"), []field.Override{{Key: "run.seed", Value: "1"}})
	require.NoError(t, problems.Err())
	require.Equal(t, plain.Config.World, none.Config.World)
	require.Equal(t, plain.Config.Under(7).World, none.Config.Under(7).World)
	text, err := scenario.Timeline(none)
	require.NoError(t, err)
	require.Equal(t, "version: 1\nmarket: bazaar\nrun:\n  seed: 1\n", strings.TrimSpace(text)+"\n")
}
