package peertopeer

import (
	"souk/sim/actor"
	"souk/sim/peers"
)

// Name returns buyer7 or seller6.
func (mk *Market) Name(id actor.ID) string { return mk.cast.Name(id) }

// Find resolves a selector as peers.Find does.
func (mk *Market) Find(selector string) []actor.ID {
	return peers.Find(selector, len(mk.peers), len(mk.peers), mk.Name)
}
