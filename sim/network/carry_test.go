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

func TestAPartitionCutsOffOnlyThoseItMentions(t *testing.T) {
	n := wires(nil, nil)
	n.Partition(1, [][]actor.ID{{0, 1}, {2}})
	n.Partition(2, [][]actor.ID{{0}, {3}})
	for _, cut := range [][2]actor.ID{{0, 2}, {2, 0}, {1, 2}, {0, 3}, {3, 0}} {
		requireFate(t, n, cut[0], cut[1], network.Cut)
	}
	for _, free := range [][2]actor.ID{{0, 1}, {1, 0}, {0, 4}, {4, 2}, {5, 4}, {2, 3}, {1, 3}, {2, 2}} {
		requireFate(t, n, free[0], free[1], network.Carried)
	}
	n.Heal(1)
	requireFate(t, n, 0, 2, network.Carried)
	requireFate(t, n, 0, 3, network.Cut)
	n.Heal(1) // nothing to heal
	n.Heal(2)
	requireFate(t, n, 0, 3, network.Carried)
}

func TestLossIsNeverOrAlwaysOrAsOftenAsSaid(t *testing.T) {
	for _, loss := range []float64{0, 0.25, 1} {
		n := wires(nil, func(c *network.Config) { c.Loss = rng.ProbabilityOf(loss) })
		lost := 0
		for range 4000 {
			if _, _, fate := n.Carry(0, 0, 1, 0); fate == network.LostAtRandom {
				lost++
			}
		}
		require.InDelta(t, 4000*loss, lost, 4000*loss*(1-loss)/5)
	}
}

// A one-way link: what 0 sends to 1 is lost, and half of what 2 sends. The
// answers are as safe as the rest, and one link is safer than the rest.
func TestALinkHasALossOfItsOwnInItsDirection(t *testing.T) {
	chance := func(x float64) *rng.Probability {
		p := rng.ProbabilityOf(x)
		return &p
	}
	c := cast{"0": {0}, "1": {1}, "2": {2}, "all": {0, 1, 2, 3, 4, 5}}
	n := wires(c, func(cfg *network.Config) {
		cfg.Loss = rng.ProbabilityOf(0.1)
		cfg.Links = []network.Link{
			{From: []string{"2"}, To: []string{"all"}, Loss: chance(0.5)},
			{From: []string{"0"}, To: []string{"1"}, Loss: chance(1)},
			{From: []string{"1"}, To: []string{"0"}, Loss: chance(0), Delay: ms(33)},
			{From: []string{"0", "2"}, To: []string{"1"}, Delay: ms(44)}, // leaves the loss as it is
		}
	})
	for _, link := range []struct {
		from, to actor.ID
		loss     float64
	}{{0, 1, 1}, {1, 0, 0}, {2, 1, 0.5}, {2, 5, 0.5}, {0, 2, 0.1}, {3, 4, 0.1}} {
		lost := 0
		for range 4000 {
			if _, _, fate := n.Carry(link.from, link.from, link.to, 0); fate == network.LostAtRandom {
				lost++
			}
		}
		require.InDelta(t, 4000*link.loss, lost, 4000*link.loss*(1-link.loss)/5, "%d to %d", link.from, link.to)
	}
	requireDelay(t, n, 1, 0, 33*vtime.Millisecond)
}

func TestFIFONeverReordersAndAnyMay(t *testing.T) {
	for _, order := range []network.Order{network.FIFO, network.Any} {
		n := wires(nil, func(c *network.Config) {
			c.Order = order
			c.Delay = rng.Uniform(0, float64(vtime.Second))
		})
		overtaken, last := 0, vtime.Time(0)
		for i := range 500 {
			now := vtime.Time(0).Add(vtime.Duration(i) * vtime.Millisecond)
			_, at, _ := n.Carry(0, 0, 1, now)
			require.GreaterOrEqual(t, at, now)
			if at < last {
				overtaken++
			}
			last = at
		}
		if order == network.FIFO {
			require.Zero(t, overtaken)
			_, at, _ := n.Carry(2, 2, 1, 0)
			require.Less(t, at, vtime.Time(0).Add(vtime.Second), "others do not queue behind it")
		} else {
			require.Greater(t, overtaken, 100)
		}
	}
}

func TestANameServerOutageBlocksUnknownAddressesOnly(t *testing.T) {
	for _, remember := range []bool{false, true} {
		n := wires(nil, func(c *network.Config) {
			c.NameServer = network.NameServer{Lookup: ms(5), Remember: remember}
		})
		requireDelay(t, n, 0, 1, 15*vtime.Millisecond)
		n.NameServerDown(1)
		n.NameServerDown(2) // two outages overlap
		n.NameServerUp(1)
		requireFate(t, n, 0, 2, network.NoName)
		requireFate(t, n, 1, 0, network.NoName)
		requireDelay(t, n, 3, 3, 10*vtime.Millisecond) // oneself needs no look-up
		if remember {
			requireDelay(t, n, 0, 1, 10*vtime.Millisecond)
		} else {
			requireFate(t, n, 0, 1, network.NoName)
		}
		n.NameServerUp(2)
		requireDelay(t, n, 0, 2, 15*vtime.Millisecond)
	}
}

func TestWhatWasNotSentIsNotRemembered(t *testing.T) {
	n := wires(nil, func(c *network.Config) { c.NameServer = network.NameServer{Lookup: ms(5), Remember: true} })
	n.Partition(1, [][]actor.ID{{0}, {1}})
	requireFate(t, n, 0, 1, network.Cut)
	n.Heal(1)
	requireDelay(t, n, 0, 1, 15*vtime.Millisecond)
}

func TestALinkOverridesARegionAndThatTheDefault(t *testing.T) {
	c := cast{"east": {0, 1}, "west": {2, 3}, "all": {0, 1, 2, 3, 4, 5}, "0": {0}, "3": {3}}
	n := wires(c, func(cfg *network.Config) {
		cfg.Regions = []network.Region{{Name: "e", Members: []string{"east"}}, {Name: "w", Members: []string{"west"}}}
		cfg.Latencies = []network.Latency{
			{Between: []string{"e", "w"}, Delay: ms(80)},
			{Between: []string{"e", "e"}, Delay: ms(1)},
		}
		cfg.Links = []network.Link{
			{From: []string{"0"}, To: []string{"3"}, Delay: ms(33)},
			{From: []string{"0", "3"}, To: []string{"3", "0"}, Delay: ms(44)},
		}
	})
	for _, want := range []struct {
		from, to actor.ID
		delay    vtime.Duration
	}{
		{0, 2, 80}, {2, 0, 80}, // between regions, both ways
		{0, 1, 1},              // within a region
		{2, 3, 10},             // within a region that says nothing of itself
		{0, 4, 10}, {4, 5, 10}, // outside of all regions
		{0, 3, 44}, {3, 0, 44}, // the last link that matches
	} {
		requireDelay(t, n, want.from, want.to, want.delay*vtime.Millisecond)
	}
}

func TestALinkHasADirection(t *testing.T) {
	n := wires(cast{"a": {0}, "b": {1, 2}}, func(c *network.Config) {
		c.Links = []network.Link{{From: []string{"a"}, To: []string{"b"}, Delay: ms(99)}}
	})
	requireDelay(t, n, 0, 1, 99*vtime.Millisecond)
	requireDelay(t, n, 0, 2, 99*vtime.Millisecond)
	requireDelay(t, n, 1, 0, 10*vtime.Millisecond)
	requireDelay(t, n, 0, 3, 10*vtime.Millisecond)
}

func TestLinksFollowTheRoles(t *testing.T) {
	roles := cast{"trader0": {5}}
	n := wires(roles, func(c *network.Config) {
		c.Links = []network.Link{{From: []string{"trader0"}, To: []string{"trader0", "all"}, Delay: ms(99)}}
	})
	roles["trader0"], roles["all"] = []actor.ID{4}, []actor.ID{0}
	requireDelay(t, n, 4, 0, 10*vtime.Millisecond) // not yet
	n.RolesMoved()
	requireDelay(t, n, 4, 0, 99*vtime.Millisecond)
	requireDelay(t, n, 5, 0, 10*vtime.Millisecond)
}

// Every send draws the same words whatever becomes of it: two runs with the
// same seed, of which one has troubles, give each message the same delay, and
// lose the same ones at random.
func TestTroubleDoesNotShiftLaterDraws(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) {
		change := func(c *network.Config) {
			c.Delay = rng.Exponential(float64(vtime.Second))
			c.NameServer.Lookup = rng.Uniform(0, float64(vtime.Second))
			c.Loss = rng.ProbabilityOf(0.2)
		}
		calm, troubled := wires(nil, change), wires(nil, change)
		for range 60 {
			switch rapid.IntRange(0, 9).Draw(t, "trouble") {
			case 0:
				troubled.Partition(1, [][]actor.ID{{0, 1}, {2, 3}})
			case 1:
				troubled.NameServerDown(3)
			case 2:
				troubled.Heal(1)
			}
			from := actor.ID(rapid.Int32Range(0, 5).Draw(t, "from"))
			to := actor.ID(rapid.Int32Range(0, 5).Draw(t, "to"))
			_, at, fate := calm.Carry(from, from, to, 0)
			_, gotAt, got := troubled.Carry(from, from, to, 0)
			if got == network.Cut || got == network.NoName {
				require.Equal(t, network.Carried, fate)
				continue
			}
			require.Equal(t, fate, got)
			require.Equal(t, at, gotAt)
		}
	})
}

func TestAMissingRouteDoesNotShiftLaterDraws(t *testing.T) {
	random := func() *network.Network {
		return network.New(network.Config{
			Transport: network.Overlay, Delay: rng.Exponential(1e9), NameServer: network.NameServer{Lookup: ms(1)},
			Topology: network.Topology{Kind: network.GivenGraph, Adjacency: [][]int{{1}, {2}, {}}},
		}, seed, 3, 3, cast{}.find)
	}
	calm, troubled := random(), random()
	troubled.SetDown(1, true)
	for i := range 20 {
		if i == 10 {
			troubled.SetDown(1, false)
		}
		_, at, _ := calm.Carry(0, 0, 2, 0)
		_, gotAt, fate := troubled.Carry(0, 0, 2, 0)
		if i < 10 {
			require.Equal(t, network.NoRoute, fate)
			continue
		}
		require.Equal(t, at, gotAt)
	}
}

func TestEveryFateHasItsWords(t *testing.T) {
	said := map[string]bool{}
	for fate := range network.ReceiverDown + 1 {
		said[fate.String()] = true
	}
	require.Len(t, said, int(network.ReceiverDown)+1)
}
