package hunt_test

import (
	"context"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/experiments/hunt"
	"souk/sim/fault"
	"souk/sim/run"
	"souk/sim/scenario"
)

// A swarm is many random scenarios: random markets under random trouble. Every
// run is watched by all checkers, so "it ran" means that goods and money were
// conserved, that no request was lost in silence, that nothing took effect
// twice, and that every queue of a dead trader was accounted for. For more of
// it: sim hunt.
func TestNothingBreaksInRandomMarketsUnderRandomTrouble(t *testing.T) {
	seeds := map[string]int{"bazaar": 300, "traderless": 200, "peer-to-peer": 200}
	for _, market := range hunt.Markets() {
		bag, err := hunt.Hunt(context.Background(), hunt.Random(market), hunt.Options{From: 1, Seeds: seeds[market], Workers: 2})
		require.NoError(t, err)
		for _, f := range bag.Findings {
			t.Fatalf("%s, seed %d: %s, %s\n%s\n%s", market, f.Seed, f.Invariant, f.What, f.Trace, f.Replay)
		}
		require.Equal(t, seeds[market], bag.Runs)
		require.Less(t, bag.Cut, 8, "hardly a run of %s is too long", market)
		for _, e := range bag.Invariants {
			require.Positive(t, e.Held, "%s is never put to the test in %s", e.ID, market)
		}
		for _, s := range bag.Faults {
			require.Equal(t, s.Known, s.Runs > 0, "%s in %s", s.Kind, market)
		}
	}
}

// Chaos, written out, is the same run, in every market.
func TestATimelineOfChaosHasTheSameDigest(t *testing.T) {
	reader := scenario.NewReader()
	kinds := map[int]bool{}
	same := func(ground *hunt.Ground, seed uint64) {
		doc, err := ground.Scenario(reader, seed)
		require.NoError(t, err)
		for i := range doc.Config.World.Faults {
			kinds[doc.Config.World.Faults[i].Given()[0]] = true
		}
		text, err := scenario.Timeline(doc)
		require.NoError(t, err)
		explicit, problems := reader.Read("explicit.yaml", []byte(text), nil)
		require.NoError(t, problems.Err(), text)
		require.Empty(t, explicit.Config.Chaos.Kinds)
		// What breaks breaks alike.
		drawn, err := run.Once(&doc.Config, run.Options{})
		written, again := run.Once(&explicit.Config, run.Options{})
		require.Equal(t, err, again)
		require.Equal(t, drawn.World.Digest, written.World.Digest, "%s, seed %d", ground.Name, seed)
	}
	for _, market := range hunt.Markets() {
		random := hunt.Random(market)
		wild, err := hunt.Of("wild", "wild.yaml", []byte("version: 1\nmarket: "+market+"\nrun: {time_limit: 90s}\n"+
			"chaos: {kinds: all, odds: 100%, from: 20s, until: 80s, gap: {longest: 10s}}\n"), nil)
		require.NoError(t, err)
		for seed := range uint64(15) {
			same(&random, seed)
		}
		for seed := range uint64(3) {
			same(&wild, seed)
		}
	}
	require.Len(t, kinds, len(fault.Kinds()), "every kind came: %v", slices.Sorted(maps.Keys(kinds)))
}
