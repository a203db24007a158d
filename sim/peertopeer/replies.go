package peertopeer

import (
	"slices"

	"souk/sim/actor"
)

// replies are those that a buyer has collected, of all its look-ups, in the
// order in which they came. A crash loses them.
type replies []reply

// reply is a seller's word that it has what a look-up seeks.
type reply struct {
	number uint32
	seller actor.ID
	units  int32
}

// add keeps a reply, unless there is one of that seller: one that crashed can
// see a look-up twice. It returns how many there are of the look-up now.
func (rs *replies) add(r reply) int {
	n := 0
	for _, other := range *rs {
		if other.number != r.number {
			continue
		}
		if other.seller == r.seller {
			return 0
		}
		n++
	}
	*rs = append(*rs, r)
	return n + 1
}

// count returns how many replies there are to a look-up.
func (rs replies) count(number uint32) int {
	n := 0
	for _, r := range rs {
		if r.number == number {
			n++
		}
	}
	return n
}

// take removes the k-th reply to a look-up and returns it.
func (rs *replies) take(number uint32, k int) reply {
	for i, r := range *rs {
		if r.number != number {
			continue
		}
		if k == 0 {
			*rs = slices.Delete(*rs, i, i+1)
			return r
		}
		k--
	}
	panic("peertopeer: there are fewer replies than were counted")
}

// drop forgets the replies to a look-up.
func (rs *replies) drop(number uint32) {
	*rs = slices.DeleteFunc(*rs, func(r reply) bool { return r.number == number })
}
