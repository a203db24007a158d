package bazaar

import (
	"souk/sim/actor"
	"souk/sim/market"
)

// gate is how a service keeps out traders whose term is over: each write names
// the seat and the term in which it was made, and one from an older term than
// the service has seen is turned down. The trader may have been taken for dead
// while it was only slow, and another has its queue by now. It is on disk.
//
// Source: the fencing token of Chubby's sequencers (Burrows, "The Chubby lock
// service", OSDI 2006).
type gate struct {
	// fences is by slot; nil if there is no fencing.
	fences []fence
}

// fence is the highest term that a service has seen of a seat: a counter and the
// id of who sits there in it, for two can win with the same counter, and then the
// higher id counts, as in elections.
// Invariant: (term, holder) never decreases.
type fence struct {
	term uint32
	// holder sits there in that term, None if the term only bars the one before.
	holder actor.ID
}

func newGate(cfg *TraderConfig) gate {
	if !cfg.Fencing {
		return gate{}
	}
	g := gate{fences: make([]fence, cfg.Count)}
	for i := range g.fences {
		g.fences[i].holder = actor.None
	}
	return g
}

// admits says whether a write counts. If not, its trader is told who holds the
// seat, and since which term.
func (g *gate) admits(from actor.ID, m *Message, out *Outbox) bool {
	if g.fences == nil {
		return true
	}
	if f := &g.fences[m.Slot]; m.Term < f.term || m.Term == f.term && from < f.holder {
		out.Say(market.Fact{
			Kind: market.Fenced, Peer: from, Request: m.Request, Slot: m.Slot, Term: m.Term, N: int64(f.term),
		})
		out.Send(from, Message{
			Kind: Fenced, Request: m.Request, Item: m.Item, Number: m.Number, Job: m.Job, Seller: m.Seller,
			Slot: m.Slot, Term: f.term, Holder: f.holder,
		})
		return false
	}
	g.raise(m.Slot, m.Term, from, from, out)
	return true
}

// raise takes note of a term.
func (g *gate) raise(slot int16, term uint32, holder, by actor.ID, out *Outbox) {
	f := &g.fences[slot]
	switch {
	case term > f.term:
		// Nobody sits in two seats: whoever takes one has left the other.
		for i := range g.fences {
			if holder != actor.None && g.fences[i].holder == holder {
				g.fences[i].holder = actor.None
			}
		}
		*f = fence{term, holder}
		out.Say(market.Fact{Kind: market.Barred, Peer: by, Slot: slot, Term: term})
	case term == f.term && holder > f.holder:
		f.holder = holder
	}
}

// bar closes the gate to the terms below the message's, and tells the sender
// what counts now.
func (g *gate) bar(from actor.ID, m *Message, out *Outbox) {
	g.raise(m.Slot, m.Term, m.Holder, from, out)
	g.answer(from, m.Seller, m.Slot, out)
}

// seated says that somebody holds another seat than one.
func (g *gate) seated(who actor.ID, than int16) bool {
	for slot := range g.fences {
		if int16(slot) != than && g.fences[slot].holder == who {
			return true
		}
	}
	return false
}

// answer tells a trader that claims another's queue what counts of a seat.
func (g *gate) answer(to, claimed actor.ID, slot int16, out *Outbox) {
	f := g.fences[slot]
	out.Send(to, Message{Kind: Barred, Seller: claimed, Slot: slot, Term: f.term, Holder: f.holder})
}
