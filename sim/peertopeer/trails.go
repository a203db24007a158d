package peertopeer

import (
	"cmp"
	"slices"

	"souk/sim/actor"
	"souk/sim/table"
)

// trails is what a peer remembers of the look-ups that passed it: that they did,
// so that it passes each on only once, and from whom they came, so that replies
// find their way back. Every look-up tells below which number all look-ups of its
// buyer are over. Those are forgotten, and late copies of them still known for
// what they are: the memory is bounded by the look-ups under way, and yet exact
// (the idea of RIFL, Lee et al., SOSP 2015). Only a crash makes a peer see a
// look-up as new that it saw before.
type trails struct {
	// of is the place of a buyer's trail in each.
	of   table.Hash[int32]
	each []trail
}

// trail is what there is of one buyer.
type trail struct {
	// done is the number below which its look-ups are over.
	done uint32
	// steps are of the others that passed.
	// Invariant: ascending by number, each at least done.
	steps []step
}

// step is a look-up that passed, and whom it came from.
type step struct {
	number uint32
	from   actor.ID
}

// key is a buyer's in the table of trails; 0 is no key.
func key(buyer actor.ID) uint64 { return uint64(buyer) + 1 }

// pass notes that a look-up came from a neighbour, and says whether this is the
// first time.
func (t *trails) pass(buyer actor.ID, number, done uint32, from actor.ID) bool {
	at, added := t.of.At(key(buyer))
	if added {
		*at = int32(len(t.each))
		t.each = append(t.each, trail{})
	}
	tr := &t.each[*at]
	tr.settle(done)
	i, seen := tr.search(number)
	if seen || number < tr.done {
		return false
	}
	tr.steps = slices.Insert(tr.steps, i, step{number: number, from: from})
	return true
}

// settle forgets the look-ups below done.
func (tr *trail) settle(done uint32) {
	if done <= tr.done {
		return
	}
	tr.done = done
	i, _ := tr.search(done)
	tr.steps = slices.Delete(tr.steps, 0, i)
}

func (tr *trail) search(number uint32) (int, bool) {
	return slices.BinarySearchFunc(tr.steps, number, func(s step, n uint32) int { return cmp.Compare(s.number, n) })
}

// back returns the neighbour from whom a look-up came, or actor.None if that is
// forgotten.
func (t *trails) back(buyer actor.ID, number uint32) actor.ID {
	at := t.of.Find(key(buyer))
	if at == nil {
		return actor.None
	}
	tr := &t.each[*at]
	if i, found := tr.search(number); found {
		return tr.steps[i].from
	}
	return actor.None
}

// forget drops everything: a crash.
func (t *trails) forget() {
	t.of.Clear()
	t.each = t.each[:0]
}
