package network_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/graph/path"
	"gonum.org/v1/gonum/graph/simple"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/actor"
	"souk/sim/network"
	"souk/sim/vtime"
)

// overlay returns a network of peers on a graph, each hop 10 ms.
func overlay(adjacency [][]int) *network.Network {
	cfg := network.Config{
		Transport: network.Overlay, Delay: ms(10), NameServer: network.NameServer{Lookup: ms(5)},
		Topology: network.Topology{Kind: network.GivenGraph, Adjacency: adjacency},
	}
	return network.New(cfg, seed, len(adjacency)+1, len(adjacency), cast{}.find)
}

// walk carries a message hop by hop and returns whom it reached.
func walk(t require.TestingT, n *network.Network, from, to actor.ID) ([]actor.ID, network.Fate) {
	var way []actor.ID
	now := vtime.Time(0)
	for at := from; at != to; {
		next, when, fate := n.Carry(at, at, to, now)
		if fate != network.Carried {
			return way, fate
		}
		require.Equal(t, now.Add(10*vtime.Millisecond), when, "a hop is a link delay")
		require.NotContains(t, way, next, "round in circles")
		at, now = next, when
		way = append(way, next)
	}
	return way, network.Carried
}

// Every way is as short as the shortest path over the peers that are up, as a
// library that others tested finds it.
func TestAWayIsAShortestPathOverPeersThatAreUp(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) {
		n := rapid.IntRange(2, 40).Draw(t, "n")
		g := network.RandomConnected(n, rapid.IntRange(2, 4).Draw(t, "degree"), rapid.Uint64().Draw(t, "seed"))
		adjacency := make([][]int, n)
		for a, neighbours := range g {
			for _, b := range neighbours {
				adjacency[a] = append(adjacency[a], int(b))
			}
		}
		net := overlay(adjacency)
		draw := rapid.Int32Range(0, int32(n-1))
		down := map[actor.ID]bool{}
		for range rapid.IntRange(1, 8).Draw(t, "messages") {
			if rapid.Bool().Draw(t, "somebody falls or rises") {
				id := actor.ID(draw.Draw(t, "who"))
				down[id] = !down[id]
				net.SetDown(id, down[id])
			}
			from, to := actor.ID(draw.Draw(t, "from")), actor.ID(draw.Draw(t, "to"))
			up := gonum(g)
			for id, is := range down {
				// A receiver that is down is still routed to, and who sends is up.
				if is && id != to && id != from {
					up.RemoveNode(int64(id))
				}
			}
			want, _ := path.DijkstraFrom(simple.Node(from), up).To(int64(to))
			way, fate := walk(t, net, from, to)
			if want == nil {
				require.Equal(t, network.NoRoute, fate)
				continue
			}
			require.Equal(t, network.Carried, fate)
			require.Len(t, way, len(want)-1)
		}
	})
}

func TestTheRingIsWalkedTheOtherWayRound(t *testing.T) {
	ring := overlay([][]int{{1}, {2}, {3}, {4}, {0}})
	way, _ := walk(t, ring, 0, 2)
	require.Equal(t, []actor.ID{1, 2}, way)
	ring.SetDown(1, true)
	way, _ = walk(t, ring, 0, 2)
	require.Equal(t, []actor.ID{4, 3, 2}, way)
	ring.SetDown(3, true)
	_, fate := walk(t, ring, 0, 2)
	require.Equal(t, network.NoRoute, fate)
	ring.SetDown(1, false)
	way, _ = walk(t, ring, 0, 2)
	require.Equal(t, []actor.ID{1, 2}, way)
}

func TestOfTwoWaysTheLowerNeighbourIsTaken(t *testing.T) {
	way, _ := walk(t, overlay([][]int{{2, 1}, {3}, {3}, {}}), 0, 3)
	require.Equal(t, []actor.ID{1, 3}, way)
}

// The warehouse is not on the graph: it is looked up and reached directly.
func TestServicesAreReachedDirectly(t *testing.T) {
	const warehouse actor.ID = 3
	line := overlay([][]int{{1}, {2}, {}})
	for _, pair := range [][2]actor.ID{{0, warehouse}, {warehouse, 2}} {
		next, at, fate := line.Carry(pair[0], pair[0], pair[1], 0)
		require.Equal(t, network.Carried, fate)
		require.Equal(t, pair[1], next)
		require.Equal(t, vtime.Time(0).Add(15*vtime.Millisecond), at)
	}
	line.NameServerDown(0)
	_, _, fate := line.Carry(0, 0, warehouse, 0)
	require.Equal(t, network.NoName, fate)
	_, _, fate = line.Carry(0, 0, 2, 0)
	require.Equal(t, network.Carried, fate, "neighbours know each other")
}
