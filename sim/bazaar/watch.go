package bazaar

import (
	"slices"

	"souk/sim/actor"
	"souk/sim/bazaar/election"
	"souk/sim/market"
	"souk/sim/vtime"
)

// watch is what a trader knows of the other traders' health.
type watch struct {
	// heard is, by slot, when the trader there last gave a sign of life.
	heard []vtime.Time
	// unburied are traders that this one believes dead and nobody has
	// announced yet: whoever is to do so may be dead as well.
	unburied []election.Leader
	// lost are all traders that this one believes dead. It goes on sending them
	// heartbeats: one that is not dead after all answers, or is told.
	lost []actor.ID
}

func newWatch(seats int) watch { return watch{heard: make([]vtime.Time, seats)} }

// greet notes a sign of life of another trader.
func (t *trader) greet(l election.Leader, now vtime.Time) {
	if int(l.Slot) < len(t.watch.heard) {
		t.watch.heard[l.Slot] = now
	}
	t.settleSuspicion(l.ID)
	t.watch.lost = slices.DeleteFunc(t.watch.lost, func(id actor.ID) bool { return id == l.ID })
}

// settleSuspicion drops a suspicion: the trader is back, or was buried.
func (t *trader) settleSuspicion(id actor.ID) {
	t.watch.unburied = slices.DeleteFunc(t.watch.unburied, func(l election.Leader) bool { return l.ID == id })
}

// beat sends a heartbeat to every other trader and looks for silent ones.
func (t *trader) beat(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	out.After(t.cfg.HeartbeatEvery, t.timer(beatTimer, 0))
	if t.retiring {
		return
	}
	if b.listens() {
		t.beatAll(b, out)
	} else {
		t.beatTraders(p, out)
	}
	var silent []election.Leader
	for _, l := range p.voter.Leaders {
		if l.ID != t.self && now.Sub(t.watch.heard[l.Slot]) >= t.cfg.DeadAfter {
			silent = append(silent, l)
		}
	}
	for _, l := range silent {
		out.Say(market.Fact{Kind: market.Suspected, Peer: l.ID, Slot: l.Slot})
		p.voter.Remove(l.ID)
		t.watch.unburied = append(t.watch.unburied, l)
		t.watch.lost = append(t.watch.lost, l.ID)
	}
	if len(t.watch.unburied) > 0 && t.isHeir(p) {
		for _, l := range slices.Clone(t.watch.unburied) {
			t.bury(b, p, now, l, out)
		}
	}
}

// beatTraders sends a heartbeat to the other traders, also to those that are
// believed dead.
func (t *trader) beatTraders(p *peer, out *Outbox) {
	for _, l := range p.voter.Leaders {
		if l.ID != t.self {
			out.Send(l.ID, Message{Kind: Heartbeat, Slot: t.slot})
		}
	}
	for _, id := range t.watch.lost {
		out.Send(id, Message{Kind: Heartbeat, Slot: t.slot})
	}
}

// isHeir says whether this trader takes over from the dead: the one with the
// highest id among the traders that it believes alive. All survivors apply the
// same rule, so that, unless their views differ, one of them acts.
func (t *trader) isHeir(p *peer) bool {
	for _, l := range p.voter.Leaders {
		if l.ID > t.self {
			return false
		}
	}
	return true
}

// bury announces a death to everybody, the dead trader included, in case it is
// not, and takes over its queue.
func (t *trader) bury(b *Bazaar, p *peer, now vtime.Time, dead election.Leader, out *Outbox) {
	t.settleSuspicion(dead.ID)
	for id := range actor.ID(len(b.peers)) {
		if id != t.self {
			out.Send(id, Message{Kind: Death, Seller: dead.ID, Slot: dead.Slot})
		}
	}
	dead.Term++
	t.claim(b, dead, out)
	t.rest(now, out)
	b.rules.Vacated(&p.voter, b.vote(p, now, out))
}

// rest gives everybody time to take note of a death before the trader serves
// again. A death during the rest prolongs it.
func (t *trader) rest(now vtime.Time, out *Outbox) {
	pause := t.cfg.TakeoverPause
	if pause == 0 {
		return
	}
	t.restsUntil = now.Add(pause)
	out.Say(market.Fact{Kind: market.Resting, Peer: actor.None, Slot: t.slot, N: int64(pause)})
	out.After(pause, t.timer(restTimer, 0))
}

// hearHeartbeat takes a sign of life. One from a trader that this one has
// dropped tells that trader that it is believed dead.
func (t *trader) hearHeartbeat(p *peer, in *Input, out *Outbox) {
	if l, known := p.voter.Leads(in.From); known {
		t.greet(l, in.Now)
		return
	}
	out.Send(in.From, Message{Kind: Death, Seller: in.From, Slot: in.Msg.Slot})
}

// hearOwnDeath renews the trader's claim to its seat. What waited in its queue
// was taken over by others, so it lets go of it; what its workers have in hand
// it finishes, since the warehouse tells a repeated request. If writes are
// fenced, its heir has that too.
func (t *trader) hearOwnDeath(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	if t.retiring {
		return
	}
	out.Say(market.Fact{Kind: market.WronglySuspected, Peer: actor.None, Slot: t.slot})
	t.startAnew(b, p, now, out)
}

// startAnew lets go of what others have taken over, renews the trader's claim to
// its seat and asks the store for what is left of its queue.
func (t *trader) startAnew(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	t.supersede(out)
	if t.cfg.OnCrash == TakenOver {
		t.dropWaiting(b, p, now, out)
	}
	l := t.reassert(b, p, now, out)
	t.claim(b, l, out)
	t.serveNext(b, p, now, out)
}

// dropWaiting empties the waiting line of requests; deposits stay.
func (t *trader) dropWaiting(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	var deposits []int32
	for len(t.waiting.jobs) > 0 {
		at := t.waiting.pop()
		if t.jobs.At(at).deposit {
			deposits = append(deposits, at)
			continue
		}
		t.noteUnsent(t.jobs.At(at))
		t.say(market.Dropped, t.jobs.At(at), out)
		t.drop(at)
	}
	for _, at := range deposits {
		t.waiting.push(at)
	}
	t.serveNext(b, p, now, out)
}

// reassert tells everybody that the trader holds its seat.
func (t *trader) reassert(b *Bazaar, p *peer, now vtime.Time, out *Outbox) election.Leader {
	l := p.voter.Reassert(t.slot)
	t.term = l.Term
	out.Say(market.Fact{Kind: market.Returned, Peer: t.self, Slot: t.slot, Term: l.Term})
	election.Announce(t.cfg.Election, &p.voter, l, b.vote(p, now, out))
	return l
}
