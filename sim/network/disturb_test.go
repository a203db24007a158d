package network_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/actor"
	"souk/sim/network"
	"souk/sim/rng"
	"souk/sim/vtime"
)

func half() rng.Probability { return rng.ProbabilityOf(0.5) }

// A delay is for what members send or receive, and for nobody else; what an
// actor sends to itself is not on the network. Two delays add up.
func TestADelayIsForThoseItNames(t *testing.T) {
	n := wires(nil, nil)
	n.Disturb(1, "slow", network.Disturbance{Trouble: network.Delayed, Members: []actor.ID{0, 1}, Extra: ms(5)})
	n.Disturb(2, "slower", network.Disturbance{Trouble: network.Delayed, Members: []actor.ID{1, 2}, Extra: ms(100)})
	requireDelay(t, n, 0, 3, 15*vtime.Millisecond)
	requireDelay(t, n, 3, 0, 15*vtime.Millisecond)
	requireDelay(t, n, 0, 1, 115*vtime.Millisecond)
	requireDelay(t, n, 2, 3, 110*vtime.Millisecond)
	requireDelay(t, n, 3, 4, 10*vtime.Millisecond)
	requireDelay(t, n, 0, 0, 10*vtime.Millisecond)
	require.EqualValues(t, 3, n.Touched(1))
	require.EqualValues(t, 2, n.Touched(2))
	n.Calm(1)
	requireDelay(t, n, 0, 3, 10*vtime.Millisecond)
	requireDelay(t, n, 0, 1, 110*vtime.Millisecond)
	require.Zero(t, n.Touched(7))
}

// On a network that keeps order a delayed message holds back those behind it,
// and a reordered one does not.
func TestADelayKeepsOrderAndAReorderingDoesNot(t *testing.T) {
	for trouble, want := range map[network.Trouble]vtime.Duration{network.Delayed: 60, network.Reordered: 11} {
		n := wires(nil, func(c *network.Config) { c.Order = network.FIFO })
		n.Disturb(1, "x", network.Disturbance{Trouble: trouble, Members: []actor.ID{0}, Chance: rng.ProbabilityOf(1), Extra: ms(50)})
		_, at, _ := n.Carry(0, 0, 1, 0)
		require.Equal(t, 60*vtime.Millisecond, at.Sub(0))
		n.Calm(1)
		_, at, _ = n.Carry(0, 0, 1, vtime.Time(vtime.Millisecond))
		require.Equal(t, want*vtime.Millisecond, at.Sub(0))
	}
}

// Loss, doubling and reordering strike as often as they should. A copy has a
// delay of its own, and comes after the message where order is kept.
func TestChancesAreKept(t *testing.T) {
	for _, trouble := range []network.Trouble{network.Lossy, network.Doubled, network.Reordered} {
		for _, order := range []network.Order{network.Any, network.FIFO} {
			n := wires(nil, func(c *network.Config) { c.Order, c.Delay = order, rng.Uniform(0, 1e9) })
			n.Disturb(3, "x", network.Disturbance{Trouble: trouble, Members: []actor.ID{2}, Chance: half(), Extra: ms(5000)})
			struck, early := 0, 0
			for i := range 4000 {
				now := vtime.Time(i) * vtime.Time(10*vtime.Second)
				_, at, fate := n.Carry(0, 0, 2, now)
				switch {
				case trouble == network.Lossy && fate == network.LostAtRandom:
					struck++
				case trouble == network.Doubled && len(n.Copies()) > 0:
					require.Len(t, n.Copies(), 1)
					struck++
					if n.Copies()[0] < at {
						early++
					}
				case trouble == network.Reordered && at.Sub(now) > 2*vtime.Second:
					struck++
				}
			}
			require.InDelta(t, 2000, struck, 150)
			require.EqualValues(t, struck, n.Touched(3))
			if trouble == network.Doubled {
				require.Equal(t, order == network.Any, early > 500)
				require.Equal(t, order == network.FIFO, early == 0)
			}
			_, _, fate := n.Carry(0, 0, 1, 0)
			require.Equal(t, network.Carried, fate)
			require.Empty(t, n.Copies(), "not of a message that nobody doubled")
		}
	}
}

// What a clog holds says when it would arrive; a lost message is not held.
func TestAClogHolds(t *testing.T) {
	n := wires(nil, func(c *network.Config) { c.Loss = half() })
	n.Disturb(1, "x", network.Disturbance{Trouble: network.Clogged, Members: []actor.ID{2}})
	fates := map[network.Fate]int{}
	for range 1000 {
		_, at, fate := n.Carry(0, 0, 2, 0)
		fates[fate]++
		if fate == network.Held {
			require.Equal(t, 10*vtime.Millisecond, at.Sub(0))
		}
	}
	require.Len(t, fates, 2)
	require.InDelta(t, 500, fates[network.Held], 80)
	require.True(t, n.Clogged(2, 5))
	require.False(t, n.Clogged(0, 1))
	require.False(t, n.Clogged(2, 2))
	n.Calm(1)
	require.False(t, n.Clogged(2, 5))
}

// A trouble that comes again goes on with its draws, and the harder of two loses
// all that the milder one loses.
func TestTroublesDrawFromStreamsOfTheirOwn(t *testing.T) {
	lose := func(chance float64, cut bool) (lost []bool) {
		n := wires(nil, nil)
		for i := range 400 {
			if i%100 == 0 {
				n.Disturb(1, "loss", network.Disturbance{Trouble: network.Lossy, Members: []actor.ID{1}, Chance: rng.ProbabilityOf(chance)})
			}
			if cut && i == 50 {
				n.Partition(2, [][]actor.ID{{0}, {1}})
			}
			_, _, fate := n.Carry(0, 0, 1, 0)
			n.Carry(3, 3, 1, 0) // another sender has its own stream
			lost = append(lost, fate == network.LostAtRandom)
		}
		return lost
	}
	mild, hard := lose(0.2, false), lose(0.4, false)
	require.Equal(t, mild, lose(0.2, true), "a message that is cut off draws as well")
	require.NotEqual(t, mild[:100], mild[100:200])
	for i := range mild {
		require.True(t, !mild[i] || hard[i])
	}
}

// No trouble changes what the network itself draws.
func TestTroublesShiftNobodysDraws(t *testing.T) {
	property.Check(t, 60, func(t *rapid.T) {
		change := func(c *network.Config) { c.Delay, c.Loss = rng.Exponential(1e9), rng.ProbabilityOf(0.2) }
		calm, troubled := wires(nil, change), wires(nil, change)
		for range 40 {
			kind := network.Trouble(rapid.IntRange(0, 4).Draw(t, "trouble"))
			members := []actor.ID{actor.ID(rapid.Int32Range(0, 5).Draw(t, "member"))}
			troubled.Disturb(rapid.IntRange(0, 3).Draw(t, "id"), "x", network.Disturbance{Trouble: kind, Members: members, Chance: 1, Extra: ms(0)})
			from, to := actor.ID(rapid.Int32Range(0, 5).Draw(t, "from")), actor.ID(rapid.Int32Range(0, 5).Draw(t, "to"))
			_, at, fate := calm.Carry(from, from, to, 0)
			_, gotAt, got := troubled.Carry(from, from, to, 0)
			if got == network.Held {
				got = network.Carried
			}
			require.Equal(t, fate, got)
			require.Equal(t, at, gotAt)
		}
	})
}

// On an overlay a trouble concerns each hop from or to its members: whoever is
// on the way as well.
func TestTroublesActPerHop(t *testing.T) {
	line := overlay([][]int{{1}, {2}, {3}, {}})
	line.Disturb(1, "x", network.Disturbance{Trouble: network.Delayed, Members: []actor.ID{1}, Extra: ms(7)})
	now, at := vtime.Time(0), actor.ID(0)
	for at != 3 {
		at, now, _ = line.Carry(0, at, 3, now)
	}
	require.Equal(t, (30+14)*vtime.Millisecond, now.Sub(0), "into peer 1 and out of it")
}

func TestAOneWayCutHasADirection(t *testing.T) {
	n := wires(nil, nil)
	n.PartitionOneWay(1, []actor.ID{0, 1}, []actor.ID{2})
	requireFate(t, n, 0, 2, network.Cut)
	requireFate(t, n, 1, 2, network.Cut)
	for _, free := range [][2]actor.ID{{2, 0}, {2, 1}, {0, 1}, {0, 3}, {3, 2}} {
		requireFate(t, n, free[0], free[1], network.Carried)
	}
	require.EqualValues(t, 2, n.Touched(1))
	n.Heal(1)
	requireFate(t, n, 0, 2, network.Carried)
}

// Each on a ring hears a majority, itself among it, and no two hear the same.
// Whom the ring does not name is heard by all.
func TestARingHasOverlappingMajorities(t *testing.T) {
	for size := 3; size <= 8; size++ {
		n := network.New(network.Config{Delay: ms(1), NameServer: network.NameServer{Lookup: ms(0)}}, seed, 9, 9, cast{}.find)
		var members []actor.ID
		for id := range size {
			members = append(members, actor.ID(id))
		}
		n.PartitionRing(1, members)
		seen := map[[8]bool]bool{}
		for _, to := range members {
			var hears [8]bool
			count := 0
			for _, from := range members {
				if _, _, fate := n.Carry(from, from, to, 0); fate == network.Carried {
					hears[from] = true
					count++
				}
			}
			require.Equal(t, size/2+1, count, "of %d", size)
			require.True(t, hears[to])
			require.False(t, seen[hears], "%d of %d", to, size)
			seen[hears] = true
			for from, heard := range hears[:size] {
				_, _, back := n.Carry(to, to, actor.ID(from), 0)
				// With as many to the left as to the right, hearing is mutual.
				require.True(t, size/2%2 == 1 || heard == (back == network.Carried), "of %d", size)
			}
			requireFate(t, n, 8, to, network.Carried)
			requireFate(t, n, to, 8, network.Carried)
		}
	}
}

// A partition can have more sides than a byte counts.
func TestAPartitionOfManySides(t *testing.T) {
	n := network.New(network.Config{Delay: ms(1), NameServer: network.NameServer{Lookup: ms(0)}}, seed, 400, 400, cast{}.find)
	var sides [][]actor.ID
	for id := range actor.ID(400) {
		sides = append(sides, []actor.ID{id})
	}
	n.Partition(1, sides)
	for id := range actor.ID(399) {
		requireFate(t, n, id, id+1, network.Cut)
		requireFate(t, n, 0, id+1, network.Cut)
	}
}

// A message counts for a trouble only if the trouble changed what became of it: one
// that is lost was neither late nor doubled, one that is held has no copy.
func TestALostMessageWasNotLate(t *testing.T) {
	always := rng.ProbabilityOf(1)
	n := wires(nil, nil)
	n.Disturb(1, "late", network.Disturbance{Trouble: network.Delayed, Members: []actor.ID{0}, Extra: ms(5)})
	n.Disturb(2, "double", network.Disturbance{Trouble: network.Doubled, Members: []actor.ID{0}, Chance: always})
	n.Disturb(3, "lost", network.Disturbance{Trouble: network.Lossy, Members: []actor.ID{0}, Chance: always})
	requireFate(t, n, 0, 1, network.LostAtRandom)
	require.Equal(t, []uint64{0, 0, 1}, []uint64{n.Touched(1), n.Touched(2), n.Touched(3)})

	n.Calm(3)
	n.Partition(9, [][]actor.ID{{0}, {1}})
	requireFate(t, n, 0, 1, network.Cut)
	require.Equal(t, []uint64{0, 0, 1, 1}, []uint64{n.Touched(1), n.Touched(2), n.Touched(3), n.Touched(9)})
	n.Heal(9)

	n.Disturb(4, "held", network.Disturbance{Trouble: network.Clogged, Members: []actor.ID{0}})
	requireFate(t, n, 0, 1, network.Held)
	require.Empty(t, n.Copies())
	require.Equal(t, []uint64{1, 0, 1}, []uint64{n.Touched(1), n.Touched(2), n.Touched(4)})
	n.Calm(4)

	_, at, _ := n.Carry(0, 0, 1, 0)
	require.Len(t, n.Copies(), 1)
	require.Equal(t, []vtime.Time{at}, n.Copies(), "the copy of a late message is late as well")
	require.Equal(t, []uint64{2, 1}, []uint64{n.Touched(1), n.Touched(2)})
}

// A partition that begins while a message is under way on the overlay lets it
// arrive.
func TestAPartitionSparesWhatIsUnderWay(t *testing.T) {
	line := overlay([][]int{{1}, {2}, {}})
	next, at, fate := line.Carry(0, 0, 2, 0)
	require.Equal(t, network.Carried, fate)
	require.Equal(t, actor.ID(1), next)
	line.Partition(1, [][]actor.ID{{0}, {2}})
	next, _, fate = line.Carry(0, next, 2, at)
	require.Equal(t, network.Carried, fate)
	require.Equal(t, actor.ID(2), next)
	_, _, fate = line.Carry(0, 0, 2, at)
	require.Equal(t, network.Cut, fate)
}
