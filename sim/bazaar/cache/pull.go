package cache

import (
	"souk/sim/market"
	"souk/sim/vtime"
)

// pull keeps a copy of the stock that drifts between refreshes: its own sales
// come off at once, those of other traders when they say so, deposits through
// other traders only with the next refresh.
//
// Invariant: a row shows what the warehouse or another trader said last, less
// this trader's own sales since that the warehouse has not answered for.
type pull struct {
	cfg   Config
	shelf *market.Shelf
	// owed is, by row, the units sold that the warehouse has not answered for.
	owed []int32
}

func newPull(c Config, sellers, items int) *pull {
	return &pull{cfg: c, shelf: market.NewShelf(sellers, items), owed: make([]int32, sellers*items)}
}

func (p *pull) Decide(_ vtime.Time, item market.Item, quantity int32, partial bool) Decision {
	r, take := p.shelf.Find(item, quantity, partial)
	switch {
	case r != market.NoRow:
		return Decision{Verdict: Serve, Row: r, Take: take, Seen: p.shelf.At(r).Count}
	case p.shelf.Offered(item) && p.cfg.OnZero == Deny:
		return Decision{Verdict: Refuse, Row: market.NoRow}
	default:
		return Decision{Verdict: Consult, Row: market.NoRow}
	}
}

func (p *pull) Sold(r market.Row, count int32) {
	p.shelf.Take(r, count)
	p.owed[r] += count
}

func (p *pull) Settled(r market.Row, count int32) { p.owed[r] -= count }

func (p *pull) Learn(r market.Row, o market.Offer) {
	o.Count = max(0, o.Count-p.owed[r])
	p.shelf.Set(r, o)
}

func (p *pull) Load(_ vtime.Time, rows []market.Stock) {
	p.shelf.Load(rows)
	for _, s := range rows {
		if p.owed[s.Row] > 0 {
			p.Learn(s.Row, s.Offer)
		}
	}
}

// Merge ignores rows that this trader has never seen: it knows neither their
// price nor whether the other's count is a full one.
func (p *pull) Merge(r market.Row, o market.Offer) {
	if !p.shelf.Knows(r) {
		return
	}
	mine := p.shelf.At(r)
	if p.cfg.Merge == Latest || o.Count < mine.Count {
		mine.Count = o.Count
		p.shelf.Set(r, mine)
	}
}

func (p *pull) At(r market.Row) market.Offer { return p.shelf.At(r) }

func (p *pull) Each(do func(r market.Row, shows, unsettled int32)) {
	for i := range p.owed {
		if r := market.Row(i); p.shelf.Knows(r) {
			do(r, p.shelf.At(r).Count, p.owed[i])
		}
	}
}
