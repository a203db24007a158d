package check

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/table"
)

// commits replays the warehouse's log, as X2 asks: every sale is of a request that
// was made and not answered yet, takes what there is and leaves what the warehouse
// says; and nobody is refused for lack of goods that some seller has. A buyer that
// gave up knows no return: its sale may come at any time.
type commits struct {
	set  *Setting
	rule *rule
	// have is, by item, what each seller has of it, in the order in which sellers
	// first offered it; at is, by seller and item, where.
	have [][]int64
	at   table.Sparse[int32]
	// unknown are the requests whose buyers gave up.
	unknown market.RequestSet
	version uint64
}

func newCommits(s *Setting, r *rule) commits {
	c := commits{set: s, rule: r}
	if r.skipped == "" {
		c.have, c.at = make([][]int64, s.Items), table.NewSparse[int32](s.Actors*s.Items)
		c.unknown = market.NewRequestSet(s.Actors)
	}
	return c
}

// wants lists what the replay needs besides what sessions do.
func (c *commits) wants() []market.Kind {
	if c.rule.skipped != "" {
		return nil
	}
	return []market.Kind{market.Deposited}
}

// observe takes in a fact about a live request, or about one that is not: d is nil.
func (c *commits) observe(f *market.Fact, d *deed) error {
	switch f.Kind {
	case market.Deposited:
		*c.row(f.Peer, f.Item) += int64(f.Qty)
		return c.step(f)
	case market.Sold:
		return c.sell(f, d)
	case market.Refused:
		return c.refuse(f)
	case market.Ended:
		if f.Outcome > market.RejectedNotOffered {
			c.unknown.Add(f.Request)
		}
	}
	return nil
}

func (c *commits) row(seller actor.ID, item market.Item) *int64 {
	at := c.at.At(c.set.row(seller, item))
	if *at == 0 {
		c.have[item] = append(c.have[item], 0)
		*at = int32(len(c.have[item]))
	}
	return &c.have[item][*at-1]
}

// step checks that a change of the stock has a version of its own.
func (c *commits) step(f *market.Fact) error {
	if f.Version > 0 && f.Version <= c.version {
		return breach("X2", "a change of the stock leads to version %d, as one before it did", f.Version)
	}
	c.version = f.Version
	return nil
}

func (c *commits) sell(f *market.Fact, d *deed) error {
	c.rule.checks++
	row := c.row(f.Peer, f.Item)
	*row -= int64(f.Qty)
	switch {
	case d == nil && !c.unknown.Has(f.Request):
		return breach("X2", "the sale for request %v is not between its call and its return", f.Request)
	case *row < 0 || *row != f.N:
		return breach("X2", "the sale for request %v leaves %d with %s by the log, and %d by the warehouse", f.Request, *row, c.set.Name(f.Peer), f.N)
	}
	return c.step(f)
}

func (c *commits) refuse(f *market.Fact) error {
	c.rule.checks++
	if f.Outcome == market.RejectedNotOffered && len(c.have[f.Item]) > 0 {
		return breach("X2", "request %v is refused because nobody ever offered item %d, and somebody did", f.Request, f.Item)
	}
	for _, count := range c.have[f.Item] {
		if count >= int64(f.Qty) || c.set.Partial && count > 0 {
			return breach("X2", "request %v for %d of item %d is refused, and a seller has %d", f.Request, f.Qty, f.Item, count)
		}
	}
	return nil
}
