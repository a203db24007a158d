package peers

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// Supply is what a seller is in every market: it picks an item, draws how much
// of it there is and at what price, and changes it now and then.
type Supply struct {
	cfg *Config
	// choice draws the item, goods a quantity and a price an offer, lead the time
	// until goods are there.
	choice, goods, lead rng.Stream
	// Item is what the seller picked last.
	Item market.Item
	// changed is the number of the seller's timer, era that of its last setting:
	// only the last counts.
	changed uint16
	era     uint32
}

// NewSupply returns a seller's supply; changed is the number of the timer that
// changes its item.
func NewSupply(cfg *Config, cast *Cast, id actor.ID, changed uint16) Supply {
	s := Supply{
		cfg:     cfg,
		choice:  rng.NewStream(cfg.Seed, "choice", int(id)),
		goods:   rng.NewStream(cfg.Seed, "goods", int(id)),
		lead:    rng.NewStream(cfg.Seed, "lead", int(id)),
		Item:    cast.First(id),
		changed: changed,
	}
	if s.Item == AnyItem {
		s.Item = market.Item(s.choice.IntN(len(cfg.Items)))
	}
	return s
}

// PlanChange sets the time of the next change of item. An earlier plan is void.
func (s *Supply) PlanChange(out Out) {
	if every := s.cfg.Sellers.ChangeEvery; every > 0 {
		s.era++
		out.After(every, actor.Timer{Kind: s.changed, Guard: s.era})
	}
}

// Due says that a timer of a change is the last one planned.
func (s *Supply) Due(t actor.Timer) bool { return t.Guard == s.era }

// PickNext picks an item, which may be the last one again.
func (s *Supply) PickNext() {
	others := len(s.cfg.Items) - 1
	if others == 0 {
		return
	}
	step := 1 + s.choice.IntN(others)
	switch s.cfg.Sellers.Pick {
	case InTurn:
		step = 1
	case Keep:
		step = 0
	}
	s.Item = (s.Item + market.Item(step)) % market.Item(len(s.cfg.Items))
}

// LeadTime draws how long it takes until sold goods are replaced.
func (s *Supply) LeadTime() vtime.Duration {
	return vtime.FromNanos(s.cfg.Sellers.RestockTakes.Draw(&s.lead))
}

// Draw draws how many units of the item there are, and the price of each.
func (s *Supply) Draw() (quantity int32, price market.Money) {
	quantity = int32(s.cfg.Sellers.Restock.Draw(&s.goods))
	price = market.Money(s.cfg.Sellers.Price.Draw(&s.goods)) * market.Dollar
	return quantity, price
}
