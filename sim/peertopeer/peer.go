package peertopeer

import (
	"souk/sim/actor"
	"souk/sim/market"
)

// peer is what every peer is, whether it buys or sells: a node of the network,
// which passes on what others look for and what is replied.
type peer struct {
	id     actor.ID
	trails trails
	// left: the peer neither buys nor sells any more. It still passes on.
	left   bool
	closed bool
}

func newPeer(id actor.ID) peer { return peer{id: id} }

// active says that the peer begins something new.
func (p *peer) active() bool { return !p.left && !p.closed }

func (p *peer) step(mk *Market, in *Input, out *Outbox) {
	switch in.Trigger {
	case actor.Start:
		p.start(mk, in, out)
	case actor.Receive:
		p.receive(mk, in, out)
	case actor.Timeout:
		if by := mk.buyer(p.id); by != nil {
			by.expire(mk, p, in, out)
		} else {
			mk.seller(p.id).expire(mk, p, in, out)
		}
	case actor.Restart:
		p.restart(mk, in, out)
	case actor.Resign:
		p.leave(mk, out)
	case actor.Close:
		p.closed = true
	}
}

func (p *peer) start(mk *Market, in *Input, out *Outbox) {
	joined := market.Fact{Kind: market.Joined, Peer: actor.None}
	if s := mk.seller(p.id); s != nil {
		joined.N, joined.Item = 1, s.Item
		out.Say(joined)
		s.open(out)
		return
	}
	out.Say(joined)
	by := mk.buyer(p.id)
	by.PlanScript(mk.cast, in.Now, out)
	by.Open(by.Delay(), out)
}

func (p *peer) receive(mk *Market, in *Input, out *Outbox) {
	switch in.Msg.Kind {
	case LookUp:
		p.visit(mk, in, out)
	case Reply:
		p.passBack(mk, in, out)
	case Buy:
		mk.seller(p.id).accept(in, out)
	case Bought, Gone:
		mk.buyer(p.id).hear(mk, p, in, out)
	}
}

// visit handles a look-up. The first time, a seller that has what it seeks
// replies, and everybody passes it on to all neighbours but the one it came
// from, as long as hops are left: it is a flood, which a find does not stop, so
// how many messages it takes depends on the graph alone. Later copies are
// dropped. A buyer has seen its own look-ups.
func (p *peer) visit(mk *Market, in *Input, out *Outbox) {
	m := in.Msg
	f := market.Fact{
		Kind: market.Visited, Peer: in.From, Request: m.Request, Item: m.Item, N: int64(m.Hops), Term: m.Number,
	}
	buyer := m.Request.Buyer()
	if buyer == p.id || !p.trails.pass(buyer, m.Number, m.Done, in.From) {
		f.Kind = market.Suppressed
		out.Say(f)
		return
	}
	out.Say(f)
	if s := mk.seller(p.id); s != nil && s.Has(m.Item, m.Qty) {
		s.offer(in, out)
	}
	if m.Hops == 0 {
		return
	}
	onward := *m
	onward.Hops--
	for _, next := range mk.cfg.Neighbours[p.id] {
		if next != in.From {
			out.Send(next, onward)
		}
	}
}

// passBack hands a reply to the neighbour from whom the look-up came. A peer that
// has forgotten it since, because it crashed or because the look-up is over,
// drops the reply.
func (p *peer) passBack(mk *Market, in *Input, out *Outbox) {
	m := in.Msg
	buyer := m.Request.Buyer()
	if buyer == p.id {
		mk.buyer(p.id).collect(mk, p, in, out)
		return
	}
	if back := p.trails.back(buyer, m.Number); back != actor.None {
		out.Send(back, *m)
	}
}

// leave ends the peer's trading in good order.
func (p *peer) leave(mk *Market, out *Outbox) {
	if p.left {
		return
	}
	p.left = true
	if s := mk.seller(p.id); s != nil {
		s.Leave(out)
		return
	}
	out.Say(market.Fact{Kind: market.Left, Peer: actor.None, Slot: -1})
}

// restart takes up again what the peer remembers.
func (p *peer) restart(mk *Market, in *Input, out *Outbox) {
	if by := mk.buyer(p.id); by != nil {
		by.resume(mk, p, in.Now, out)
	} else if !p.left {
		mk.seller(p.id).resume(out)
	}
}
