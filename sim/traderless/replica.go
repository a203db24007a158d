package traderless

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/peers"
	"souk/sim/vtime"
)

// tie is the state of a buyer's connection to a seller, as the buyer sees it.
type tie uint8

const (
	// apart: there is no connection.
	apart tie = iota
	// calling: a JOIN is on its way, or its answer.
	calling
	// joined: the seller said WELCOME and nothing has gone wrong since.
	joined
	// parted: the seller said goodbye.
	parted
)

// row is what a buyer knows of one seller. Only what the seller broadcasts
// changes it: the answers to the buyer's own purchases do not.
type row struct {
	seller actor.ID
	tie    tie
	item   market.Item
	// heard: an ITEM came on this connection, so that the fields below count.
	heard bool
	stock int32
	price market.Money
	// until is when the seller will change its item, as far as the buyer can
	// tell; Never if it will not.
	until vtime.Time
	// refused is the number of the last request that the seller had not enough
	// for; it is not asked again for that one.
	refused uint32
	// tries counts the JOINs for this connection, one every so often, again is when
	// the next may be sent. roundTrip is how long the WELCOME took that came.
	tries     int32
	again     vtime.Time
	roundTrip vtime.Duration
	// line numbers the connections to this seller. It survives a crash, so that
	// what was said on an old one is never taken for new.
	line uint32
	// next is the number of the seller's next message on this line.
	next uint32
}

// replica is a buyer's copy of the whole market: a row a seller, in the order
// of the sellers.
type replica struct {
	rows []row
	// seen marks the items that the buyer ever saw on sale.
	seen []bool
}

func newReplica(sellers []actor.ID, items int) replica {
	r := replica{rows: make([]row, len(sellers)), seen: make([]bool, items)}
	for i, id := range sellers {
		r.rows[i].seller = id
	}
	return r
}

// fills says that the seller has enough for an order, as far as the buyer
// knows.
func (r *row) fills(o *order, partial bool) bool {
	enough := r.stock >= o.Qty || partial && r.stock > 0
	return enough && r.tie == joined && r.heard && r.item == o.Item && r.refused != o.Number
}

// learn takes in what a message says of the seller.
func (r *replica) learn(at *row, m *Message, now vtime.Time) {
	switch m.Kind {
	case Item, ItemChange:
		at.heard, at.item, at.stock, at.price = true, m.Item, m.Stock, m.Price
		at.until = vtime.Never
		if m.Remaining >= 0 {
			at.until = now.Add(m.Remaining)
		}
		r.seen[m.Item] = true
	case Stock, SoldOut:
		if at.item == m.Item {
			at.stock = m.Stock
		}
	}
}

// drop forgets a connection and what was known through it.
func (r *row) drop(state tie) { r.tie, r.heard, r.stock = state, false, 0 }

// remaining returns how long the item stays on sale, or forever.
func (r *row) remaining(now vtime.Time) vtime.Duration {
	if r.until == vtime.Never {
		return forever
	}
	return max(0, r.until.Sub(now))
}

// order is a live request of a buyer.
type order = peers.Order[note]

// note is what a buyer notes down with an order.
type note struct {
	// fails counts the times that a seller had not enough after all.
	fails int32
}
