package network

import "souk/sim/actor"

// cut is one partition in force. It does not concern actors whose side is 0:
// they reach everybody.
type cut struct {
	id    int
	shape shape
	// side is the group of an actor or, in a ring, its place, counted from 1.
	side []int32
	// sees and size belong to a ring: how many places an actor hears, itself
	// among them, of how many.
	sees, size int32
}

// shape says between which sides a cut lies.
type shape uint8

const (
	// apart: between different sides, both ways.
	apart shape = iota
	// oneWay: from side 1 to side 2.
	oneWay
	// ring: from whom a place on the ring does not hear.
	ring
)

// Partition separates groups of actors from each other until Heal: no message
// from a member of one reaches a member of another, whatever way it would take.
// On an overlay a member still forwards what others send each other. Messages
// that are already on their way arrive.
func (n *Network) Partition(id int, groups [][]actor.ID) { n.cut(cut{id: id, shape: apart}, groups) }

// PartitionOneWay loses what one group sends to another until Heal, and carries
// what comes back.
func (n *Network) PartitionOneWay(id int, from, to []actor.ID) {
	n.cut(cut{id: id, shape: oneWay}, [][]actor.ID{from, to})
}

// PartitionRing puts actors on a ring, in which each hears only those around it
// that make up a majority with it, until Heal. No two hear the same.
func (n *Network) PartitionRing(id int, members []actor.ID) {
	places := make([][]actor.ID, len(members))
	for i := range members {
		places[i] = members[i : i+1]
	}
	size := int32(len(members))
	n.cut(cut{id: id, shape: ring, sees: size/2 + 1, size: size}, places)
}

func (n *Network) cut(c cut, sides [][]actor.ID) {
	c.side = make([]int32, len(n.streams))
	for i, members := range sides {
		for _, member := range members {
			c.side[member] = int32(i + 1)
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

// severed says whether a partition loses what goes from one actor to another.
func (n *Network) severed(from, to actor.ID) bool {
	for i := range n.cuts {
		if n.cuts[i].between(from, to) {
			n.touch(n.cuts[i].id)
			return true
		}
	}
	return false
}

func (c *cut) between(from, to actor.ID) bool {
	x, y := c.side[from], c.side[to]
	switch {
	case x == 0 || y == 0:
		return false
	case c.shape == oneWay:
		return x == 1 && y == 2
	case c.shape == ring:
		// The majority that a place hears begins half of it further back.
		return (x-y+c.sees/2+c.size)%c.size >= c.sees
	}
	return x != y
}
