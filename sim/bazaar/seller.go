package bazaar

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// seller is a peer's selling side. It has at most one deposit under way.
type seller struct {
	id actor.ID
	// choice draws the item, goods a quantity and a price a deposit, route a
	// trader a message.
	choice, goods, route rng.Stream
	// item is what the seller picked last.
	item market.Item
	// era numbers the timers for the next change of item; only the last counts.
	era uint32
	// number is that of the last deposit. It survives every crash.
	number  uint32
	pending offer
	// due: another pick waits until the pending deposit is stored.
	due bool
}

// offer is a deposit that the seller does not know to be stored.
type offer struct {
	open     bool
	qty      int32
	price    market.Money
	stamp    uint64
	deadline vtime.Time
}

func newSeller(cfg *Config, id actor.ID, item market.Item) seller {
	s := seller{
		id:     id,
		choice: rng.NewStream(cfg.Seed, "choice", int(id)),
		goods:  rng.NewStream(cfg.Seed, "goods", int(id)),
		route:  rng.NewStream(cfg.Seed, "deposit", int(id)),
		item:   item,
	}
	if item == anyItem {
		s.item = market.Item(s.choice.IntN(len(cfg.Items)))
	}
	return s
}

// open makes the first deposit and starts the changes of item.
func (s *seller) open(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	s.stock(b, p, now, out)
	s.planChange(b, out)
}

func (s *seller) planChange(b *Bazaar, out *Outbox) {
	if every := b.cfg.Sellers.ChangeEvery; every > 0 {
		s.era++
		out.After(every, timer(changeTimer, s.era))
	}
}

func (s *seller) expire(b *Bazaar, p *peer, in *Input, out *Outbox) {
	switch in.Timer.Kind {
	case changeTimer:
		if p.closed || p.office != nil || in.Timer.Guard != s.era {
			return
		}
		s.planChange(b, out)
		s.pickNext(b, p, in.Now, out)
	case depositTimer:
		if s.pending.open && in.Timer.Guard == s.number && in.Now >= s.pending.deadline {
			s.deposit(b, p, in.Now, out)
		}
	}
}

// pickNext picks an item, which may be the last one again, and deposits it.
func (s *seller) pickNext(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	if s.pending.open {
		s.due = true
		return
	}
	if others := len(b.cfg.Items) - 1; others > 0 {
		step := 1 + s.choice.IntN(others)
		switch b.cfg.Sellers.Pick {
		case InTurn:
			step = 1
		case Keep:
			step = 0
		}
		s.item = (s.item + market.Item(step)) % market.Item(len(b.cfg.Items))
	}
	s.stock(b, p, now, out)
}

// stock draws how much of the picked item there is, at what price, and
// deposits it.
func (s *seller) stock(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	s.number++
	s.pending = offer{
		open: true, stamp: b.clocks[p.id()],
		qty:   int32(b.cfg.Sellers.Restock.Draw(&s.goods)),
		price: market.Money(b.cfg.Sellers.Price.Draw(&s.goods)) * market.Dollar,
	}
	out.Say(market.Fact{Kind: market.Picked, Peer: actor.None, Item: s.item, Qty: s.pending.qty, Amount: s.pending.price})
	s.deposit(b, p, now, out)
}

// deposit sends the pending deposit to a trader chosen at random. Whoever
// stores it, it is stored once: the warehouse knows its number.
func (s *seller) deposit(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	if !s.pending.open {
		return
	}
	word := s.route.Uint64()
	s.pending.deadline = now.Add(b.cfg.Sellers.AnswerTimeout)
	out.After(b.cfg.Sellers.AnswerTimeout, timer(depositTimer, s.number))
	known := p.voter.Leaders
	if len(known) == 0 {
		p.askAround(b, out)
		return
	}
	out.Send(known[word%uint64(len(known))].ID, Message{
		Kind: Deposit, Number: s.number, Item: s.item,
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
			Kind: market.Registered, Peer: in.From, Item: s.item,
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
		if m.Count == 0 && p.active() {
			s.restock(b, p, in.Now, out)
		}
	}
}

// restock is what the seller does when told that its goods are gone.
func (s *seller) restock(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	switch b.cfg.Sellers.SoldOut {
	case AnotherItem:
		s.pickNext(b, p, now, out)
	case SameItem:
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
		s.planChange(b, out)
	}
}
