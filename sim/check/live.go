package check

import (
	"cmp"
	"slices"

	"souk/sim/market"
)

// live keeps what is known of live requests, by buyer and number. A buyer has few
// at a time and numbers them upwards, so that a search takes no hashing.
type live[T any] struct {
	buyers [][]place
	values market.Slots[T]
}

// place is where the value of one request of a buyer is.
type place struct {
	number uint32
	at     int32
}

func newLive[T any](actors int) live[T] { return live[T]{buyers: make([][]place, actors)} }

// put stores the value of a request that has none, mostly the newest of its buyer.
func (l *live[T]) put(id market.RequestID, value T) int32 {
	of := &l.buyers[id.Buyer()]
	at := len(*of)
	if at > 0 && (*of)[at-1].number > id.Number() {
		at, _ = search(*of, id.Number())
	}
	p := place{id.Number(), l.values.Put(value)}
	*of = slices.Insert(*of, at, p)
	return p.at
}

// find returns where a live request's value is, or nowhere.
func (l *live[T]) find(id market.RequestID) int32 {
	of := l.buyers[id.Buyer()]
	if i, found := search(of, id.Number()); found {
		return of[i].at
	}
	return nowhere
}

const nowhere int32 = -1

// drop forgets a live request.
func (l *live[T]) drop(id market.RequestID) {
	of := &l.buyers[id.Buyer()]
	if i, found := search(*of, id.Number()); found {
		l.values.Drop((*of)[i].at)
		*of = slices.Delete(*of, i, i+1)
	}
}

func search(of []place, number uint32) (int, bool) {
	if len(of) == 1 && of[0].number == number {
		return 0, true
	}
	return slices.BinarySearchFunc(of, number, func(p place, n uint32) int { return cmp.Compare(p.number, n) })
}
