package peertopeer

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/peers"
	"souk/sim/vtime"
)

// buyer is a peer's buying side: it looks for a seller and buys from it.
type buyer struct {
	peers.Buyer[note]
	// lookUps is the number of the last look-up. It survives every crash, so that
	// nobody takes a new look-up for an old one.
	lookUps uint32
	replies replies
}

// order is a live request. It collects replies as long as nobody was asked.
type order = peers.Order[note]

// note is what a buyer notes down with an order.
type note struct {
	// lookUp is the number of its last look-up.
	lookUp uint32
}

func newBuyer(cfg *Config, cast *peers.Cast, id actor.ID) buyer {
	return buyer{Buyer: peers.NewBuyer[note](&cfg.Config, cast, id, thinkTimer)}
}

func (by *buyer) expire(mk *Market, p *peer, in *Input, out *Outbox) {
	switch in.Timer.Kind {
	case thinkTimer, arrivalTimer:
		if o := by.Want(in.Timer, p.active(), in.Now, out); o != nil {
			by.lookAround(mk, o, out)
		}
	case scriptTimer:
		if c := by.Told(in.Timer); p.active() {
			by.lookAround(mk, by.Issue(in.Now, mk.cfg.ItemNamed(c.Item), int32(c.Quantity), out), out)
		}
	case collectTimer:
		if o := by.lookedUp(in.Timer.Guard); o != nil && o.Asked == actor.None {
			by.choose(mk, p, in.Now, o, out)
		}
	case answerTimer:
		by.loseIfLate(p, in, out)
	}
}

// lookAround sends a look-up to all neighbours and waits for replies. The wait is
// shorter than the buyer's patience, so the order's deadline stands.
func (by *buyer) lookAround(mk *Market, o *order, out *Outbox) {
	by.lookUps++
	o.Note.lookUp = by.lookUps
	out.Say(market.Fact{
		Kind: market.LookedUp, Peer: actor.None, Request: by.Request(o), Item: o.Item, Qty: o.Qty,
		N: int64(mk.cfg.HopLimit), Term: by.lookUps,
	})
	m := Message{
		Kind: LookUp, Request: by.Request(o), Item: o.Item, Qty: o.Qty,
		Number: by.lookUps, Done: by.oldest(), Hops: int32(mk.cfg.HopLimit - 1),
	}
	for _, next := range mk.cfg.Neighbours[by.ID] {
		out.Send(next, m)
	}
	out.After(mk.cfg.Collect, actor.Timer{Kind: collectTimer, Guard: by.lookUps})
}

// oldest returns the number below which all look-ups are over. A look-up is over
// once its request has an outcome or another look-up.
func (by *buyer) oldest() uint32 {
	least := by.lookUps
	for i := range by.Live {
		least = min(least, by.Live[i].Note.lookUp)
	}
	return least
}

// lookedUp returns the order whose last look-up has that number, or nil.
func (by *buyer) lookedUp(number uint32) *order {
	for i := range by.Live {
		if o := &by.Live[i]; o.Note.lookUp == number {
			return o
		}
	}
	return nil
}

// collect keeps a reply, if its look-up still waits for any. With enough of them
// the buyer waits no longer.
func (by *buyer) collect(mk *Market, p *peer, in *Input, out *Outbox) {
	m := in.Msg
	o := by.Find(m.Request.Number())
	if o == nil || o.Note.lookUp != m.Number || o.Asked != actor.None {
		return
	}
	n := by.replies.add(reply{number: m.Number, seller: m.Seller, units: m.Qty})
	if mk.cfg.Replies > 0 && n >= mk.cfg.Replies {
		by.choose(mk, p, in.Now, o, out)
	}
}

// choose buys from one of the sellers that replied, each equally likely. If
// nobody did, the buyer gives the item up for gone.
func (by *buyer) choose(mk *Market, p *peer, now vtime.Time, o *order, out *Outbox) {
	n := by.replies.count(o.Note.lookUp)
	if n == 0 {
		out.Say(market.Fact{Kind: market.Denied, Peer: actor.None, Request: by.Request(o), Item: o.Item, Qty: o.Qty, Slot: -1})
		by.end(p, o, market.Fact{Outcome: market.RejectedOutOfStock, Peer: actor.None, Trader: actor.None, Slot: -1}, out)
		return
	}
	r := by.replies.take(o.Note.lookUp, by.Route.IntN(n))
	o.Asked = r.seller
	by.buy(o, now, out)
	out.Say(market.Fact{
		Kind: market.Routed, Peer: r.seller, Request: by.Request(o), Item: o.Item, Qty: o.Qty,
		N: int64(r.units), Deadline: o.Deadline,
	})
}

// buy asks the chosen seller and waits for its answer.
func (by *buyer) buy(o *order, now vtime.Time, out *Outbox) {
	by.Await(o, now, out)
	out.Send(o.Asked, Message{Kind: Buy, Request: by.Request(o), Item: o.Item, Qty: o.Qty, Done: by.Done})
}

// loseIfLate asks the same seller again, or gives up, when an order's deadline
// has passed. Another seller it must not ask: the first may have sold.
func (by *buyer) loseIfLate(p *peer, in *Input, out *Outbox) {
	o := by.Overdue(in.Timer, in.Now)
	switch {
	case o == nil:
	case by.Patient(o):
		by.buy(o, in.Now, out)
		by.Retried(o, out)
	default:
		by.replies.drop(o.Note.lookUp)
		by.GiveUp(o, p.active(), out)
	}
}

// hear takes a seller's answer. One of a seller that is no longer asked repeats
// a refusal.
func (by *buyer) hear(mk *Market, p *peer, in *Input, out *Outbox) {
	m := in.Msg
	f := market.Fact{Peer: in.From, Trader: in.From, Slot: int16(mk.cast.Index(in.From)), Outcome: market.RejectedStale}
	if m.Kind == Bought {
		f.Outcome, f.Qty, f.Amount = market.Fulfilled, m.Qty, m.Price
	}
	o := by.Find(m.Request.Number())
	switch {
	case o == nil:
		out.Say(market.Fact{Kind: market.Late, Peer: in.From, Request: m.Request, Item: m.Item, Outcome: f.Outcome, Slot: f.Slot})
	case o.Asked != in.From:
	case m.Kind == Gone && by.replies.count(o.Note.lookUp) > 0:
		by.choose(mk, p, in.Now, o, out)
	default:
		by.end(p, o, f, out)
	}
}

// end gives an order an outcome that its buyer knows.
func (by *buyer) end(p *peer, o *order, f market.Fact, out *Outbox) {
	by.replies.drop(o.Note.lookUp)
	by.Judge(o, f.Outcome == market.Fulfilled)
	by.End(o, f, p.active(), out)
}

// reboot: a crash loses the replies; see Market.Reboot.
func (by *buyer) reboot(memory bool) {
	by.replies = by.replies[:0]
	by.Reboot(memory)
}

// resume looks again for what is open, or asks again whom it asked, and starts
// the loops whose timers died.
func (by *buyer) resume(mk *Market, p *peer, now vtime.Time, out *Outbox) {
	by.Confess(out)
	for i := range by.Live {
		o := &by.Live[i]
		if o.Asked == actor.None {
			o.Deadline = now.Add(mk.cfg.Buyers.AnswerTimeout)
			by.lookAround(mk, o, out)
		} else {
			by.buy(o, now, out)
		}
		by.Retried(o, out)
	}
	by.PlanScript(mk.cast, now, out)
	if p.active() {
		by.Begin(out)
	}
}
