package cache

import (
	"souk/sim/market"
	"souk/sim/vtime"
)

// ttl is a pull cache with an expiry date, as memcached or a DNS resolver has:
// a copy is good for so long after it was fetched, and the next request after
// that asks the warehouse. It bounds how wrong a trader can be without asking
// the warehouse while nobody buys.
//
// The copy expires as a whole, because it is fetched as a whole. What the
// warehouse says of a single row in between is taken in but renews nothing.
type ttl struct {
	*pull
	// expires is from when on the copy is not believed. Before the first fetch
	// it is 0, so that nothing is.
	expires vtime.Time
}

func newTTL(c Config, sellers, items int) Policy {
	return &ttl{pull: newPull(c, sellers, items)}
}

// Decide never refuses on an expired copy either, whatever Config.OnZero says.
func (t *ttl) Decide(now vtime.Time, item market.Item, quantity int32, partial bool) Decision {
	if now >= t.expires {
		return Decision{Verdict: Consult, Row: market.NoRow}
	}
	return t.pull.Decide(now, item, quantity, partial)
}

func (t *ttl) Load(now vtime.Time, rows []market.Stock) {
	t.pull.Load(now, rows)
	t.expires = now.Add(t.cfg.TTL)
}
