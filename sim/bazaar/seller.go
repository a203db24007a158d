package bazaar

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/peers"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// seller is a peer's selling side. It has at most one deposit under way.
type seller struct {
	peers.Supply
	// route draws a trader a message.
	route rng.Stream
	// number is that of the last deposit. It survives every crash.
	number  uint32
	pending offer
	// due: another pick waits until the pending deposit is stored.
	due bool
	// ordered: goods are on their way to replace those of the last deposit, which
	// no crash changes.
	ordered bool
}

// offer is a deposit that the seller does not know to be stored.
type offer struct {
	open     bool
	qty      int32
	price    market.Money
	stamp    uint64
	deadline vtime.Time
}

func newSeller(cfg *Config, cast *peers.Cast, id actor.ID) seller {
	return seller{
		Supply: peers.NewSupply(&cfg.Config, cast, id, changeTimer),
		route:  rng.NewStream(cfg.Seed, "deposit", int(id)),
	}
}

// open makes the first deposit and starts the changes of item.
func (s *seller) open(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	s.stock(b, p, now, out)
	s.PlanChange(out)
}

func (s *seller) expire(b *Bazaar, p *peer, in *Input, out *Outbox) {
	switch in.Timer.Kind {
	case changeTimer:
		if p.closed || p.office != nil || !s.Due(in.Timer) {
			return
		}
		s.PlanChange(out)
		s.pickNext(b, p, in.Now, out)
	case restockedTimer:
		if p.active() && in.Timer.Guard == s.number {
			s.restock(b, p, in.Now, out)
		}
	case depositTimer:
		if s.pending.open && in.Timer.Guard == s.number && in.Now >= s.pending.deadline {
			s.deposit(b, p, in.Now, out)
		}
	}
}

// pickNext picks an item and deposits it.
func (s *seller) pickNext(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	if s.pending.open {
		s.due = true
		return
	}
	s.PickNext()
	s.stock(b, p, now, out)
}

// stock draws how much of the picked item there is, at what price, and
// deposits it.
func (s *seller) stock(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	s.number++
	s.ordered = false
	s.pending = offer{open: true, stamp: b.clocks[p.id()]}
	s.pending.qty, s.pending.price = s.Draw()
	out.Say(market.Fact{Kind: market.Picked, Peer: actor.None, Item: s.Item, Qty: s.pending.qty, Amount: s.pending.price})
	s.deposit(b, p, now, out)
}

// deposit sends the pending deposit to a trader chosen at random. Whoever
// stores it, it is stored once: the warehouse knows its number.
func (s *seller) deposit(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	if !s.pending.open {
		return
	}
	word := s.route.Uint64()
	s.pending.deadline = now.Add(b.cfg.DepositTimeout)
	out.After(b.cfg.DepositTimeout, timer(depositTimer, s.number))
	known := p.voter.Leaders
	if len(known) == 0 {
		p.askAround(b, out)
		return
	}
	out.Send(known[word%uint64(len(known))].ID, Message{
		Kind: Deposit, Number: s.number, Item: s.Item,
		Qty: s.pending.qty, Price: s.pending.price, Stamp: s.pending.stamp,
	})
}

func (s *seller) hear(b *Bazaar, p *peer, in *Input, out *Outbox) {
	m := in.Msg
	switch m.Kind {
	case Registered:
		if !s.pending.open || m.Number != s.number {
			return
		}
		s.pending.open = false
		out.Say(market.Fact{
			Kind: market.Registered, Peer: in.From, Item: s.Item,
			Qty: s.pending.qty, Amount: s.pending.price, Slot: m.Slot,
		})
		if s.due && p.active() {
			s.due = false
			s.pickNext(b, p, in.Now, out)
		}
	case Paid:
		out.Say(market.Fact{
			Kind: market.Paid, Peer: m.Request.Buyer(), Request: m.Request,
			Item: m.Item, Amount: m.Price, N: int64(m.Count),
		})
		if m.Count == 0 && p.active() && b.cfg.Sellers.SoldOut != peers.Wait {
			s.order(b, p, in.Now, out)
		}
	}
}

// order has the goods replaced that are gone, which may take a while.
func (s *seller) order(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	if lead := s.LeadTime(); lead > 0 {
		s.ordered = true
		out.After(lead, timer(restockedTimer, s.number))
	} else {
		s.restock(b, p, now, out)
	}
}

// restock deposits goods in place of those that are gone.
func (s *seller) restock(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	switch b.cfg.Sellers.SoldOut {
	case peers.AnotherItem:
		s.pickNext(b, p, now, out)
	case peers.SameItem:
		if !s.pending.open {
			s.stock(b, p, now, out)
		}
	}
}

// reboot: without memory, a deposit under way is forgotten. If the warehouse
// has it, it stays there.
func (s *seller) reboot(memory bool) {
	if !memory {
		s.pending.open, s.due = false, false
	}
}

// resume takes up a deposit under way and the changes of item.
func (s *seller) resume(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	s.deposit(b, p, now, out)
	switch {
	case !p.active():
	case s.number == 0:
		s.open(b, p, now, out)
	default:
		s.PlanChange(out)
		if s.ordered {
			s.order(b, p, now, out)
		}
	}
}
