package bazaar

import (
	"strconv"
	"strings"

	"souk/sim/actor"
	"souk/sim/peers"
)

// Name returns buyer7, seller6, warehouse or store. A peer keeps the name of
// its first role when it becomes a trader, as in the report.
func (b *Bazaar) Name(id actor.ID) string {
	switch {
	case id == b.warehouseID():
		return "warehouse"
	case id == b.storeID():
		return "store"
	default:
		return b.cast.Name(id)
	}
}

// Find resolves a selector: trader1 or trader*, who holds that seat in its own
// eyes at this moment; otherwise as peers.Find does.
func (b *Bazaar) Find(selector string) []actor.ID {
	if slot, ok := strings.CutPrefix(selector, "trader"); ok {
		return b.findTraders(slot)
	}
	return peers.Find(selector, len(b.peers), len(b.clocks), b.Name)
}

func (b *Bazaar) findTraders(slot string) []actor.ID {
	var found []actor.ID
	for i := range b.peers {
		t := b.peers[i].office
		if t != nil && (slot == "*" || slot == strconv.Itoa(int(t.slot))) {
			found = append(found, actor.ID(i))
		}
	}
	return found
}
