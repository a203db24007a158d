package market

import (
	"fmt"
	"math"
)

// Offer is what one seller has of one item.
type Offer struct {
	Count int32
	// Stamp is the logical time of the deposit that put the offer on the shelf.
	Stamp uint64
	Price Money
}

// Row names an offer on a shelf.
type Row int32

// NoRow is no offer.
const NoRow Row = -1

// Stock is one row of a snapshot.
type Stock struct {
	Row Row
	Offer
}

// Shelf is the stock by seller and item, as the warehouse has it or as a cache
// believes it. Buyers get the oldest offer of an item by the logical time of
// its deposit, so that sellers are served fairly whatever the order in which
// messages arrived.
type Shelf struct {
	sellers, items int
	rows           []Offer
	// known marks the rows that were ever offered.
	known []bool
	// queue holds, per item, the rows with goods, oldest first.
	// Invariant: a row is in its item's queue exactly when its Count is above
	// 0, and each queue ascends by (Stamp, Row).
	queue [][]Row
	// offered counts the known rows of an item, total its units.
	offered []int32
	total   []int64
}

// NewShelf returns an empty shelf.
func NewShelf(sellers, items int) *Shelf {
	return &Shelf{
		sellers: sellers, items: items,
		rows: make([]Offer, sellers*items), known: make([]bool, sellers*items),
		queue: make([][]Row, items), offered: make([]int32, items), total: make([]int64, items),
	}
}

// Clone returns a copy that changes on its own.
func (s *Shelf) Clone() *Shelf {
	c := NewShelf(s.sellers, s.items)
	c.Load(s.Snapshot(nil))
	return c
}

// Row returns the row of a seller, by the seller's dense index, and an item.
func (s *Shelf) Row(seller int32, item Item) Row { return Row(int(seller)*s.items + int(item)) }

// SellerOf returns the seller index of a row, ItemOf its item.
func (s *Shelf) SellerOf(r Row) int32 { return int32(int(r) / s.items) }

// ItemOf returns the item of a row.
func (s *Shelf) ItemOf(r Row) Item { return Item(int(r) % s.items) }

// At returns the offer in a row.
func (s *Shelf) At(r Row) Offer { return s.rows[r] }

// Offered says whether any seller ever offered the item.
func (s *Shelf) Offered(item Item) bool { return s.offered[item] > 0 }

// Knows says whether the row was ever offered.
func (s *Shelf) Knows(r Row) bool { return s.known[r] }

// Total returns how many units of the item there are.
func (s *Shelf) Total(item Item) int64 { return s.total[item] }

// Set makes the row hold exactly the offer.
func (s *Shelf) Set(r Row, o Offer) {
	if s.known[r] && s.rows[r] == o {
		return // as most rows of a snapshot do
	}
	item := s.ItemOf(r)
	if !s.known[r] {
		s.known[r] = true
		s.offered[item]++
	}
	before := s.rows[r]
	if before.Count > 0 && (o.Count <= 0 || o.Stamp != before.Stamp) {
		s.unqueue(item, r)
		before.Count = 0
	}
	s.total[item] += int64(o.Count) - int64(s.rows[r].Count)
	s.rows[r] = o
	if o.Count > 0 && before.Count <= 0 {
		s.enqueue(item, r)
	}
}

// Add puts units into a row. Goods that join goods keep the older stamp.
func (s *Shelf) Add(r Row, count int32, price Money, stamp uint64) {
	o := s.rows[r]
	if o.Count <= 0 {
		o.Stamp = stamp
	}
	if o.Count > math.MaxInt32-count {
		panic(fmt.Sprintf("market: more than %d units in one offer", math.MaxInt32))
	}
	o.Count += count
	o.Price = price
	s.Set(r, o)
}

// Take removes units from a row, which must hold them.
func (s *Shelf) Take(r Row, count int32) {
	o := s.rows[r]
	o.Count -= count
	s.Set(r, o)
}

// Find returns the oldest offer of an item that can fill the quantity, and how
// many units of it to take. With partial, the oldest offer with any goods
// will do. An order is filled by one seller, never pieced together.
func (s *Shelf) Find(item Item, quantity int32, partial bool) (Row, int32) {
	for _, r := range s.queue[item] {
		have := s.rows[r].Count
		if have >= quantity {
			return r, quantity
		}
		if partial {
			return r, have
		}
	}
	return NoRow, 0
}

// Snapshot appends every row that was ever offered, in order of row.
func (s *Shelf) Snapshot(to []Stock) []Stock {
	for i, known := range s.known {
		if known {
			to = append(to, Stock{Row: Row(i), Offer: s.rows[i]})
		}
	}
	return to
}

// Load replaces the whole content by a snapshot.
func (s *Shelf) Load(rows []Stock) {
	next := 0
	for i := range s.rows {
		if next < len(rows) && int(rows[next].Row) == i {
			s.Set(Row(i), rows[next].Offer)
			next++
			continue
		}
		if s.known[i] {
			s.Set(Row(i), Offer{})
		}
	}
}

func (s *Shelf) enqueue(item Item, r Row) {
	q := append(s.queue[item], r)
	i := len(q) - 1
	for i > 0 && s.older(r, q[i-1]) {
		q[i] = q[i-1]
		i--
	}
	q[i] = r
	s.queue[item] = q
}

func (s *Shelf) unqueue(item Item, r Row) {
	q := s.queue[item]
	for i, other := range q {
		if other == r {
			copy(q[i:], q[i+1:])
			s.queue[item] = q[:len(q)-1]
			return
		}
	}
}

func (s *Shelf) older(a, b Row) bool {
	x, y := s.rows[a].Stamp, s.rows[b].Stamp
	return x < y || x == y && a < b
}
