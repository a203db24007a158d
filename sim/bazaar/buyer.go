package bazaar

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/peers"
	"souk/sim/vtime"
)

// buyer is a peer's buying side: it takes its wishes to a trader.
type buyer struct {
	peers.Buyer[note]
	// turn is the slot of the trader asked last.
	turn int16
}

type order = peers.Order[note]

// note is what a buyer of the bazaar notes down with an order.
type note struct {
	// promised is how many units a trader confirmed that are not shipped yet.
	promised int32
	// stamp is the Lamport time of the wish.
	stamp uint64
}

func newBuyer(cfg *Config, cast *peers.Cast, id actor.ID) buyer {
	return buyer{Buyer: peers.NewBuyer[note](&cfg.Config, cast, id, thinkTimer), turn: -1}
}

func (by *buyer) expire(b *Bazaar, p *peer, in *Input, out *Outbox) {
	switch in.Timer.Kind {
	case thinkTimer, arrivalTimer:
		if o := by.Want(in.Timer, p.active(), in.Now, out); o != nil {
			by.begin(b, p, in.Now, o, out)
		}
	case scriptTimer:
		if c := by.Told(in.Timer); !p.closed && p.office == nil {
			o := by.Issue(in.Now, b.cfg.ItemNamed(c.Item), int32(c.Quantity), out)
			by.begin(b, p, in.Now, o, out)
		}
	case answerTimer:
		by.loseIfLate(b, p, in, out)
	}
}

// begin takes a new order to a trader.
func (by *buyer) begin(b *Bazaar, p *peer, now vtime.Time, o *order, out *Outbox) {
	o.Note.stamp = b.clocks[p.id()]
	by.ask(b, p, now, o, out)
}

// ask sends an order to a trader and waits for the answer. Without a trader it
// only waits.
func (by *buyer) ask(b *Bazaar, p *peer, now vtime.Time, o *order, out *Outbox) {
	o.Asked = by.choose(b, p, o.Asked)
	by.Await(o, now, out)
	if o.Asked == actor.None {
		p.askAround(b, out)
		return
	}
	var flags Flags
	// Its clock may have been set back since.
	if now != o.Issued {
		flags = Again
	}
	out.Send(o.Asked, Message{
		Kind: Buy, Request: by.Request(o),
		Item: o.Item, Qty: o.Qty, Stamp: o.Note.stamp, Number: by.Done, Flags: flags,
	})
}

// loseIfLate tries again, or gives up, when an order's deadline has passed.
func (by *buyer) loseIfLate(b *Bazaar, p *peer, in *Input, out *Outbox) {
	o := by.Overdue(in.Timer, in.Now)
	if o == nil {
		return
	}
	_, leads := p.voter.Leads(o.Asked)
	last := leads && len(p.voter.Leaders) == 1 || len(p.voter.Leaders) == 0
	if b.cfg.Traders.Delivery != market.AtMostOnce && by.Patient(o) {
		by.retry(b, p, in.Now, o, out)
	} else {
		by.GiveUp(o, p.active(), out)
	}
	if last {
		b.rules.Doubt(&p.voter, b.vote(p, in.Now, out))
	}
}

func (by *buyer) retry(b *Bazaar, p *peer, now vtime.Time, o *order, out *Outbox) {
	by.ask(b, p, now, o, out)
	by.Retried(o, out)
}

// redirect sends an order elsewhere because its trader is none any more. With
// nobody else to ask it waits for the deadline.
func (by *buyer) redirect(b *Bazaar, p *peer, now vtime.Time, number uint32, out *Outbox) {
	if o := by.Find(number); o != nil && len(p.voter.Leaders) > 0 {
		by.retry(b, p, now, o, out)
	}
}

// redirectAll sends every order of a dead trader elsewhere, unless it may have
// taken effect and must not do so twice.
func (by *buyer) redirectAll(b *Bazaar, p *peer, now vtime.Time, dead actor.ID, out *Outbox) {
	if b.cfg.Traders.Delivery == market.AtMostOnce {
		return
	}
	for i := range by.Live {
		if by.Live[i].Asked == dead {
			by.redirect(b, p, now, by.Live[i].Number, out)
		}
	}
}

// hear takes a trader's answer.
func (by *buyer) hear(b *Bazaar, p *peer, in *Input, out *Outbox) {
	m := in.Msg
	if b.loads != nil {
		by.loads(b)[m.Slot] = m.Load
	}
	o := by.Find(m.Request.Number())
	if o == nil && m.Flags&Promised != 0 {
		// A promise that the goods overtook.
		return
	}
	if o == nil {
		outcome := m.Outcome
		if m.Kind == Bought {
			outcome = market.Fulfilled
		}
		out.Say(market.Fact{Kind: market.Late, Peer: in.From, Request: m.Request, Item: m.Item, Outcome: outcome, Slot: m.Slot})
		return
	}
	if m.Flags&Promised != 0 && m.Kind == Bought {
		if o.Note.promised == 0 {
			o.Note.promised, o.Idle = m.Qty, true
			by.ThinkAgain(p.active(), out)
		}
		return
	}
	f := market.Fact{Peer: m.Seller, Slot: m.Slot, Trader: in.From, Outcome: m.Outcome}
	if m.Kind == Bought {
		f.Outcome, f.Qty, f.Amount = market.Fulfilled, m.Qty, m.Price
	}
	if lack := o.Note.promised - f.Qty; lack > 0 {
		out.Say(market.Fact{Kind: market.Revoked, Peer: in.From, Request: m.Request, Item: o.Item, Qty: lack, Slot: m.Slot})
	}
	by.Judge(o, m.Kind == Bought)
	by.End(o, f, p.active(), out)
}

// resume asks again for what is open and starts the loops whose timers died.
func (by *buyer) resume(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	by.Confess(out)
	if b.cfg.Traders.Delivery == market.AtMostOnce {
		by.WaitOn(now, p.active(), out)
	} else {
		for i := range by.Live {
			by.retry(b, p, now, &by.Live[i], out)
		}
	}
	by.PlanScript(b.cast, now, out)
	if p.active() {
		by.Begin(out)
	}
}
