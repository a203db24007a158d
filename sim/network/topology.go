package network

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"gonum.org/v1/gonum/graph/encoding/dot"
	"gonum.org/v1/gonum/graph/simple"

	"souk/sim/actor"
	"souk/sim/rng"
)

// Graph is an undirected graph of peers: Graph[i] lists the neighbours of
// peer i in ascending order.
type Graph [][]actor.ID

// RandomConnected returns a random connected graph of n peers in which nobody
// has more than maxDegree neighbours. It hangs each peer, in random order, on
// a random earlier one with room (a random tree, hence connected), then adds
// random edges between peers with room, half as many again. maxDegree must be
// at least 2 when n is above 2, else no such graph exists.
func RandomConnected(n, maxDegree int, seed uint64) Graph {
	draw := rng.NewStream(seed, "topology", 0)
	g := make(Graph, n)
	order := make([]actor.ID, n)
	for i := range order {
		order[i] = actor.ID(i)
	}
	draw.Shuffle(n, func(i, j int) { order[i], order[j] = order[j], order[i] })

	// roomy holds the peers in the tree that can take another neighbour.
	var roomy []actor.ID
	for i, peer := range order {
		if i > 0 {
			k := draw.IntN(len(roomy))
			g.join(roomy[k], peer)
			if len(g[roomy[k]]) == maxDegree {
				roomy[k] = roomy[len(roomy)-1]
				roomy = roomy[:len(roomy)-1]
			}
		}
		if len(g[peer]) < maxDegree {
			roomy = append(roomy, peer)
		}
	}
	for range n / 2 {
		if len(roomy) < 2 {
			break
		}
		a, b := roomy[draw.IntN(len(roomy))], roomy[draw.IntN(len(roomy))]
		if a == b || slices.Contains(g[a], b) || len(g[a]) >= maxDegree || len(g[b]) >= maxDegree {
			continue
		}
		g.join(a, b)
	}
	for _, neighbours := range g {
		slices.Sort(neighbours)
	}
	return g
}

// Given returns the graph of an adjacency list. An edge need be listed only
// once.
func Given(adjacency [][]int) Graph {
	g := make(Graph, len(adjacency))
	for a, neighbours := range adjacency {
		for _, b := range neighbours {
			if !slices.Contains(g[a], actor.ID(b)) {
				g.join(actor.ID(a), actor.ID(b))
			}
		}
	}
	for _, neighbours := range g {
		slices.Sort(neighbours)
	}
	return g
}

func (g Graph) join(a, b actor.ID) {
	g[a] = append(g[a], b)
	g[b] = append(g[b], a)
}

// Connected says whether every peer can reach every other.
func (g Graph) Connected() bool {
	if len(g) == 0 {
		return true
	}
	reached := distances(g, 0, func(actor.ID) bool { return true })
	return !slices.Contains(reached, unreachable)
}

const unreachable = int32(-1)

// distances returns each peer's number of hops to a destination, over peers
// that are up.
func distances(g Graph, to actor.ID, up func(actor.ID) bool) []int32 {
	hops := make([]int32, len(g))
	for i := range hops {
		hops[i] = unreachable
	}
	hops[to] = 0
	queue := []actor.ID{to}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, next := range g[at] {
			if hops[next] == unreachable && up(next) {
				hops[next] = hops[at] + 1
				queue = append(queue, next)
			}
		}
	}
	return hops
}

// WriteJSON writes the adjacency list as a JSON object from name to names.
func (g Graph) WriteJSON(w io.Writer, name func(actor.ID) string) error {
	if _, err := io.WriteString(w, "{"); err != nil {
		return err
	}
	for i, neighbours := range g {
		names := make([]string, len(neighbours))
		for j, id := range neighbours {
			names[j] = name(id)
		}
		list, err := json.Marshal(names)
		if err != nil {
			return err
		}
		comma := ","
		if i == 0 {
			comma = ""
		}
		if _, err := fmt.Fprintf(w, "%s\n  %q: %s", comma, name(actor.ID(i)), list); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, "\n}\n")
	return err
}

// WriteDOT writes the graph in Graphviz's language, under a title.
func (g Graph) WriteDOT(w io.Writer, title string, name func(actor.ID) string) error {
	d := simple.NewUndirectedGraph()
	for i := range g {
		d.AddNode(dotNode{actor.ID(i), name(actor.ID(i))})
	}
	for a, neighbours := range g {
		for _, b := range neighbours {
			if actor.ID(a) < b {
				d.SetEdge(simple.Edge{F: d.Node(int64(a)), T: d.Node(int64(b))})
			}
		}
	}
	text, err := dot.Marshal(d, title, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s\n", text)
	return err
}

// dotNode prints a peer under its name.
type dotNode struct {
	id   actor.ID
	name string
}

func (n dotNode) ID() int64     { return int64(n.id) }
func (n dotNode) DOTID() string { return n.name }
