package network

import "souk/sim/actor"

// cut is one partition in force: members of different sides cannot reach each
// other. side is 0 for actors that the partition does not mention, who reach
// everybody.
type cut struct {
	id   int
	side []uint8
}

// Partition separates groups of actors from each other until Heal: no message
// from a member of one reaches a member of another, whatever way it would take.
// On an overlay a member still forwards what others send each other. Messages
// that are already on their way arrive.
func (n *Network) Partition(id int, groups [][]actor.ID) {
	c := cut{id: id, side: make([]uint8, len(n.streams))}
	for i, group := range groups {
		for _, member := range group {
			c.side[member] = uint8(i + 1)
		}
	}
	n.cuts = append(n.cuts, c)
}

// Heal ends the partition of that id.
func (n *Network) Heal(id int) {
	for i, c := range n.cuts {
		if c.id == id {
			n.cuts = append(n.cuts[:i], n.cuts[i+1:]...)
			return
		}
	}
}

func (n *Network) severed(a, b actor.ID) bool {
	for i := range n.cuts {
		x, y := n.cuts[i].side[a], n.cuts[i].side[b]
		if x != 0 && y != 0 && x != y {
			return true
		}
	}
	return false
}
