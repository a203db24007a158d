package network_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/encoding/dot"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/actor"
	"souk/sim/network"
)

// gonum returns the same graph in the words of a library that others tested.
func gonum(g network.Graph) *simple.UndirectedGraph {
	out := simple.NewUndirectedGraph()
	for a := range g {
		out.AddNode(simple.Node(a))
	}
	for a, neighbours := range g {
		for _, b := range neighbours {
			out.SetEdge(simple.Edge{F: simple.Node(a), T: simple.Node(b)})
		}
	}
	return out
}

func peerName(id actor.ID) string { return "peer" + strconv.Itoa(int(id)) }

func TestARandomGraphIsConnectedWithinItsDegree(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) {
		n := rapid.IntRange(2, 200).Draw(t, "n")
		degree := rapid.IntRange(2, 6).Draw(t, "degree")
		seed := rapid.Uint64().Draw(t, "seed")
		g := network.RandomConnected(n, degree, seed)
		require.Len(t, g, n)
		require.True(t, g.Connected())
		require.Len(t, topo.ConnectedComponents(gonum(g)), 1)
		for a, neighbours := range g {
			require.LessOrEqual(t, len(neighbours), degree)
			require.True(t, slices.IsSorted(neighbours))
			require.Len(t, slices.Compact(slices.Clone(neighbours)), len(neighbours), "a neighbour twice")
			require.NotContains(t, neighbours, actor.ID(a))
			for _, b := range neighbours {
				require.Contains(t, g[b], actor.ID(a), "edges go both ways")
			}
		}
		require.Equal(t, g, network.RandomConnected(n, degree, seed))
		if n >= 20 {
			require.NotEqual(t, g, network.RandomConnected(n, degree, seed+1))
		}
	})
}

func TestTheSmallestGraphs(t *testing.T) {
	require.Empty(t, network.RandomConnected(0, 2, seed))
	require.Equal(t, network.Graph{nil}, network.RandomConnected(1, 2, seed))
	require.Equal(t, network.Graph{{1}, {0}}, network.RandomConnected(2, 1, seed))
}

// A random graph is more than a tree: it has ways around a peer that is down.
func TestARandomGraphHasSpareEdges(t *testing.T) {
	edges := 0
	for _, neighbours := range network.RandomConnected(100, 4, seed) {
		edges += len(neighbours)
	}
	require.Greater(t, edges/2, 99+20)
}

func TestConnectedSaysNo(t *testing.T) {
	require.True(t, network.Graph{}.Connected())
	require.False(t, network.Given([][]int{{1}, {}, {}}).Connected())
}

func TestAGivenEdgeIsListedOnceOrTwice(t *testing.T) {
	want := network.Graph{{1, 2}, {0}, {0}, nil}
	require.Equal(t, want, network.Given([][]int{{2, 1}, {}, {}, {}}))
	require.Equal(t, want, network.Given([][]int{{1, 2}, {0}, {0}, {}}))
	require.Equal(t, want, network.Given([][]int{{}, {0}, {0}, {}}))
}

func TestTheGraphOfAConfiguration(t *testing.T) {
	given := network.Config{Topology: network.Topology{Kind: network.GivenGraph, Adjacency: [][]int{{1}, {}}}}
	require.Equal(t, network.Graph{{1}, {0}}, given.Graph(2, seed))
	random := network.Config{Topology: network.Topology{MaxDegree: 3}}
	require.Equal(t, network.RandomConnected(9, 3, seed), random.Graph(9, seed))
}

func TestJSONIsReadBackTheSame(t *testing.T) {
	g := network.Given([][]int{{1, 2}, {}, {}, {}})
	var out bytes.Buffer
	require.NoError(t, g.WriteJSON(&out, peerName))
	require.Equal(t, `{
  "peer0": ["peer1","peer2"],
  "peer1": ["peer0"],
  "peer2": ["peer0"],
  "peer3": []
}
`, out.String())
	require.True(t, json.Valid(out.Bytes()))

	out.Reset()
	require.NoError(t, network.Graph{}.WriteJSON(&out, peerName))
	require.True(t, json.Valid(out.Bytes()))
}

// readBack is a graph that the DOT parser can fill.
type readBack struct{ *simple.UndirectedGraph }

func (r readBack) NewNode() graph.Node { return &readNode{id: r.UndirectedGraph.NewNode().ID()} }

type readNode struct {
	id   int64
	name string
}

func (n *readNode) ID() int64          { return n.id }
func (n *readNode) SetDOTID(id string) { n.name = id }
func (r readBack) edges() (all []string) {
	for _, e := range graph.EdgesOf(r.Edges()) {
		ends := []string{e.From().(*readNode).name, e.To().(*readNode).name}
		slices.Sort(ends)
		all = append(all, ends[0]+"-"+ends[1])
	}
	slices.Sort(all)
	return all
}

func TestDOTIsReadBackTheSame(t *testing.T) {
	g := network.RandomConnected(30, 4, seed)
	var out, again bytes.Buffer
	require.NoError(t, g.WriteDOT(&out, "town", peerName))
	require.NoError(t, g.WriteDOT(&again, "town", peerName))
	require.Equal(t, out.String(), again.String(), "the same text each time")

	back := readBack{simple.NewUndirectedGraph()}
	require.NoError(t, dot.Unmarshal(out.Bytes(), back))
	require.Equal(t, len(g), back.Nodes().Len())
	var want []string
	for a, neighbours := range g {
		for _, b := range neighbours {
			if actor.ID(a) < b {
				ends := []string{peerName(actor.ID(a)), peerName(b)}
				slices.Sort(ends)
				want = append(want, ends[0]+"-"+ends[1])
			}
		}
	}
	slices.Sort(want)
	require.Equal(t, want, back.edges())
}

// full is a writer with room for a few bytes.
type full struct{ left int }

var errFull = errors.New("disk full")

func (f *full) Write(p []byte) (int, error) {
	if len(p) > f.left {
		return 0, errFull
	}
	f.left -= len(p)
	return len(p), nil
}

func TestAFullDiskIsAnError(t *testing.T) {
	g := network.Given([][]int{{1}, {}})
	for room := range 45 {
		require.ErrorIs(t, g.WriteJSON(&full{room}, peerName), errFull, "room for %d", room)
	}
	require.ErrorIs(t, g.WriteDOT(&full{9}, "town", peerName), errFull)
}
