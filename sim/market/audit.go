package market

import "souk/sim/actor"

// Holding is the goods and money of a market at one instant, as its actors
// themselves hold them: what a checker recounts its own books against.
type Holding struct {
	// OnHand is the goods in the warehouse, by item.
	OnHand []int64
	// Balance is the money of each account.
	Balance []Money
	// Live is the number of requests of which a buyer knows no outcome.
	Live uint64
	// Views is what each peer believes of who leads, by peer; empty in a market
	// without traders.
	Views []View
	// Copies is every copy of stock: a trader's cache, a buyer's replica.
	Copies []Copy
	// Version is that of the authoritative stock.
	Version uint64
}

// View is what a peer believes of who leads.
type View struct {
	Peer    actor.ID
	Leaders []Seat
	// Leads: it believes that it leads itself.
	Leads bool
}

// Seat is a trader's place.
type Seat struct {
	ID   actor.ID
	Slot int16
	Term uint32
}

// Copy is one holder's view of the stock, and what it should be.
type Copy struct {
	Holder actor.ID
	// Version is that of the newest snapshot that went into it; 0 is none.
	Version uint64
	Rows    []CopiedRow
}

// CopiedRow is a row as a copy shows it, and as whoever has the goods knows it.
type CopiedRow struct {
	Seller      actor.ID
	Item        Item
	Shows, Real int32
	// Unsettled is how many units the holder has taken off for sales of its own
	// that nobody has confirmed yet.
	Unsettled int32
}

// Auditor fills a Holding from the actors' own fields.
type Auditor interface {
	Audit(h *Holding)
}
