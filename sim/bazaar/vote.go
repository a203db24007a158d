package bazaar

import (
	"souk/sim/actor"
	"souk/sim/bazaar/election"
	"souk/sim/market"
	"souk/sim/vtime"
)

// booth adapts one peer's step to election.Out.
type booth struct {
	b   *Bazaar
	p   *peer
	now vtime.Time
	out *Outbox
}

func (b *Bazaar) vote(p *peer, now vtime.Time, out *Outbox) election.Out {
	b.booth = booth{b: b, p: p, now: now, out: out}
	return &b.booth
}

func (v *booth) Send(to actor.ID, m election.Message) {
	v.out.Send(to, voteMessage(m))
}

func (v *booth) After(d vtime.Duration, guard uint32) { v.out.After(d, timer(electionTimer, guard)) }

func (v *booth) Called(term uint32) {
	v.out.Say(market.Fact{Kind: market.ElectionStarted, Peer: actor.None, Term: term})
}

func (v *booth) Again(taken int) {
	v.out.Say(market.Fact{Kind: market.ElectionAgain, Peer: actor.None, N: int64(taken)})
}

func (v *booth) Seated(l election.Leader, by actor.ID) {
	v.out.Say(market.Fact{Kind: market.Elected, Peer: by, Slot: l.Slot, Term: l.Term})
	v.out.RolesMoved()
	if v.p.office != nil {
		v.p.office.stay(v.b, v.p, v.now, l, v.out)
		return
	}
	v.p.office = newTrader(v.b, v.p, l)
	v.p.office.open(v.b, v.p, v.now, v.out)
	v.p.office.claim(v.b, l, v.out)
	v.p.buryMissing(v.b, v.now, v.out)
}

// Missing notes a silent leader.
func (v *booth) Missing(l election.Leader) {
	own := v.p.keepVigil()
	own.missing = append(own.missing, l)
}

// buryMissing announces the deaths that an election brought to light, and takes
// over the queues of the dead.
func (p *peer) buryMissing(b *Bazaar, now vtime.Time, out *Outbox) {
	if p.vigil == nil {
		return
	}
	missing := p.vigil.missing
	p.vigil.missing = nil
	for _, l := range missing {
		out.Say(market.Fact{Kind: market.Suspected, Peer: l.ID, Slot: l.Slot})
		p.office.watch.lost = append(p.office.watch.lost, l.ID)
		p.office.bury(b, p, now, l, out)
	}
}

// Reinstated reopens the office of a trader that came back without memory
// before anybody missed it.
func (v *booth) Reinstated(l election.Leader) {
	v.out.RolesMoved()
	if t := v.p.office; t != nil {
		if t.slot != l.Slot || t.term != l.Term {
			v.out.Say(market.Fact{Kind: market.Returned, Peer: l.ID, Slot: l.Slot, Term: l.Term, N: 1})
		}
		t.stay(v.b, v.p, v.now, l, v.out)
		return
	}
	v.p.office = newTrader(v.b, v.p, l)
	v.p.office.comeBack(v.b, v.p, v.now, v.out)
}

func (v *booth) Recognised(l election.Leader) {
	v.out.Say(market.Fact{Kind: market.Recognised, Peer: l.ID, Slot: l.Slot, Term: l.Term})
	v.out.Say(market.Fact{Kind: market.Ready, Peer: l.ID, Slot: l.Slot})
	v.p.note(l, v.now)
	if v.p.office != nil {
		v.p.office.greet(l, v.now)
	}
}

func (v *booth) Unseated(by election.Leader) {
	v.out.Say(market.Fact{Kind: market.Recognised, Peer: by.ID, Slot: by.Slot, Term: by.Term})
	v.p.note(by, v.now)
	v.p.office.sign(v.out.Send(by.ID, Message{Kind: Resignation, Slot: by.Slot, Seller: by.ID}))
	v.p.office.retire(v.b, v.p, by.ID, v.now, v.out)
}
