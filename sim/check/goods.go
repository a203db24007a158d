package check

import (
	"souk/sim/market"
	"souk/sim/vtime"
)

// goods checks G1, G2 and G3: nothing is sold that was not deposited, nothing is
// delivered or deposited twice, and the warehouse's shelves agree with the books.
type goods struct {
	Setting
	conserved, solvent, once rule
	// By item: deposited = onHand + sold + withdrawn, always; delivered <= sold.
	deposited, onHand, sold, delivered, withdrawn []int64
	// stored holds the deposits that were applied, by seller and number.
	stored market.RequestSet
}

func newGoods(s Setting) *goods {
	g := &goods{
		Setting:   s,
		conserved: rule{id: "G1", statement: "deposited goods = on hand + in transit + delivered + withdrawn, per item"},
		solvent:   rule{id: "G2", statement: "stock is never below 0; a unit is delivered at most once"},
		once:      rule{id: "G3", measure: "repeated_deposits", statement: "each deposit of a seller is applied at most once"},
		stored:    market.NewRequestSet(s.Actors),
		deposited: make([]int64, s.Items), onHand: make([]int64, s.Items),
		sold: make([]int64, s.Items), delivered: make([]int64, s.Items), withdrawn: make([]int64, s.Items),
	}
	if !s.Numbered {
		g.once.skipped = "needs warehouse.dedup_deposits: true"
	}
	return g
}

func (g *goods) Wants() []market.Kind {
	return []market.Kind{market.Deposited, market.Sold, market.Withdrawn, market.Ended}
}

func (g *goods) Observe(f *market.Fact) error {
	switch f.Kind {
	case market.Deposited:
		g.deposited[f.Item] += int64(f.Qty)
		g.onHand[f.Item] += int64(f.Qty)
		g.once.checks++
		if g.stored.Add(market.NewRequestID(f.Peer, uint32(f.N))) {
			if g.once.skipped != "" {
				g.count(&g.Counts.RepeatedDeposits, f.At)
				break
			}
			return breach("G3", "deposit %d of %s was applied twice", f.N, g.Name(f.Peer))
		}
	case market.Sold:
		g.onHand[f.Item] -= int64(f.Qty)
		g.sold[f.Item] += int64(f.Qty)
		g.solvent.checks++
		if g.onHand[f.Item] < 0 || f.N < 0 || f.Qty <= 0 {
			return breach("G2", "request %v took %d of item %d, which leaves %d on hand", f.Request, f.Qty, f.Item, g.onHand[f.Item])
		}
	case market.Withdrawn:
		g.onHand[f.Item] -= int64(f.Qty)
		g.withdrawn[f.Item] += int64(f.Qty)
		if g.onHand[f.Item] < 0 {
			return breach("G2", "%s took %d of item %d off sale, which leaves %d on hand", g.Name(f.Peer), f.Qty, f.Item, g.onHand[f.Item])
		}
	case market.Ended:
		g.delivered[f.Item] += int64(f.Qty)
		if g.delivered[f.Item] > g.sold[f.Item] {
			return breach("G2", "item %d: %d units delivered, only %d shipped", f.Item, g.delivered[f.Item], g.sold[f.Item])
		}
	}
	return nil
}

// Recount counts the shelves.
func (g *goods) Recount(vtime.Time) error {
	for item, shelf := range g.books.look(goodsReader).OnHand {
		if g.deposited[item] > 0 {
			g.conserved.checks++
		}
		inTransit := g.sold[item] - g.delivered[item]
		if g.deposited[item] != shelf+inTransit+g.delivered[item]+g.withdrawn[item] {
			return breach("G1", "item %d: %d deposited, but %d on hand + %d in transit + %d delivered + %d withdrawn",
				item, g.deposited[item], shelf, inTransit, g.delivered[item], g.withdrawn[item])
		}
	}
	return nil
}

func (g *goods) Finish(e Ending) ([]Verdict, error) {
	err := g.Recount(e.Now)
	return []Verdict{g.conserved.verdict(), g.solvent.verdict(), g.once.verdict()}, err
}
