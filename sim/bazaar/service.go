package bazaar

import (
	"souk/sim/bazaar/cache"
	"souk/sim/market"
	"souk/sim/peers"
	"souk/sim/vtime"
)

// serveNext puts free workers to work, unless the trader rests.
func (t *trader) serveNext(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	if now < t.restsUntil {
		return
	}
	for t.busy < t.cfg.Workers && len(t.waiting.jobs) > 0 {
		at := t.waiting.pop()
		j := t.jobs.At(at)
		j.stage, j.worker = serving, true
		t.busy++
		if !j.deposit {
			t.say(market.Started, j, out)
		}
		t.wait(t.cfg.Service.Draw(&t.service), servedTimer, at, out)
	}
}

// wait sets a job's timer. Even a wait of no time goes through the event
// queue, so that a zero service time orders events like a tiny one.
func (t *trader) wait(ns float64, kind uint16, at int32, out *Outbox) {
	out.Takes(vtime.FromNanos(ns), t.timer(kind, at))
}

// enterLock takes the write lock, or lines up for it.
func (t *trader) enterLock(at int32, out *Outbox) {
	if t.locked {
		t.lockLine = append(t.lockLine, at)
		return
	}
	t.locked = true
	t.wait(t.cfg.Locked.Draw(&t.lock), unlockTimer, at, out)
}

// leaveLock is the instant at which a job's critical section takes effect.
func (t *trader) leaveLock(b *Bazaar, p *peer, now vtime.Time, at int32, out *Outbox) {
	t.locked = false
	t.decide(b, p, now, at, out)
	if len(t.lockLine) > 0 {
		next := t.lockLine[0]
		t.lockLine = append(t.lockLine[:0], t.lockLine[1:]...)
		t.enterLock(next, out)
	}
}

// decide asks the cache what to do with a request; a deposit goes to the
// warehouse as it is.
func (t *trader) decide(b *Bazaar, p *peer, now vtime.Time, at int32, out *Outbox) {
	j := t.jobs.At(at)
	switch {
	case j.superseded:
		t.letGo(at, out)
		t.serveNext(b, p, now, out)
		t.leaveIfDone(b, p, now, out)
		return
	case j.deposit:
		t.ask(b, now, at, question{kind: Store, qty: j.qty}, out)
		return
	}
	d := t.cache.Decide(now, j.item, j.qty, b.cfg.Buyers.Fill == peers.Partial)
	if d.Verdict == cache.Refuse && j.repeated {
		// Another trader may have sold it already; only the warehouse knows.
		d.Verdict = cache.Consult
	}
	switch d.Verdict {
	case cache.Serve:
		t.serve(b, p, now, at, d, out)
	case cache.Refuse:
		t.say(market.Denied, j, out).Version = t.version
		j.answer = answer{kind: NoSale, outcome: market.RejectedOutOfStock}
		t.conclude(b, p, now, at, out)
	default:
		t.say(market.Asked, j, out)
		q := question{kind: Ship, qty: j.qty, row: market.NoRow}
		if t.cfg.Cache.Mode != cache.Off {
			q.flags |= WithStock
		}
		if b.cfg.Warehouse.Writes == Absolute {
			q.kind = Read
		}
		t.ask(b, now, at, q, out)
	}
}

// serve accepts a request on the cache: the units come off the cached count,
// and the warehouse is told to ship.
func (t *trader) serve(b *Bazaar, p *peer, now vtime.Time, at int32, d cache.Decision, out *Outbox) {
	j := t.jobs.At(at)
	j.accepted, j.row, j.qty = true, d.Row, d.Take
	t.cache.Sold(d.Row, d.Take)
	f := t.say(market.Accepted, j, out)
	f.N, f.Version = int64(d.Seen), t.version
	q := question{kind: Ship, qty: d.Take, row: d.Row, flags: FromCache}
	if b.cfg.Warehouse.Writes == Absolute {
		q.flags |= SetCount
		q.count = d.Seen - d.Take
	}
	t.ask(b, now, at, q, out)
	if t.cfg.Confirm == WhenCached {
		j.promised = true
		t.say(market.Confirmed, j, out)
		out.Send(j.from, Message{Kind: Bought, Flags: Promised, Request: j.request, Qty: j.qty, Slot: t.slot, Load: t.load16()})
		t.spread(b, p, now, at, out)
	}
}

// ask sends a question to the warehouse and asks again if no answer comes. If
// delivery is exactly once, the warehouse answers a question about the same
// request or deposit the same way, however often it is asked.
func (t *trader) ask(b *Bazaar, now vtime.Time, at int32, q question, out *Outbox) {
	j := t.jobs.At(at)
	if j.stage != telling {
		j.stage = asking
	}
	j.asked, j.askedAt = q, now
	m := Message{
		Kind: q.kind, Flags: q.flags, Row: q.row, Qty: q.qty, Count: q.count, Job: at,
		Item: j.item, Number: j.number, Request: j.request, Seller: j.from, Price: j.price, Stamp: j.stamp,
	}
	if q.kind == Ship && t.cfg.Delivery == market.AtMostOnce {
		p := &b.peers[t.self]
		p.sequence++
		m.Sequence = p.sequence
	}
	t.sign(out.Send(b.warehouseID(), m))
	j.deadline = now.Add(t.cfg.AskAgain)
	out.After(t.cfg.AskAgain, t.timer(chaseTimer, at))
}

// waits says that the warehouse owes the job an answer.
func (j *job) waits() bool { return j.asked.kind != 0 && j.answer.kind == 0 }

// chase repeats a question whose answer is overdue. A timer that fires before
// the deadline belongs to an earlier question or an earlier job.
func (t *trader) chase(b *Bazaar, p *peer, now vtime.Time, at int32, out *Outbox) {
	j := t.jobs.At(at)
	switch {
	case !j.waits() || now < j.deadline:
	case t.cfg.Delivery == market.AtMostOnce && j.asked.kind == Ship:
		t.giveUp(b, p, now, at, out)
	default:
		t.ask(b, now, at, j.asked, out)
	}
}

// answered returns the job that a message of the warehouse is about, or nil: an
// answer to a question that a crash or an earlier answer made pointless is
// ignored.
func (t *trader) answered(m *Message) *job {
	if int(m.Job) >= t.jobs.Len() {
		return nil
	}
	j := t.jobs.At(m.Job)
	if !j.waits() || j.request != m.Request || j.number != m.Number || j.deposit && j.from != m.Seller {
		return nil
	}
	return j
}

// hearWarehouse takes the answer to a job's question.
func (t *trader) hearWarehouse(b *Bazaar, p *peer, in *Input, out *Outbox) {
	m := in.Msg
	j := t.answered(m)
	if j == nil {
		return
	}
	switch m.Kind {
	case ReadReply:
		if j.asked.kind == Read {
			t.writeCount(b, in.Now, m, out)
		}
	case Stored:
		t.cache.Learn(m.Row, market.Offer{Count: m.Count, Price: m.Price, Stamp: m.Stamp})
		out.Send(j.from, Message{Kind: Registered, Number: j.number, Slot: t.slot})
		t.release(m.Job, out)
		t.drop(m.Job)
		t.serveNext(b, p, in.Now, out)
		t.leaveIfDone(b, p, in.Now, out)
	case Shipped, Refused:
		t.learn(b, in.Now, j, m, out)
		j.answer = answer{
			kind: m.Kind, flags: m.Flags, outcome: m.Outcome,
			qty: m.Qty, count: m.Count, seller: m.Seller, price: m.Price,
		}
		switch {
		case j.stage == telling:
			// A promised request; afterTelling concludes it.
		case j.promised:
			t.conclude(b, p, in.Now, m.Job, out)
		case m.Kind == Shipped:
			j.row, j.qty = m.Row, m.Qty
			t.spread(b, p, in.Now, m.Job, out)
		default:
			t.conclude(b, p, in.Now, m.Job, out)
		}
	}
}

// writeCount goes on with an absolute write: having read a count, the trader
// writes one less, whatever others wrote in between.
func (t *trader) writeCount(b *Bazaar, now vtime.Time, m *Message, out *Outbox) {
	j := t.jobs.At(m.Job)
	take := min(j.qty, m.Count)
	q := question{
		kind: Ship, qty: take, row: m.Row, count: m.Count - take, flags: SetCount | j.asked.flags&WithStock,
	}
	if m.Row == market.NoRow {
		// Nothing to write; the warehouse says why.
		q.flags, q.qty = j.asked.flags&WithStock, j.qty
	}
	t.ask(b, now, m.Job, q, out)
}

// learn teaches the cache what an answer tells.
func (t *trader) learn(b *Bazaar, now vtime.Time, j *job, m *Message, out *Outbox) {
	if j.accepted {
		t.cache.Settled(j.row, j.asked.qty)
	}
	if m.Kind == Refused && m.Row != market.NoRow {
		t.cache.Learn(m.Row, market.Offer{Count: m.Count, Price: m.Price, Stamp: m.Stamp})
	}
	if m.Rows != nil {
		t.load(b, now, m, out)
	}
}

// conclude tells the buyer, and the seller of a sale, and lets go of the job.
func (t *trader) conclude(b *Bazaar, p *peer, now vtime.Time, at int32, out *Outbox) {
	j := t.jobs.At(at)
	a := &j.answer
	reply := Message{Request: j.request, Item: j.item, Slot: t.slot, Load: t.load16()}
	switch {
	case a.kind == Shipped:
		reply.Kind, reply.Qty, reply.Seller, reply.Price = Bought, a.qty, a.seller, a.price
		if a.flags&Again == 0 || j.inherited {
			_, earned := t.cfg.Commission.Split(a.price)
			out.Send(a.seller, Message{Kind: Paid, Request: j.request, Item: j.item, Price: earned, Count: a.count})
		}
	default:
		reply.Kind, reply.Outcome = NoSale, a.outcome
		if j.promised {
			reply.Kind = Revoked
		}
		if a.outcome != market.Lost {
			t.say(market.Unavailable, j, out)
		}
	}
	out.Send(j.from, reply)
	t.say(market.Answered, j, out)
	t.forget(b, j, out)
	t.release(at, out)
	t.drop(at)
	t.serveNext(b, p, now, out)
	t.leaveIfDone(b, p, now, out)
}

// release frees the worker that is bound to a job.
func (t *trader) release(at int32, out *Outbox) {
	j := t.jobs.At(at)
	if !j.worker {
		return
	}
	j.worker = false
	t.busy--
	if !j.deposit {
		t.say(market.Finished, j, out)
	}
}

// load16 is the length of the queue, as told to buyers.
func (t *trader) load16() uint16 { return uint16(min(t.held, 1<<16-1)) }
