package check_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/check"
	"souk/sim/market"
)

// flood shows a story of look-ups to their checker.
func flood(list ...market.Fact) (check.Verdict, error) {
	all := check.All(check.Setting{Name: name, Actors: int(actors), Items: int(items), LookUps: true})
	floods := all[len(all)-1]
	for i := range list {
		if slices.Contains(floods.Wants(), list[i].Kind) {
			if err := floods.Observe(&list[i]); err != nil {
				return check.Verdict{}, err
			}
		}
	}
	verdicts, err := floods.Finish(check.Ending{})
	return verdicts[0], err
}

// lookedUp: a buyer's look-up for its n-th request, which may go two hops.
func lookedUp(buyer actor.ID, n, number uint32) market.Fact {
	return market.Fact{Kind: market.LookedUp, Actor: buyer, Request: request(buyer, n), Term: number, N: 2}
}

// visited: a peer hears of it from another, and so many hops are left.
func visited(at, from, buyer actor.ID, n, number uint32, left int64) market.Fact {
	return market.Fact{Kind: market.Visited, Actor: at, Peer: from, Request: request(buyer, n), Term: number, N: left}
}

func TestAFloodThatIsAsItShouldBe(t *testing.T) {
	v, err := flood(
		// The same request is looked up again while the first is under way.
		lookedUp(ann, 1, 1), visited(bob, ann, ann, 1, 1, 1), visited(sam, bob, ann, 1, 1, 0),
		lookedUp(ann, 1, 2), visited(sam, ann, ann, 1, 2, 1), visited(tim, bob, ann, 1, 1, 0),
		// A peer that crashed has forgotten it.
		about(market.Crashed, sam), visited(sam, ann, ann, 1, 2, 1), visited(tim, sam, ann, 1, 2, 0),
		// What is under way after the end counts no more.
		ended(ann, 1, market.TimedOut), visited(tim, sam, ann, 1, 2, 0),
	)
	require.NoError(t, err)
	require.Equal(t, "F1", v.ID)
	require.Equal(t, check.Holds, v.State)
	require.EqualValues(t, 6, v.Checks)

	v, err = flood()
	require.NoError(t, err)
	require.Equal(t, check.NotExercised, v.State)
}

func TestAPlantedBreachOfAFloodIsNamed(t *testing.T) {
	begun := []market.Fact{lookedUp(ann, 1, 1), visited(bob, ann, ann, 1, 1, 1)}
	for how, f := range map[string]market.Fact{
		"a peer is visited twice":                 visited(bob, sam, ann, 1, 1, 0),
		"the buyer is visited itself":             visited(ann, bob, ann, 1, 1, 0),
		"more hops are left than there are":       visited(sam, ann, ann, 1, 1, 2),
		"a hop costs nothing":                     visited(sam, bob, ann, 1, 1, 1),
		"a look-up goes on without hops":          visited(sam, bob, ann, 1, 1, -1),
		"somebody passes on what it never heard":  visited(sam, tim, ann, 1, 1, 0),
		"a number is used for two look-ups":       lookedUp(ann, 1, 1),
		"a number is used for two requests' ones": lookedUp(ann, 2, 1),
	} {
		_, err := flood(append(slices.Clone(begun), f)...)
		require.ErrorContains(t, err, "invariant F1 broken: ", how)
	}
}
