package bazaar

import (
	"slices"

	"souk/sim/actor"
	"souk/sim/bazaar/election"
	"souk/sim/market"
	"souk/sim/vtime"
)

// This file is what every peer does if traders send their heartbeats to
// everybody: it hears who leads, in which seat and term, notices silence itself,
// and calls an election when a seat is free. So views converge whatever news of
// elections and deaths was lost: a live leader is heard of, a dead one falls
// silent, and of two leaders for a seat the one with the older term is told.

// listens says that heartbeats go to everybody.
func (b *Bazaar) listens() bool { return b.cfg.Traders.HeartbeatAll }

// vigil is what a peer notes of silent leaders.
type vigil struct {
	// heard is, by slot, when the trader there last gave a sign of life; nil unless
	// heartbeats go to everybody.
	heard []vtime.Time
	// missing are leaders that the peer found silent in an election; if it wins
	// a seat, it buries them.
	missing []election.Leader
}

// keepVigil returns the peer's vigil, which it begins if need be.
func (p *peer) keepVigil() *vigil {
	if p.vigil == nil {
		p.vigil = &vigil{}
	}
	return p.vigil
}

// find notes that a leader is not missing any more.
func (v *vigil) find(id actor.ID) {
	v.missing = slices.DeleteFunc(v.missing, func(gone election.Leader) bool { return gone.ID == id })
}

// startListening begins to listen; all leaders known are given time to speak.
func (p *peer) startListening(b *Bazaar, now vtime.Time, out *Outbox) {
	if !b.listens() {
		return
	}
	v := p.keepVigil()
	if v.heard == nil {
		v.heard = make([]vtime.Time, b.cfg.Traders.Count)
	}
	for i := range v.heard {
		v.heard[i] = now
	}
	out.After(b.cfg.Traders.HeartbeatEvery, timer(listenTimer, 0))
}

// note takes down a sign of life.
func (p *peer) note(l election.Leader, now vtime.Time) {
	v := p.vigil
	if v == nil || v.heard == nil {
		return
	}
	if int(l.Slot) < len(v.heard) {
		v.heard[l.Slot] = now
	}
	v.find(l.ID)
}

// hearBeat takes a heartbeat. Its sender's seat is adopted if it is news; if it
// is old, its sender is told who has the seat now.
func (p *peer) hearBeat(b *Bazaar, in *Input, out *Outbox) {
	l := election.Leader{ID: in.From, Slot: in.Msg.Slot, Term: in.Msg.Term}
	if held, leads := p.voter.Leads(l.ID); !leads || held != l {
		b.rules.Hear(&p.voter, l.ID, election.Message{Kind: election.Won, Term: l.Term, Leader: l}, b.vote(p, in.Now, out))
		p.lookAround(b, out)
	}
	held, taken := p.voter.Seat(l.Slot)
	switch {
	case taken && held == l:
		p.note(l, in.Now)
		if p.office != nil {
			p.office.greet(l, in.Now)
		}
	case taken && held.ID != p.id() && held.ID != l.ID:
		out.Send(l.ID, voteMessage(election.Message{Kind: election.Won, Term: held.Term, Leader: held}))
	}
}

// listen looks for silent leaders; traders do so themselves, since they bury
// the dead. A peer that wins the seat of one buries it then.
func (p *peer) listen(b *Bazaar, now vtime.Time, out *Outbox) {
	out.After(b.cfg.Traders.HeartbeatEvery, timer(listenTimer, 0))
	if p.office != nil && !p.office.retiring {
		return
	}
	for _, l := range p.voter.Leaders {
		if l.ID == p.id() || now.Sub(p.vigil.heard[l.Slot]) < b.cfg.Traders.DeadAfter {
			continue
		}
		out.Say(market.Fact{Kind: market.Bereaved, Peer: l.ID, Slot: l.Slot, N: int64(market.Noticed)})
		p.voter.Remove(l.ID)
		p.vigil.missing = append(p.vigil.missing, l)
		p.mourn(b, now, l.ID, out)
	}
	b.rules.Review(&p.voter, b.vote(p, now, out))
}

// mourn is what a peer does once a leader is gone from its view.
func (p *peer) mourn(b *Bazaar, now vtime.Time, gone actor.ID, out *Outbox) {
	b.rules.Vacated(&p.voter, b.vote(p, now, out))
	if by := b.buyer(p.id()); by != nil && b.cfg.Traders.OnCrash == LostQueue {
		by.redirectAll(b, p, now, gone, out)
	}
}

// beatAll sends a trader's heartbeat to everybody.
func (t *trader) beatAll(b *Bazaar, out *Outbox) {
	for id := range actor.ID(len(b.peers)) {
		if id != t.self {
			out.Send(id, Message{Kind: Heartbeat, Slot: t.slot, Term: t.term})
		}
	}
}
