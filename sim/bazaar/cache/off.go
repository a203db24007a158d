package cache

import (
	"souk/sim/market"
	"souk/sim/vtime"
)

// off believes nothing and asks the warehouse each time.
type off struct{}

func (off) Decide(vtime.Time, market.Item, int32, bool) Decision {
	return Decision{Row: market.NoRow}
}
func (off) Sold(market.Row, int32)          {}
func (off) Settled(market.Row, int32)       {}
func (off) Learn(market.Row, market.Offer)  {}
func (off) Load(vtime.Time, []market.Stock) {}
func (off) Merge(market.Row, market.Offer)  {}
func (off) At(market.Row) market.Offer      { return market.Offer{} }

func (off) Each(func(market.Row, int32, int32)) {}
