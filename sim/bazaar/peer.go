package bazaar

import (
	"souk/sim/actor"
	"souk/sim/bazaar/election"
	"souk/sim/market"
	"souk/sim/vtime"
)

// peer is what every peer is, whether it buys, sells or neither: a voter, and
// perhaps a trader.
type peer struct {
	voter election.Voter
	// office is set while the peer is a trader.
	office *trader
	// tenure counts the offices that the peer held, modulo 256.
	tenure uint8
	// settling: all traders are known, the waits before trading have begun.
	settling bool
	// vigil is nil until there is something to note in it.
	vigil *vigil
	// trading: the waits are over for this peer.
	trading bool
	closed  bool
	// sequence is the number of the last Ship, seen the requests that reached this
	// peer, both for delivery at most once and both on disk.
	sequence uint32
	seen     *market.Receipts[struct{}]
}

func (p *peer) id() actor.ID { return p.voter.Self }

// active says that the peer buys or sells: it trades, is no trader, and the
// run is not closing.
func (p *peer) active() bool { return p.trading && p.office == nil && !p.closed }

func (p *peer) step(b *Bazaar, in *Input, out *Outbox) {
	switch in.Trigger {
	case actor.Start:
		p.start(b, in, out)
	case actor.Receive:
		p.receive(b, in, out)
	case actor.Timeout:
		p.expire(b, in, out)
	case actor.Restart:
		p.restart(b, in, out)
	case actor.Resign:
		if p.office != nil {
			p.office.resign(b, p, in.Now, out)
		}
	case actor.Close:
		p.closed = true
	}
}

func (p *peer) start(b *Bazaar, in *Input, out *Outbox) {
	joined := market.Fact{Kind: market.Joined, Peer: actor.None}
	if s := b.seller(p.id()); s != nil {
		joined.N, joined.Item = 1, s.Item
	}
	out.Say(joined)
	b.rules.Start(&p.voter, b.vote(p, in.Now, out))
	if by := b.buyer(p.id()); by != nil {
		by.PlanScript(b.cast, in.Now, out)
	}
	p.lookAround(b, out)
	if !p.settling {
		out.After(b.patience(), timer(introduceTimer, 0))
	}
	p.startListening(b, in.Now, out)
}

func (p *peer) receive(b *Bazaar, in *Input, out *Outbox) {
	m := in.Msg
	switch m.Kind {
	case Vote:
		p.voter.Complete = p.voter.Complete || m.Flags&Settled != 0
		b.rules.Hear(&p.voter, in.From, m.vote(), b.vote(p, in.Now, out))
		p.lookAround(b, out)
	case Death:
		p.hearDeath(b, in, out)
	case Resignation:
		p.bereave(b, in.Now, in.From, m.Slot, true, out)
		if p.office != nil && m.Seller == p.id() {
			p.office.claim(b, election.Leader{ID: in.From, Slot: m.Slot, Term: m.Term + 1}, out)
		}
	case Heartbeat:
		switch {
		case b.listens():
			p.hearBeat(b, in, out)
		case p.office != nil:
			p.office.hearHeartbeat(p, in, out)
		}
	case WhoLeads:
		p.tellWhoLeads(in.From, out)
	case Buy, Deposit:
		if m.Kind == Buy && p.knows(b, m) {
			return
		}
		if p.office == nil || p.office.retiring {
			out.Send(in.From, Message{Kind: NotTrader, Request: m.Request, Number: m.Number})
			return
		}
		p.office.accept(b, p, in, out)
	case Bought, NoSale, Revoked:
		b.buyer(p.id()).hear(b, p, in, out)
	case NotTrader:
		p.voter.Remove(in.From)
		if s := b.seller(p.id()); s != nil {
			s.deposit(b, p, in.Now, out)
		} else {
			b.buyer(p.id()).redirect(b, p, in.Now, m.Request.Number(), out)
		}
	case Registered, Paid:
		b.seller(p.id()).hear(b, p, in, out)
	default:
		if p.office != nil {
			p.office.receive(b, p, in, out)
		}
	}
}

func (p *peer) expire(b *Bazaar, in *Input, out *Outbox) {
	switch in.Timer.Kind {
	case electionTimer:
		b.rules.Expire(&p.voter, in.Timer.Guard, b.vote(p, in.Now, out))
		p.lookAround(b, out)
	case settledTimer:
		if s := b.seller(p.id()); s != nil && p.office == nil {
			s.open(b, p, in.Now, out)
		}
		out.After(b.cfg.Traders.Opening, timer(openTimer, 0))
	case openTimer:
		p.open(b, out)
	case introduceTimer:
		p.introduce(b, out)
	case listenTimer:
		p.listen(b, in.Now, out)
	case thinkTimer, arrivalTimer, scriptTimer, answerTimer:
		b.buyer(p.id()).expire(b, p, in, out)
	case changeTimer, depositTimer, restockedTimer:
		b.seller(p.id()).expire(b, p, in, out)
	default:
		if p.office != nil {
			p.office.expire(b, p, in, out)
		}
	}
}

// lookAround begins the waits before trading once the peer knows as many
// traders as there shall be, or knows that there once were.
func (p *peer) lookAround(b *Bazaar, out *Outbox) {
	known := len(p.voter.Leaders)
	if p.settling || known == 0 || known < b.cfg.Traders.Count && !p.voter.Complete {
		return
	}
	p.settling = true
	out.Say(market.Fact{Kind: market.Settling, Peer: actor.None, N: int64(b.cfg.Traders.Settle)})
	out.After(b.cfg.Traders.Settle, timer(settledTimer, 0))
}

// open begins the peer's trading.
func (p *peer) open(b *Bazaar, out *Outbox) {
	p.trading = true
	if p.office != nil {
		out.Say(market.Fact{
			Kind: market.Opened, Peer: actor.None,
			Slot: p.office.slot, N: int64(len(p.voter.Leaders)),
		})
		return
	}
	if by := b.buyer(p.id()); by != nil {
		by.Open(by.Delay(), out)
	}
}

// hearDeath drops a dead trader from the peer's view. A peer that hears of its
// own death is alive after all and says so.
func (p *peer) hearDeath(b *Bazaar, in *Input, out *Outbox) {
	dead := in.Msg.Seller
	if dead != p.id() {
		p.bereave(b, in.Now, dead, in.Msg.Slot, false, out)
		return
	}
	if p.office != nil {
		p.office.hearOwnDeath(b, p, in.Now, out)
	}
}

// bereave handles that a trader died or resigned.
func (p *peer) bereave(b *Bazaar, now vtime.Time, gone actor.ID, slot int16, resigned bool, out *Outbox) {
	known := p.voter.Remove(gone)
	if b.listens() {
		p.keepVigil().find(gone)
	}
	if p.office != nil {
		p.office.settleSuspicion(gone)
	}
	if !known {
		return
	}
	f := market.Fact{Kind: market.Bereaved, Peer: gone, Slot: slot}
	if resigned {
		f.N = int64(market.Goodbye)
	}
	out.Say(f)
	p.mourn(b, now, gone, out)
}

// knows says, where delivery is at most once, that a request came before: the
// network made a copy. A peer that is no trader takes note as well, for its buyer
// asks elsewhere and the copy may find this peer in office.
func (p *peer) knows(b *Bazaar, m *Message) bool {
	if b.cfg.Traders.Delivery != market.AtMostOnce {
		return false
	}
	if p.seen == nil {
		p.seen = new(market.Receipts[struct{}])
	}
	p.seen.Settle(m.Request, m.Number)
	_, known := p.seen.Find(m.Request)
	p.seen.Keep(m.Request, struct{}{})
	return known || p.seen.Over(m.Request)
}

// reboot drops what the crash took; see Bazaar.Reboot.
func (p *peer) reboot(b *Bazaar, memory bool) {
	p.voter.Reset()
	if !memory {
		p.voter.Forget()
		p.office = nil
		p.settling, p.trading = false, false
	}
	if p.office != nil && p.office.retiring {
		p.office = nil
	}
	if p.office != nil {
		p.office.reboot(b)
	}
	if s := b.seller(p.id()); s != nil {
		s.reboot(memory)
	}
	if by := b.buyer(p.id()); by != nil {
		by.Reboot(memory)
	}
}

// restart takes up again what the peer remembers.
func (p *peer) restart(b *Bazaar, in *Input, out *Outbox) {
	out.RolesMoved()
	if p.office != nil {
		p.office.comeBack(b, p, in.Now, out)
	}
	switch {
	case !p.settling:
		b.rules.Start(&p.voter, b.vote(p, in.Now, out))
		b.rules.Vacated(&p.voter, b.vote(p, in.Now, out))
		p.introduce(b, out)
	case !p.trading:
		out.After(b.cfg.Traders.Settle, timer(settledTimer, 0))
	}
	if s := b.seller(p.id()); s != nil {
		s.resume(b, p, in.Now, out)
	}
	if by := b.buyer(p.id()); by != nil {
		by.resume(b, p, in.Now, out)
	}
	p.startListening(b, in.Now, out)
	b.rules.Review(&p.voter, b.vote(p, in.Now, out))
}

// introduce asks who leads until the peer knows all traders: because it lost
// its memory, or because the news of an election was lost on the way.
func (p *peer) introduce(b *Bazaar, out *Outbox) {
	if p.settling {
		return
	}
	p.askAround(b, out)
	out.After(b.cfg.Traders.Election.AnswerTimeout, timer(introduceTimer, 0))
}

// tellWhoLeads answers a peer that asked, and lets it know if the first
// elections are over.
func (p *peer) tellWhoLeads(to actor.ID, out *Outbox) {
	var flags Flags
	if p.settling {
		flags = Settled
	}
	for _, l := range p.voter.Leaders {
		m := voteMessage(election.Message{Kind: election.Won, Term: l.Term, Leader: l})
		m.Flags = flags
		out.Send(to, m)
	}
}

// askAround asks the highest ids who leads: they are the likeliest to do so.
func (p *peer) askAround(b *Bazaar, out *Outbox) {
	asked := 0
	for id := actor.ID(len(b.peers) - 1); id >= 0 && asked < b.cfg.Traders.Count+2; id-- {
		if id != p.id() {
			out.Send(id, Message{Kind: WhoLeads})
			asked++
		}
	}
}

// patience is after what time the elections are over, if nothing was lost.
func (b *Bazaar) patience() vtime.Duration {
	e := &b.cfg.Traders.Election
	return e.StartDelay + vtime.Duration(e.Seats)*(e.Interval+2*e.AnswerTimeout)
}
