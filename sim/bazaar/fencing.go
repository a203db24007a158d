package bazaar

import (
	"souk/sim/actor"
	"souk/sim/bazaar/election"
	"souk/sim/market"
	"souk/sim/vtime"
)

// sign puts the trader's seat and term on a write, if writes are fenced.
func (t *trader) sign(m *Message) {
	if t.cfg.Fencing {
		m.Slot, m.Term = t.slot, t.term
	}
}

// press goes on with a claim: first it closes the gates of the warehouse and the
// store to the writes of the trader whose queue is claimed, then it claims.
func (t *trader) press(b *Bazaar, c *claim, out *Outbox) {
	if !t.cfg.Fencing || c.warehouse && c.stored {
		t.sign(out.Send(b.storeID(), Message{Kind: Inherit, Seller: c.of, ClaimSlot: c.slot, ClaimTerm: c.term}))
		return
	}
	m := Message{Kind: Bar, Seller: c.of, Slot: c.slot, Term: c.term, Holder: actor.None}
	if c.of == t.self {
		m.Holder = t.self
	}
	if !c.warehouse {
		out.Send(b.warehouseID(), m)
	}
	if !c.stored {
		out.Send(b.storeID(), m)
	}
}

// hearBarred takes a service's word that a seat's earlier terms are over. If the
// trader whose queue is claimed has written in a later term than the claimant
// knew, it is barred again, unless it has shown since that it is alive: then it
// claims its queue itself.
func (t *trader) hearBarred(b *Bazaar, p *peer, in *Input, out *Outbox) {
	m := in.Msg
	for at := range t.claims {
		c := &t.claims[at]
		if c.of != m.Seller || c.slot != m.Slot || m.Term < c.term {
			continue
		}
		switch {
		case c.of == t.self && (m.Term > c.term || m.Holder > t.self):
			t.overruled(b, p, in.Now, m, out)
		case c.of != t.self && m.Holder == c.of:
			if _, back := p.voter.Leads(c.of); back {
				t.claims = append(t.claims[:at], t.claims[at+1:]...)
				return
			}
			*c = claim{of: c.of, slot: c.slot, term: m.Term + 1}
			t.press(b, c, out)
		default:
			later := m.Term > c.term
			if later {
				// Both have to know of the later term.
				*c = claim{of: c.of, slot: c.slot, term: m.Term}
			}
			c.warehouse = c.warehouse || in.From == b.warehouseID()
			c.stored = c.stored || in.From == b.storeID()
			if later || c.warehouse && c.stored {
				t.press(b, c, out)
			}
		}
		return
	}
}

// hearFenced takes a service's word that a write came from a term that is over.
// What others cannot have taken over, a deposit, the trader repeats in its new
// term, or gives back if it has none.
func (t *trader) hearFenced(b *Bazaar, p *peer, in *Input, out *Outbox) {
	m := in.Msg
	if m.Slot == t.slot && (m.Term > t.term || m.Term == t.term && m.Holder > t.self) {
		t.overruled(b, p, in.Now, m, out)
	}
	j := t.answered(m)
	switch {
	case p.office != t || j == nil || in.From != b.warehouseID():
		// What the store turned down says nothing of a question to the warehouse.
	case !t.retiring:
		t.ask(b, in.Now, m.Job, j.asked, out)
	case j.deposit:
		out.Send(j.from, Message{Kind: NotTrader, Number: j.number})
		t.release(m.Job, out)
		t.drop(m.Job)
		t.serveNext(b, p, in.Now, out)
		t.leaveIfDone(b, p, in.Now, out)
	}
}

// overruled is what a trader does when it learns that its term is over. If
// somebody sits in its place, it makes way; otherwise it was only taken for dead,
// and claims its seat in a later term.
func (t *trader) overruled(b *Bazaar, p *peer, now vtime.Time, m *Message, out *Outbox) {
	p.voter.Learn(m.Term)
	switch {
	case t.retiring:
		t.supersede(out)
		t.serveNext(b, p, now, out)
		t.leaveIfDone(b, p, now, out)
	case m.Holder != actor.None && m.Holder != t.self:
		t.supersede(out)
		l := election.Leader{ID: m.Holder, Slot: m.Slot, Term: m.Term}
		b.rules.Hear(&p.voter, l.ID, election.Message{Kind: election.Won, Term: l.Term, Leader: l}, b.vote(p, now, out))
	default:
		t.startAnew(b, p, now, out)
	}
}

// supersede lets go of the requests that workers have in hand: behind the fence,
// another trader has them. A worker that is in the middle of something ends it
// first; a request that the warehouse has answered is told its outcome.
func (t *trader) supersede(out *Outbox) {
	if !t.cfg.Fencing {
		return
	}
	for at := range int32(t.jobs.Len()) {
		switch j := t.jobs.At(at); {
		case j.deposit:
		case j.stage == serving, j.stage == telling && j.waits():
			j.superseded = true
		case j.stage == asking && j.waits():
			t.letGo(at, out)
		}
	}
}

// letGo drops a request in hand that is another trader's.
func (t *trader) letGo(at int32, out *Outbox) {
	j := t.jobs.At(at)
	if j.accepted && j.waits() {
		t.cache.Settled(j.row, j.asked.qty)
	}
	t.say(market.Superseded, j, out)
	t.release(at, out)
	t.drop(at)
}
