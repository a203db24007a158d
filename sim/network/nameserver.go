package network

import (
	"slices"

	"souk/sim/actor"
	"souk/sim/rng"
)

// NameServer maps ids to addresses for the direct transport.
type NameServer struct {
	// Lookup is the time that a look-up takes.
	Lookup rng.Distribution
	// Remember keeps an address once it is known; without it, every message
	// looks its receiver up anew.
	Remember bool
}

// knowledge is what a sender knows of a receiver's address.
type knowledge uint8

const (
	// remembered from an earlier message.
	remembered knowledge = iota
	// found by a look-up.
	found
	// unknown, since no name server is up.
	unknown
)

// address says how a sender comes to a receiver's address.
func (n *Network) address(from, to actor.ID) knowledge {
	switch {
	case n.cfg.NameServer.Remember && n.addresses.Find(pair(from, to)) != nil:
		return remembered
	case len(n.nameless) > 0:
		n.touch(n.nameless[0])
		return unknown
	case n.cfg.NameServer.Remember:
		n.addresses.At(pair(from, to))
	}
	return found
}

// NameServerDown starts an outage of the name server; NameServerUp ends the one
// of that id. While at least one lasts, a message to an unknown address is not
// sent. Messages in flight are not touched.
func (n *Network) NameServerDown(id int) { n.nameless = append(n.nameless, id) }

// NameServerUp ends an outage of the name server.
func (n *Network) NameServerUp(id int) {
	if i := slices.Index(n.nameless, id); i >= 0 {
		n.nameless = slices.Delete(n.nameless, i, i+1)
	}
}
