package market_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/market"
)

const (
	sellers = 4
	items   = 3
)

// heap is the dumb twin of a shelf: the offers in a heap on the floor, through
// which it looks from end to end each time.
type heap struct {
	offers map[market.Row]market.Offer
	known  map[market.Row]bool
}

func newHeap() *heap {
	return &heap{offers: map[market.Row]market.Offer{}, known: map[market.Row]bool{}}
}

func (h *heap) set(r market.Row, o market.Offer) { h.offers[r], h.known[r] = o, true }

func (h *heap) add(r market.Row, count int32, price market.Money, stamp uint64) {
	o := h.offers[r]
	if o.Count == 0 {
		o.Stamp = stamp
	}
	h.set(r, market.Offer{Count: o.Count + count, Stamp: o.Stamp, Price: price})
}

// find looks at every row of the item and keeps the oldest that will do.
func (h *heap) find(item market.Item, quantity int32, partial bool) (market.Row, int32) {
	best := market.NoRow
	for r := range market.Row(sellers * items) {
		o := h.offers[r]
		enough := o.Count >= quantity || partial && o.Count > 0
		if int(r)%items == int(item) && enough && (best == market.NoRow || o.Stamp < h.offers[best].Stamp) {
			best = r
		}
	}
	if best == market.NoRow {
		return best, 0
	}
	return best, min(quantity, h.offers[best].Count)
}

func (h *heap) total(item market.Item) (sum int64) {
	for r, o := range h.offers {
		if int(r)%items == int(item) {
			sum += int64(o.Count)
		}
	}
	return sum
}

func requireAgree(t *rapid.T, h *heap, s *market.Shelf) {
	for item := range market.Item(items) {
		require.Equal(t, h.total(item), s.Total(item))
		for quantity := int32(1); quantity < 8; quantity++ {
			for _, partial := range []bool{false, true} {
				row, take := h.find(item, quantity, partial)
				gotRow, gotTake := s.Find(item, quantity, partial)
				require.Equal(t, row, gotRow, "item %d, quantity %d, partial %v", item, quantity, partial)
				require.Equal(t, take, gotTake)
			}
		}
	}
	for r := range market.Row(sellers * items) {
		require.Equal(t, h.known[r], s.Knows(r))
		require.Equal(t, h.offers[r], s.At(r))
	}
}

// fill does random things to a shelf and to its twin.
func fill(t *rapid.T, s *market.Shelf) *heap {
	h := newHeap()
	for range rapid.IntRange(0, 40).Draw(t, "steps") {
		r := market.Row(rapid.Int32Range(0, sellers*items-1).Draw(t, "row"))
		stamp := rapid.Uint64Range(1, 5).Draw(t, "stamp")
		price := market.Money(rapid.Int64Range(1, 9).Draw(t, "price"))
		switch rapid.IntRange(0, 3).Draw(t, "what") {
		case 0:
			o := market.Offer{Count: rapid.Int32Range(0, 9).Draw(t, "count"), Stamp: stamp, Price: price}
			h.set(r, o)
			s.Set(r, o)
		case 1:
			count := rapid.Int32Range(1, 5).Draw(t, "count")
			h.add(r, count, price, stamp)
			s.Add(r, count, price, stamp)
		default:
			if o := h.offers[r]; o.Count > 0 {
				count := rapid.Int32Range(1, o.Count).Draw(t, "taken")
				h.set(r, market.Offer{Count: o.Count - count, Stamp: o.Stamp, Price: o.Price})
				s.Take(r, count)
			}
		}
		requireAgree(t, h, s)
	}
	return h
}

func TestAShelfAgreesWithAHeapOnTheFloor(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) { fill(t, market.NewShelf(sellers, items)) })
}

func TestASnapshotRestoresTheShelf(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) {
		original, copied := market.NewShelf(sellers, items), market.NewShelf(sellers, items)
		twin := fill(t, original)
		snapshot := original.Snapshot(nil)
		require.Len(t, snapshot, len(twin.known))
		copied.Load(snapshot)
		requireAgree(t, twin, copied)
		require.Equal(t, snapshot, copied.Snapshot(nil))

		// What the shelf held before is gone, though it still knows the rows.
		used := market.NewShelf(sellers, items)
		before := fill(t, used)
		used.Load(snapshot)
		for r := range before.known {
			twin.known[r] = true
		}
		requireAgree(t, twin, used)
	})
}

func TestRowsAreNumberedBySellerAndItem(t *testing.T) {
	s := market.NewShelf(sellers, items)
	seen := map[market.Row]bool{}
	for seller := range int32(sellers) {
		for item := range market.Item(items) {
			r := s.Row(seller, item)
			require.False(t, seen[r])
			seen[r] = true
			require.Equal(t, seller, s.SellerOf(r))
			require.Equal(t, item, s.ItemOf(r))
		}
	}
}

func TestTheOldestOfferThatWillDo(t *testing.T) {
	s := market.NewShelf(3, 1)
	require.False(t, s.Offered(0))
	s.Add(0, 2, 100, 30)
	s.Add(1, 5, 100, 20)
	s.Add(2, 5, 100, 20)
	for _, c := range []struct {
		about    string
		quantity int32
		partial  bool
		row      market.Row
		take     int32
	}{
		{"the oldest, by the lower row on a tie", 5, false, 1, 5},
		{"one that is large enough is not pieced together", 6, false, market.NoRow, 0},
		{"with partial, the oldest gives what it has", 6, true, 1, 5},
	} {
		row, take := s.Find(0, c.quantity, c.partial)
		require.Equal(t, c.row, row, c.about)
		require.Equal(t, c.take, take, c.about)
	}
	s.Add(0, 9, 50, 40)
	require.Equal(t, market.Offer{Count: 11, Stamp: 30, Price: 50}, s.At(0), "goods that join goods keep the older stamp")
	s.Take(1, 5)
	s.Add(1, 1, 100, 50)
	require.EqualValues(t, 50, s.At(1).Stamp, "goods on an empty row bring their own")
	require.True(t, s.Offered(0))
	require.EqualValues(t, 17, s.Total(0))
}
