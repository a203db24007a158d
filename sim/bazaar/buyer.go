package bazaar

import (
	"cmp"
	"slices"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// buyer is a peer's buying side.
type buyer struct {
	// demand draws exactly an item and a quantity a request, think a think
	// time or gap, route a trader a message: a change of policy shifts none of
	// the others' draws.
	demand, think, route rng.Stream
	// live holds the requests without an outcome.
	// Invariant: ascending by number.
	live []order
	// issued is the number of the last request. It survives every crash, so
	// that a request id is never used twice.
	issued uint32
	// done is the number below which every request has an outcome. It goes
	// along with each request so that the warehouse can forget them, as in
	// RIFL (Lee et al., SOSP 2015).
	// Invariant: done <= the number of every live request.
	done uint32
	// avoid is the item not to want next, because the last request failed to
	// get it, or anyItem.
	avoid market.Item
	// era counts the times that the buyer's loops were started anew; a timer of
	// an earlier era, from before an office, is void.
	era uint32
	// turn is the slot of the trader asked last.
	turn int16
	// loads is each slot's queue as last heard, kept for LeastLoaded only.
	loads []uint16
	// forgotten holds the requests lost in a crash until the buyer is back and
	// can say so.
	forgotten []order
}

// order is a live request.
type order struct {
	number uint32
	item   market.Item
	tries  int16
	// promised is how many units a trader confirmed that are not shipped yet.
	promised int32
	qty      int32
	trader   actor.ID
	stamp    uint64
	issued   vtime.Time
	// deadline is when the buyer loses patience; a timer that fires before it
	// belongs to an earlier try.
	deadline vtime.Time
}

func newBuyer(cfg *Config, id actor.ID) buyer {
	by := buyer{
		demand: rng.NewStream(cfg.Seed, "demand", int(id)),
		think:  rng.NewStream(cfg.Seed, "think", int(id)),
		route:  rng.NewStream(cfg.Seed, "route", int(id)),
		done:   1,
		avoid:  anyItem,
		turn:   -1,
	}
	if cfg.Buyers.Trader == LeastLoaded {
		by.loads = make([]uint16, cfg.Traders.Count)
	}
	return by
}

// planScript sets a timer for each of the buyer's scripted wishes to come.
func (by *buyer) planScript(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	if b.cfg.Buyers.Demand != Scripted {
		return
	}
	name := b.Name(p.id())
	for i, wish := range b.cfg.Buyers.Script {
		if wait := vtime.Time(wish.At).Sub(now); wish.Buyer == name && (wait > 0 || now == 0) {
			out.After(wait, timer(scriptTimer, uint32(i)))
		}
	}
}

// open begins the buyer's trading, after its own delay and those of the buyers
// before it. The conversion of the product keeps it from being fused with the
// sum, which would give other bits on other CPUs.
func (by *buyer) open(b *Bazaar, p *peer, out *Outbox) {
	wait := float64(float64(b.cfg.Buyers.Stagger) * float64(p.index))
	delay := vtime.FromNanos(b.cfg.Buyers.Start.Draw(&by.think) + wait)
	switch b.cfg.Buyers.Demand {
	case ClosedLoop:
		for range b.cfg.Buyers.Outstanding {
			out.After(delay, timer(thinkTimer, by.era))
		}
	case OpenLoop:
		out.After(delay+by.gap(b), timer(arrivalTimer, by.era))
	}
}

func (by *buyer) gap(b *Bazaar) vtime.Duration {
	return vtime.FromNanos(b.cfg.Buyers.Arrivals.Draw(&by.think))
}

func (by *buyer) expire(b *Bazaar, p *peer, in *Input, out *Outbox) {
	switch in.Timer.Kind {
	case thinkTimer:
		if p.active() && in.Timer.Guard == by.era {
			by.want(b, p, in.Now, out)
		}
	case arrivalTimer:
		if p.active() && in.Timer.Guard == by.era {
			by.want(b, p, in.Now, out)
			out.After(by.gap(b), timer(arrivalTimer, by.era))
		}
	case scriptTimer:
		wish := &b.cfg.Buyers.Script[in.Timer.Guard]
		if !p.closed && p.office == nil {
			by.issue(b, p, in.Now, b.itemNamed(wish.Item), int32(wish.Quantity), out)
		}
	case answerTimer:
		by.loseIfLate(b, p, in, out)
	}
}

// want draws a wish and issues it.
func (by *buyer) want(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	item := b.drawItem(&by.demand, by.avoid)
	quantity := int32(b.cfg.Buyers.Quantity.Draw(&by.demand))
	by.issue(b, p, now, item, quantity, out)
}

// issue makes a request and sends it to a trader.
func (by *buyer) issue(b *Bazaar, p *peer, now vtime.Time, item market.Item, quantity int32, out *Outbox) {
	by.issued++
	by.live = append(by.live, order{
		number: by.issued, item: item, qty: quantity, trader: actor.None, stamp: b.clocks[p.id()],
		issued: now, deadline: now.Add(b.cfg.Buyers.AnswerTimeout),
	})
	o := &by.live[len(by.live)-1]
	out.Say(market.Fact{
		Kind: market.Issued, Peer: actor.None, Request: market.NewRequestID(p.id(), o.number),
		Item: item, Qty: quantity, Deadline: o.deadline,
	})
	by.ask(b, p, now, o, out)
}

// ask sends an order to a trader and waits for the answer. Without a trader it
// only waits.
func (by *buyer) ask(b *Bazaar, p *peer, now vtime.Time, o *order, out *Outbox) {
	o.trader = by.choose(b, p, o.trader)
	o.deadline = now.Add(b.cfg.Buyers.AnswerTimeout)
	out.After(b.cfg.Buyers.AnswerTimeout, timer(answerTimer, o.number))
	if o.trader == actor.None {
		p.askAround(b, out)
		return
	}
	var flags Flags
	if now > o.issued {
		flags = Again
	}
	out.Send(o.trader, Message{
		Kind: Buy, Request: market.NewRequestID(p.id(), o.number),
		Item: o.item, Qty: o.qty, Stamp: o.stamp, Number: by.done, Flags: flags,
	})
}

// search returns where among the live orders one is, or would be.
func (by *buyer) search(number uint32) (int, bool) {
	return slices.BinarySearchFunc(by.live, number, func(o order, n uint32) int { return cmp.Compare(o.number, n) })
}

func (by *buyer) find(number uint32) *order {
	if i, found := by.search(number); found {
		return &by.live[i]
	}
	return nil
}

// loseIfLate tries again, or gives up, when an order's deadline has passed.
func (by *buyer) loseIfLate(b *Bazaar, p *peer, in *Input, out *Outbox) {
	o := by.find(in.Timer.Guard)
	if o == nil || in.Now < o.deadline {
		return
	}
	_, leads := p.voter.Leads(o.trader)
	last := leads && len(p.voter.Leaders) == 1 || len(p.voter.Leaders) == 0
	o.tries++
	if int(o.tries) > b.cfg.Buyers.Retries {
		by.end(b, p, o, market.Fact{Outcome: market.TimedOut, Peer: actor.None, Trader: actor.None}, out)
	} else {
		by.retry(b, p, in.Now, o, out)
	}
	if last {
		b.rules.Doubt(&p.voter, b.vote(p, in.Now, out))
	}
}

func (by *buyer) retry(b *Bazaar, p *peer, now vtime.Time, o *order, out *Outbox) {
	by.ask(b, p, now, o, out)
	out.Say(market.Fact{
		Kind: market.Retried, Peer: o.trader, Request: market.NewRequestID(p.id(), o.number),
		Item: o.item, Qty: o.qty, Deadline: o.deadline,
	})
}

// redirect sends an order elsewhere because its trader is none any more. With
// nobody else to ask it waits for the deadline.
func (by *buyer) redirect(b *Bazaar, p *peer, now vtime.Time, number uint32, out *Outbox) {
	if o := by.find(number); o != nil && len(p.voter.Leaders) > 0 {
		by.retry(b, p, now, o, out)
	}
}

// redirectAll sends every order of a dead trader elsewhere.
func (by *buyer) redirectAll(b *Bazaar, p *peer, now vtime.Time, dead actor.ID, out *Outbox) {
	for i := range by.live {
		if by.live[i].trader == dead {
			by.redirect(b, p, now, by.live[i].number, out)
		}
	}
}

// hear takes a trader's answer.
func (by *buyer) hear(b *Bazaar, p *peer, in *Input, out *Outbox) {
	m := in.Msg
	if by.loads != nil {
		by.loads[m.Slot] = m.Load
	}
	o := by.find(m.Request.Number())
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
		if o.promised == 0 {
			o.promised = m.Qty
			by.thinkAgain(b, p, out)
		}
		return
	}
	by.avoid = anyItem
	f := market.Fact{Peer: m.Seller, Slot: m.Slot, Trader: in.From}
	switch m.Kind {
	case Bought:
		f.Outcome, f.Qty, f.Amount = market.Fulfilled, m.Qty, m.Price
	default:
		f.Outcome = m.Outcome
		if b.cfg.Buyers.OnRefusal == WantAnother {
			by.avoid = o.item
		}
	}
	if lack := o.promised - f.Qty; lack > 0 {
		out.Say(market.Fact{Kind: market.Revoked, Peer: in.From, Request: m.Request, Item: o.item, Qty: lack, Slot: m.Slot})
	}
	by.end(b, p, o, f, out)
}

// end gives an order its outcome and lets the buyer think of the next.
func (by *buyer) end(b *Bazaar, p *peer, o *order, f market.Fact, out *Outbox) {
	f.Kind, f.Request, f.Item, f.Since = market.Ended, market.NewRequestID(p.id(), o.number), o.item, o.issued
	out.Say(f)
	promised := o.promised > 0
	by.drop(o.number)
	if !promised {
		by.thinkAgain(b, p, out)
	}
}

// drop removes an order and moves done past the requests that have ended.
func (by *buyer) drop(number uint32) {
	if i, found := by.search(number); found {
		by.live = append(by.live[:i], by.live[i+1:]...)
	}
	by.done = by.issued + 1
	if len(by.live) > 0 {
		by.done = by.live[0].number
	}
}

func (by *buyer) thinkAgain(b *Bazaar, p *peer, out *Outbox) {
	if b.cfg.Buyers.Demand == ClosedLoop && p.active() {
		out.After(vtime.FromNanos(b.cfg.Buyers.Think.Draw(&by.think)), timer(thinkTimer, by.era))
	}
}

// reboot: without memory, the open requests are forgotten.
func (by *buyer) reboot(memory bool) {
	if memory {
		return
	}
	by.forgotten = append(by.forgotten, by.live...)
	by.live = by.live[:0]
	by.done = by.issued + 1
	by.avoid = anyItem
}

// resume asks again for what is open and starts the loops whose timers died.
func (by *buyer) resume(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	for _, o := range by.forgotten {
		out.Say(market.Fact{
			Kind: market.Ended, Peer: actor.None, Trader: actor.None, Request: market.NewRequestID(p.id(), o.number),
			Item: o.item, Outcome: market.Cancelled, Since: o.issued,
		})
	}
	by.forgotten = by.forgotten[:0]
	for i := range by.live {
		by.retry(b, p, now, &by.live[i], out)
	}
	by.planScript(b, p, now, out)
	by.begin(b, p, out)
}

// begin starts the loops in which the buyer is not waiting for an outcome.
func (by *buyer) begin(b *Bazaar, p *peer, out *Outbox) {
	if !p.active() {
		return
	}
	by.era++
	if b.cfg.Buyers.Demand == OpenLoop {
		out.After(by.gap(b), timer(arrivalTimer, by.era))
		return
	}
	waiting := 0
	for i := range by.live {
		if by.live[i].promised == 0 {
			waiting++
		}
	}
	for range b.cfg.Buyers.Outstanding - waiting {
		by.thinkAgain(b, p, out)
	}
}
