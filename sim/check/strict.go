package check

import "souk/sim/market"

// strict checks O2: where goods are reserved before anybody is told yes, nothing
// is ever oversold.
type strict struct {
	Setting
	none rule
}

func newStrict(s Setting) *strict {
	c := &strict{Setting: s, none: rule{id: "O2", statement: "strict mode never oversells"}}
	if s.Seats == 0 {
		c.none.statement = "no goods are confirmed that are not there"
	}
	switch {
	case s.Strict || s.Reserved:
	case s.Seats > 0:
		c.none.skipped = "needs traders.cache.mode: off and warehouse.writes: relative"
	default:
		c.none.skipped = "needs sellers that check and decrement in one step"
	}
	return c
}

func (c *strict) Wants() []market.Kind {
	return []market.Kind{market.Sold, market.Refused, market.Revoked, market.Denied}
}

func (c *strict) Observe(f *market.Fact) error {
	switch {
	case c.none.skipped != "":
		return nil
	case f.Kind == market.Revoked:
		return breach("O2", "request %v was confirmed before there were goods for it", f.Request)
	case c.Strict && (f.Kind == market.Denied || f.Kind == market.Refused && f.N == 1):
		return breach("O2", "request %v was accepted or denied without the warehouse", f.Request)
	}
	c.none.checks++
	return nil
}

func (c *strict) Finish(Ending) ([]Verdict, error) { return []Verdict{c.none.verdict()}, nil }
