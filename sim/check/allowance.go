package check

import "souk/sim/market"

// allowance checks O3. Where no goods come twice and a cached count only falls but
// for the warehouse's word, a trader accepts on its cache no more of an item than
// the warehouse's words showed it, taken together: each word is worth the stock at
// that time. From one common stock and with one word each, N traders therefore
// accept at most N times the stock, of which one stock is shipped: they oversell
// at most (N-1) times the stock.
type allowance struct {
	Setting
	bounded rule
	// left is, by trader and item, what it was shown less what it accepted.
	left roster[[]int64]
	// stock and stored are what there is of each item, and what ever came.
	stock, stored []int64
	// log holds the last changes of the stock, as a ring that ends before next.
	log  []change
	next uint64
	then []int64
}

// change is a step of the stock to a version.
type change struct {
	version uint64
	item    market.Item
	by      int64
}

// remembered is how many changes of the stock are kept. A snapshot older than all
// of them is taken to show everything that ever came.
const remembered = 1 << 10

func newAllowance(s Setting) *allowance {
	return &allowance{
		Setting: s,
		bounded: rule{
			id: "O3", statement: "a trader accepts on its cache no more than its syncs showed it: oversell <= (traders - 1) x stock a sync",
			skipped: s.Unmet.Oversell, measure: "oversell",
		},
		left:  newRoster[[]int64](s.Actors),
		stock: make([]int64, s.Items), stored: make([]int64, s.Items), then: make([]int64, s.Items),
		log: make([]change, remembered),
	}
}

func (a *allowance) Wants() []market.Kind {
	if a.bounded.skipped != "" {
		return nil
	}
	return []market.Kind{
		market.Deposited, market.DepositRepeated, market.Sold, market.Refused, market.Replayed, market.Pulled, market.Accepted,
	}
}

func (a *allowance) Observe(f *market.Fact) error {
	switch f.Kind {
	case market.Deposited:
		a.stored[f.Item] += int64(f.Qty)
		a.change(f, int64(f.Qty))
		*a.of(f, f.Item) += int64(f.Qty)
	case market.Sold:
		a.change(f, -int64(f.Qty))
	case market.DepositRepeated, market.Refused:
		*a.of(f, f.Item) += a.stock[f.Item]
	case market.Replayed:
		g := *f
		g.Trader = f.Peer
		*a.of(&g, f.Item) += a.stock[f.Item]
	case market.Pulled:
		a.show(f)
	case market.Accepted:
		a.bounded.checks++
		left := a.of(f, f.Item)
		if *left -= int64(f.Qty); *left < 0 {
			return breach("O3", "%s accepted %d more of item %d on its cache than it was ever shown", a.Name(f.Trader), -*left, f.Item)
		}
	}
	return nil
}

// of returns what a trader was shown of an item less what it accepted.
func (a *allowance) of(f *market.Fact, item market.Item) *int64 {
	list := a.left.of(f.Trader)
	if *list == nil {
		*list = make([]int64, a.Items)
	}
	return &(*list)[item]
}

func (a *allowance) change(f *market.Fact, by int64) {
	a.stock[f.Item] += by
	a.log[a.next%remembered] = change{f.Version, f.Item, by}
	a.next++
}

// show gives a trader what a snapshot showed: the stock, less what changed since.
func (a *allowance) show(f *market.Fact) {
	copy(a.then, a.stock)
	known := f.Version > 0
	for back := uint64(1); known; back++ {
		if back > a.next || back > remembered {
			known = back > a.next
			break
		}
		c := &a.log[(a.next-back)%remembered]
		if c.version <= f.Version {
			break
		}
		a.then[c.item] -= c.by
	}
	if !known {
		copy(a.then, a.stored)
	}
	g := *f
	g.Trader = f.Actor
	for item := range a.then {
		*a.of(&g, market.Item(item)) += a.then[item]
	}
}

func (a *allowance) Finish(Ending) ([]Verdict, error) { return []Verdict{a.bounded.verdict()}, nil }
