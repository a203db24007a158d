package bazaar

import (
	"slices"

	"souk/sim/actor"
	"souk/sim/bazaar/election"
	"souk/sim/market"
	"souk/sim/table"
	"souk/sim/vtime"
)

// persist writes a request to the queue store before it is served. The store
// may hear of it twice, or after the request is done; it sorts that out.
func (t *trader) persist(b *Bazaar, j *job, out *Outbox) {
	if t.cfg.OnCrash == TakenOver {
		t.sign(out.Send(b.storeID(), Message{
			Kind: Persist, Request: j.request, Item: j.item, Qty: j.qty, Stamp: j.stamp, Number: j.number,
		}))
	}
}

// forget takes a request that is done out of the store.
func (t *trader) forget(b *Bazaar, j *job, out *Outbox) {
	if t.cfg.OnCrash == TakenOver {
		t.sign(out.Send(b.storeID(), Message{Kind: Forget, Request: j.request, Number: j.number}))
	}
}

// claim is a claim to a trader's queue that the store has not granted yet.
type claim struct {
	of actor.ID
	// slot and term are the fence behind which the queue is claimed: only when the
	// warehouse and the store know that writes of the seat count from that term on,
	// no write of its former holder can take effect any more.
	slot              int16
	term              uint32
	warehouse, stored bool
}

// claim asks the store for the queue of another trader, or, with the trader's
// own seat, for what is left of its own. It asks again until the store grants it.
func (t *trader) claim(b *Bazaar, seat election.Leader, out *Outbox) {
	if t.cfg.OnCrash != TakenOver {
		return
	}
	if len(t.claims) == 0 {
		out.After(t.cfg.AskAgain, t.timer(claimTimer, 0))
	}
	c := claim{of: seat.ID, slot: seat.Slot, term: seat.Term}
	at := slices.IndexFunc(t.claims, func(other claim) bool { return other.of == c.of })
	if at < 0 {
		at = len(t.claims)
		t.claims = append(t.claims, c)
	}
	if t.claims[at].slot != c.slot || t.claims[at].term < c.term {
		t.claims[at] = c
	}
	t.press(b, &t.claims[at], out)
}

func (t *trader) claimAgain(b *Bazaar, out *Outbox) {
	for at := range t.claims {
		t.press(b, &t.claims[at], out)
	}
	if len(t.claims) > 0 {
		out.After(t.cfg.AskAgain, t.timer(claimTimer, 0))
	}
}

// inherit takes a request from the store, or from a trader that resigned, into
// the queue. Its stamp puts it where it would have stood.
func (t *trader) inherit(b *Bazaar, p *peer, in *Input, out *Outbox) {
	m := in.Msg
	if t.cfg.Delivery == market.AtMostOnce && t.holds(m.Request) {
		return
	}
	if t.cfg.Fencing && in.From == b.storeID() && m.Seller == t.self && m.ClaimTerm < t.term {
		// Claimed in a term that is over: another may have it. It comes again if not.
		return
	}
	j := job{
		item: m.Item, qty: m.Qty, from: m.Request.Buyer(), number: m.Number, request: m.Request,
		stamp: m.Stamp, row: market.NoRow, inherited: true, repeated: true,
	}
	f := t.say(market.TookOver, &j, out)
	f.Peer = m.Seller
	if m.Seller == t.self {
		f.Kind = market.Reloaded
	}
	if t.cfg.Delivery == market.AtMostOnce && !t.wasUnsent(m) {
		t.disown(b, &j, out)
		return
	}
	if in.From != b.storeID() {
		t.persist(b, &j, out)
	}
	t.enqueue(j)
	t.serveNext(b, p, in.Now, out)
}

// resign gives up the office in good order: it tells everybody, hands the
// waiting requests to the heir, and goes once the jobs in hand are done. The
// last trader of the bazaar cannot resign: nobody could take over.
func (t *trader) resign(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	heir := actor.None
	for _, l := range p.voter.Leaders {
		if l.ID != t.self {
			heir = max(heir, l.ID)
		}
	}
	if heir == actor.None || t.retiring {
		return
	}
	p.voter.StandDown()
	for id := range actor.ID(len(b.peers)) {
		if id != t.self {
			t.sign(out.Send(id, Message{Kind: Resignation, Slot: t.slot, Seller: heir}))
		}
	}
	t.retire(b, p, heir, now, out)
	b.rules.Vacated(&p.voter, b.vote(p, now, out))
}

// retire lets go of the waiting line and stops taking requests. With a queue
// store the heir claims the queue there, when it hears of the resignation or,
// at the latest, misses the heartbeats; without, it is sent the requests. If
// delivery is at most once, an heir can't tell what was begun, so the trader,
// which can, sends the buyers elsewhere.
func (t *trader) retire(b *Bazaar, p *peer, heir actor.ID, now vtime.Time, out *Outbox) {
	t.retiring = true
	out.Say(market.Fact{Kind: market.Resigned, Peer: heir, Slot: t.slot})
	for len(t.waiting.jobs) > 0 {
		at := t.waiting.pop()
		j := t.jobs.At(at)
		if j.deposit {
			out.Send(j.from, Message{Kind: NotTrader, Number: j.number})
			t.drop(at)
			continue
		}
		t.say(market.Dropped, j, out)
		switch {
		case t.cfg.Delivery == market.AtMostOnce:
			t.forget(b, j, out)
			out.Send(j.from, Message{Kind: NotTrader, Request: j.request, Number: j.number})
		case t.cfg.OnCrash == LostQueue:
			out.Send(heir, Message{
				Kind: Inherited, Seller: t.self, Request: j.request, Item: j.item, Qty: j.qty,
				Stamp: j.stamp, Number: j.number,
			})
		}
		t.drop(at)
	}
	t.leaveIfDone(b, p, now, out)
}

// stay makes a trader that was about to leave go on, in the seat that it has
// now. Behind a fence, its heir may have what it had in hand.
func (t *trader) stay(b *Bazaar, p *peer, now vtime.Time, l election.Leader, out *Outbox) {
	t.slot, t.term, t.retiring = l.Slot, l.Term, false
	if t.cfg.Fencing {
		// Whoever it took for dead may have another seat by now.
		t.claims = nil
		t.supersede(out)
		t.claim(b, l, out)
		t.serveNext(b, p, now, out)
	}
}

// leaveIfDone ends the office of a retiring trader with nothing in hand; the
// peer buys or sells again.
func (t *trader) leaveIfDone(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	if !t.retiring || t.jobs.Used() > 0 || p.office != t {
		return
	}
	p.office = nil
	out.RolesMoved()
	if s := b.seller(p.id()); s != nil {
		s.resume(b, p, now, out)
	}
	if by := b.buyer(p.id()); by != nil && p.active() {
		by.Begin(out)
	}
}

// reboot drops what a crash takes from a trader that remembers: the timers of
// its jobs. With a queue store, the store's copy of the queue is the one that
// counts, for others may have taken it over; without, every request waits
// again.
func (t *trader) reboot(b *Bazaar) {
	jobs := t.jobs
	t.jobs, t.waiting.jobs, t.lockLine = table.Slots[job]{}, nil, nil
	t.busy, t.held, t.locked, t.pullUntil, t.restsUntil = 0, 0, false, 0, 0
	t.claims, t.unsent, t.doubtful = nil, nil, nil
	for at := range jobs.Len() {
		j := jobs.At(int32(at))
		if j.stage == free {
			continue
		}
		if j.accepted && j.waits() {
			t.cache.Settled(j.row, j.qty)
		}
		if t.cfg.Delivery == market.AtMostOnce && j.sent() {
			if t.cfg.OnCrash == LostQueue {
				t.doubtful = append(t.doubtful, *j)
			}
			continue
		}
		t.noteUnsent(j)
		if t.cfg.OnCrash == LostQueue || j.deposit {
			t.enqueue(job{
				deposit: j.deposit, item: j.item, qty: j.qty, from: j.from, number: j.number,
				request: j.request, price: j.price, stamp: j.stamp, row: market.NoRow, inherited: true, repeated: true,
			})
		}
	}
}

// comeBack takes up the office again after a crash.
func (t *trader) comeBack(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	t.open(b, p, now, out)
	l := t.reassert(b, p, now, out)
	t.claim(b, l, out)
	for i := range t.doubtful {
		t.say(market.Reloaded, &t.doubtful[i], out)
		t.disown(b, &t.doubtful[i], out)
	}
	t.doubtful = nil
	for _, at := range t.waiting.jobs {
		if !t.jobs.At(at).deposit {
			t.say(market.Reloaded, t.jobs.At(at), out)
		}
	}
	t.serveNext(b, p, now, out)
}
