package check

import "souk/sim/market"

// strict checks O2: where the warehouse reserves before anybody is told yes,
// nothing is ever oversold.
type strict struct {
	none rule
}

func newStrict(s Setting) *strict {
	c := &strict{none: rule{id: "O2", statement: "strict mode never oversells"}}
	if !s.Strict {
		c.none.skipped = "needs traders.cache.mode: off and warehouse.writes: relative"
	}
	return c
}

func (c *strict) Wants() []market.Kind {
	return []market.Kind{market.Sold, market.Refused, market.Revoked, market.Denied}
}

func (c *strict) Observe(f *market.Fact) error {
	if c.none.skipped != "" {
		return nil
	}
	c.none.checks++
	oversold := f.Kind == market.Refused && f.N == 1 || f.Kind == market.Revoked
	if oversold || f.Kind == market.Denied {
		return breach("O2", "request %v was accepted or denied without the warehouse", f.Request)
	}
	return nil
}

func (c *strict) Finish(Ending) ([]Verdict, error) { return []Verdict{c.none.verdict()}, nil }
