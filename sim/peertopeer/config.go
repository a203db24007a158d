// Package peertopeer is the bazaar without traders and without connections: a
// buyer's look-up floods from neighbour to neighbour, sellers that have the item
// reply along the way back, and the buyer buys directly from one of them.
package peertopeer

import (
	"souk/sim/actor"
	"souk/sim/peers"
	"souk/sim/vtime"
)

// Config describes a peer-to-peer market.
type Config struct {
	peers.Config
	// Neighbours is the graph along which look-ups travel: for each peer, the
	// peers next to it, in order.
	Neighbours [][]actor.ID
	// HopLimit is how many hops a look-up travels at most.
	HopLimit int
	// Collect is how long a buyer waits for replies to a look-up.
	Collect vtime.Duration
	// Replies is the number of replies after which it waits no longer; 0 always
	// waits to the end.
	Replies int
}
