package network

import "souk/sim/actor"

// routes finds the way along the overlay graph: a shortest path over peers
// that are up, ties to the lower id. A peer learns at once that a neighbour is
// down, as a refused connection tells it, and routes around it.
type routes struct {
	graph Graph
	down  []bool
	// hops caches, per destination, everybody's distance to it; nil is stale.
	hops [][]int32
}

func newRoutes(g Graph) routes {
	return routes{graph: g, down: make([]bool, len(g)), hops: make([][]int32, len(g))}
}

// next returns the neighbour of from that is nearest to the destination, or
// None if there is no way. A destination that is itself down is still routed
// to: its last neighbour is the one to find that out.
func (r *routes) next(from, to actor.ID) actor.ID {
	if from == to {
		return to
	}
	if r.hops[to] == nil {
		r.hops[to] = distances(r.graph, to, func(id actor.ID) bool { return !r.down[id] })
	}
	best := actor.None
	for _, neighbour := range r.graph[from] {
		d := r.hops[to][neighbour]
		if d != unreachable && (best == actor.None || d < r.hops[to][best]) {
			best = neighbour
		}
	}
	return best
}

// SetDown tells the network that an actor crashed or came back. Only the
// routing of the overlay needs to know; messages to an actor that is down are
// lost by the world when they arrive.
func (n *Network) SetDown(id actor.ID, down bool) {
	if n.cfg.Transport != Overlay || int(id) >= n.peers {
		return
	}
	n.routes.down[id] = down
	clear(n.routes.hops)
}
