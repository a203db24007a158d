package hunt

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/scenario"
	"souk/sim/scenario/field"
)

// text returns what a hunt prints.
func text(t *testing.T, b *Bag) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, b.WriteText(&out))
	return out.String()
}

func TestAHuntIsTheSameOnEveryNumberOfCores(t *testing.T) {
	alone, err := Hunt(context.Background(), Random("traderless"), Options{From: 7, Seeds: 40, Workers: 1})
	require.NoError(t, err)
	together, err := Hunt(context.Background(), Random("traderless"), Options{From: 7, Seeds: 40, Workers: 5})
	require.NoError(t, err)
	require.Equal(t, alone, together)
	require.Equal(t, text(t, alone), text(t, together))

	other, err := Hunt(context.Background(), Random("traderless"), Options{From: 8, Seeds: 40, Workers: 5})
	require.NoError(t, err)
	require.NotEqual(t, alone.Digest, other.Digest)
}

// trap is the traderless ground, but on some seeds the simulator gives up.
func trap(seeds ...uint64) Ground {
	g := Random("traderless")
	read := g.read
	g.read = func(r *scenario.Reader, seed uint64) (*scenario.Document, field.Problems) {
		doc, problems := read(r, seed)
		for _, s := range seeds {
			if s == seed {
				doc.Config.Peers.Buyers.Think, doc.Config.Peers.Buyers.Arrivals, doc.Config.World.Network.Delay = nil, nil, nil
			}
		}
		return doc, problems
	}
	return g
}

// The first seed that fails ends the hunt, though later ones were done before it.
func TestTheFirstFindingEndsAHunt(t *testing.T) {
	for _, workers := range []int{1, 6} {
		bag, err := Hunt(context.Background(), trap(9, 12), Options{From: 1, Seeds: 40, Workers: workers})
		require.NoError(t, err)
		require.Equal(t, 9, bag.Runs)
		require.Len(t, bag.Findings, 1)
		f := bag.Findings[0]
		require.EqualValues(t, 9, f.Seed)
		require.Equal(t, "panic", f.Invariant)
		require.Contains(t, f.What, "nil pointer")
		require.Contains(t, f.Trace, "souk/sim")
		require.Equal(t, "hunt-traderless-9.yaml", f.File())
		_, problems := scenario.Read(f.File(), []byte(f.Replay), nil)
		require.NoError(t, problems.Err(), "what was found can be run again")
	}
	bag, err := Hunt(context.Background(), trap(9, 12), Options{From: 1, Seeds: 20, Workers: 3, KeepGoing: true})
	require.NoError(t, err)
	require.Equal(t, 20, bag.Runs)
	require.Len(t, bag.Findings, 2)
	require.EqualValues(t, 12, bag.Findings[1].Seed)
}

func TestAHuntCanBeCalledOff(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	bag, err := Hunt(ctx, Random("traderless"), Options{From: 1, Seeds: 1 << 30, Workers: 2, Watch: func(done, _ int) {
		if done == 5 {
			cancel()
		}
	}})
	require.NoError(t, err)
	require.GreaterOrEqual(t, bag.Runs, 5)
	require.Less(t, bag.Runs, 100)
}

// A scenario of the user's is hunted under many seeds; each is another chaos.
func TestAScenarioIsHuntedUnderManySeeds(t *testing.T) {
	src := "version: 1\nmarket: traderless\nrun: {time_limit: 30s}\nchaos: {kinds: [partition, crash], odds: 100%, from: 5s, until: 20s}\n"
	g, err := Of("mine", "mine.yaml", []byte(src), nil)
	require.NoError(t, err)
	bag, err := Hunt(context.Background(), g, Options{From: 1, Seeds: 20, Workers: 2})
	require.NoError(t, err)
	require.Empty(t, bag.Findings)
	said := text(t, bag)
	require.Regexp(t, `resign +0 +0 +0 +not in this scenario`, said)
	require.Regexp(t, `(?m)partition +\d\d+ +\d\d+ +\d\d *$`, said)
	_, err = Of("mine", "mine.yaml", []byte("version: 2\n"), nil)
	require.Error(t, err)
}

// Every value of every option is drawn, and none contradicts the others: a random
// scenario always reads.
func TestRandomScenariosAreValidAndUseEveryValue(t *testing.T) {
	reader := scenario.NewReader()
	for _, market := range Markets() {
		g := Random(market)
		drawn := map[string]bool{}
		for seed := range uint64(150) {
			doc, err := g.Scenario(reader, seed)
			require.NoError(t, err, "seed %d", seed)
			for _, line := range strings.Split(doc.Canonical(), "\n") {
				drawn[strings.TrimSpace(line)] = true
			}
		}
		table := map[string][]option{"bazaar": bazaar(), "traderless": traderless(), "peer-to-peer": peerToPeer()}[market]
		for _, o := range table {
			if strings.HasPrefix(o.key, "~") {
				continue
			}
			leaf := o.key[strings.LastIndex(o.key, ".")+1:]
			for _, v := range o.values {
				require.True(t, drawn[fmt.Sprintf("%s: %s", leaf, v)], "%s: %s is never drawn", o.key, v)
			}
		}
	}
}
