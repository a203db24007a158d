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
	// Closely asks for Views and Copies as well, which grow with the square of the
	// market.
	Closely bool
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
	// Leads: it believes that it leads itself. Abstains: it resigned, and does not
	// stand for now.
	Leads, Abstains bool
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

// Reset empties the lists of an audit and keeps their memory, also that of the
// lists within, for the next one.
func (h *Holding) Reset() {
	h.OnHand, h.Balance, h.Live, h.Version = h.OnHand[:0], h.Balance[:0], 0, 0
	h.Views, h.Copies = h.Views[:0], h.Copies[:0]
}

// AddView appends an empty view. It is good until the next one.
func (h *Holding) AddView() *View {
	h.Views = extend(h.Views)
	v := &h.Views[len(h.Views)-1]
	*v = View{Leaders: v.Leaders[:0]}
	return v
}

// AddCopy appends an empty copy. It is good until the next one.
func (h *Holding) AddCopy() *Copy {
	h.Copies = extend(h.Copies)
	c := &h.Copies[len(h.Copies)-1]
	*c = Copy{Rows: c.Rows[:0]}
	return c
}

// extend makes a list longer by one value; if there is room, by the one that
// stood there before.
func extend[T any](list []T) []T {
	if len(list) < cap(list) {
		return list[:len(list)+1]
	}
	var zero T
	return append(list, zero)
}

// Auditor fills a Holding from the actors' own fields.
type Auditor interface {
	Audit(h *Holding)
}
