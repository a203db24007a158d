package bazaar

import (
	"path"
	"strconv"
	"strings"

	"souk/sim/actor"
)

// Name returns buyer7, seller6, warehouse or store. A peer keeps the name of
// its first role when it becomes a trader, as in the report.
func (b *Bazaar) Name(id actor.ID) string {
	switch {
	case id == b.warehouseID():
		return "warehouse"
	case id == b.storeID():
		return "store"
	case id < 0 || int(id) >= len(b.clocks):
		return "nobody"
	case b.peers[id].sells:
		return "seller" + strconv.Itoa(int(id))
	default:
		return "buyer" + strconv.Itoa(int(id))
	}
}

// Find resolves a selector: all; a name (buyer7, warehouse, store) or a
// pattern of names (seller*); peer7, peer* or a range peer0..peer4, whatever
// the role; trader1 or trader*, who holds that seat in its own eyes at this
// moment.
func (b *Bazaar) Find(selector string) []actor.ID {
	if slot, ok := strings.CutPrefix(selector, "trader"); ok {
		return b.findTraders(slot)
	}
	if numbers, ok := strings.CutPrefix(selector, "peer"); ok {
		return b.findPeers(numbers)
	}
	var found []actor.ID
	for id := range actor.ID(len(b.clocks)) {
		if selector == "all" {
			found = append(found, id)
		} else if match, _ := path.Match(selector, b.Name(id)); match {
			found = append(found, id)
		}
	}
	return found
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

func (b *Bazaar) findPeers(numbers string) []actor.ID {
	first, last, ranged := strings.Cut(numbers, "..peer")
	if !ranged {
		last = first
	}
	if numbers == "*" {
		first, last = "0", strconv.Itoa(len(b.peers)-1)
	}
	from, err1 := strconv.Atoi(first)
	to, err2 := strconv.Atoi(last)
	if err1 != nil || err2 != nil {
		return nil
	}
	var found []actor.ID
	for id := max(0, from); id <= min(to, len(b.peers)-1); id++ {
		found = append(found, actor.ID(id))
	}
	return found
}
