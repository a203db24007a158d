package traderless

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/peers"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// seller serves the buyers that are connected to it and tells them all what it
// has.
type seller struct {
	peers.Stall
	cfg *Config
	// members are the connected buyers; place is, by buyer, where in members it
	// is, or -1.
	members []member
	place   []int32
	// until is when the item changes next; Never if it does not.
	until vtime.Time
	// phase is the offset of the seller's clock of broadcasts; due says that one
	// is coming because the stock has changed since the last.
	phase vtime.Duration
	due   bool
	// gone: the seller has left. closed: nothing new begins.
	gone, closed bool
}

// member is one connection.
type member struct {
	buyer actor.ID
	line  uint32
	// sent numbers the messages on this connection.
	sent uint32
}

func newSeller(cfg *Config, cast *peers.Cast, id actor.ID) seller {
	s := seller{
		Stall: peers.NewStall(&cfg.Config, cast, id, peers.StallTimers{Changed: changeTimer, Served: servedTimer, Restocked: restockedTimer}),
		cfg:   cfg, place: make([]int32, len(cast.Buyers)), until: vtime.Never,
	}
	s.phase = phaseOf(cfg, int(id))
	s.reboot()
	return s
}

// phaseOf draws where in the period a seller's clock of broadcasts stands.
func phaseOf(cfg *Config, id int) vtime.Duration {
	if cfg.BroadcastEvery == 0 {
		return 0
	}
	draw := rng.NewStream(cfg.Seed, "broadcast", id)
	return vtime.Duration(draw.Uint64() % uint64(cfg.BroadcastEvery))
}

// reboot drops the connections and whoever stood at the counter.
func (s *seller) reboot() {
	s.Stall.Reboot()
	s.members, s.due = s.members[:0], false
	for i := range s.place {
		s.place[i] = -1
	}
}

func (s *seller) step(m *Market, in *Input, out *Outbox) {
	switch in.Trigger {
	case actor.Start:
		out.Say(market.Fact{Kind: market.Joined, Peer: actor.None, Item: s.Item, N: 1})
		s.open(in.Now, out)
		s.Put(out)
	case actor.Receive:
		s.receive(m, in, out)
	case actor.Timeout:
		s.expire(m, in, out)
	case actor.Broken:
		s.dismiss(m, in.From, market.Broken, out)
	case actor.Restart:
		s.restart(in.Now, out)
	case actor.Resign:
		s.leave(m, out)
	case actor.Close:
		s.closed = true
	}
}

// restart opens again with the goods that there are. Who left stays away.
func (s *seller) restart(now vtime.Time, out *Outbox) {
	if s.gone {
		return
	}
	s.open(now, out)
	if s.SoldOut() && !s.closed {
		s.Restock(out)
	}
}

// open begins to serve; the item on sale has its full time from now on.
func (s *seller) open(now vtime.Time, out *Outbox) {
	s.Open(out)
	s.PlanChange(out)
	s.plan(now)
}

// plan notes when the change of item that was just planned will be.
func (s *seller) plan(now vtime.Time) {
	if every := s.cfg.Sellers.ChangeEvery; every > 0 {
		s.until = now.Add(every)
	}
}

func (s *seller) receive(m *Market, in *Input, out *Outbox) {
	msg := in.Msg
	buyer := m.cast.Index(in.From)
	if s.gone {
		return
	}
	switch msg.Kind {
	case Join:
		if at := s.place[buyer]; at < 0 || s.members[at].line != msg.Line {
			// A buyer with a new number has given up its last connection.
			s.dismiss(m, in.From, market.Hung, out)
			s.place[buyer] = int32(len(s.members))
			s.members = append(s.members, member{buyer: in.From, line: msg.Line})
		}
		s.say(s.place[buyer], Message{Kind: Welcome, Try: msg.Try}, out)
		s.say(s.place[buyer], s.offer(Item, in.Now), out)
	case Leave:
		s.dismiss(m, in.From, market.Closed, out)
	case Buy:
		if at := s.place[buyer]; at >= 0 && s.members[at].line == msg.Line {
			s.Join(peers.Purchase{Request: msg.Request, Item: msg.Item, Qty: msg.Qty, Mark: msg.Line}, out)
			s.serve(out)
		}
	}
}

// dismiss drops a connection, if there is one, and the purchases that came on it
// and wait; what a worker has in hand it finishes.
func (s *seller) dismiss(m *Market, buyer actor.ID, why market.Ending, out *Outbox) {
	at := s.place[m.cast.Index(buyer)]
	if at < 0 {
		return
	}
	last := len(s.members) - 1
	s.members[at] = s.members[last]
	s.place[m.cast.Index(s.members[at].buyer)] = at
	s.place[m.cast.Index(buyer)] = -1
	s.members = s.members[:last]
	out.Say(market.Fact{Kind: market.Disconnected, Peer: buyer, N: int64(why)})
	s.Abandon(buyer, out)
}

func (s *seller) expire(m *Market, in *Input, out *Outbox) {
	switch in.Timer.Kind {
	case servedTimer:
		// Who left has answered everybody at its counter.
		if !s.gone {
			s.conclude(m, in, out)
		}
	case changeTimer:
		if s.Due(in.Timer) && !s.closed && !s.gone {
			s.Change(out)
			s.plan(in.Now)
			s.announce(ItemChange, in.Now, out)
		}
	case restockedTimer:
		if !s.closed && !s.gone && s.Restocked(in.Timer, out) {
			s.present(in.Now, out)
		}
	case flushTimer:
		if s.due {
			s.due = false
			s.tellStock(out)
		}
	}
}

// serve lets every free worker take the next in line. A seller that checks
// before it acts checks now.
func (s *seller) serve(out *Outbox) {
	for p := s.Begin(out); p != nil; p = s.Begin(out) {
		if s.cfg.Check == CheckThenAct {
			s.Look(p, out)
		}
	}
}

// conclude ends a service: the buyer has its goods or is told that there are
// none, and everybody hears what is left.
func (s *seller) conclude(m *Market, in *Input, out *Outbox) {
	p := s.Finish(in.Timer, out)
	if s.cfg.Check == Atomic {
		s.Look(&p, out)
	}
	if p.Allowed > 0 {
		empty := s.SoldOut()
		sale := s.Sell(&p, m.accounts, out)
		s.answer(m, &p, Message{Kind: BuyOK, Qty: sale.Qty, Price: sale.Price, Promised: sale.Short}, out)
		if sale.Short {
			s.answer(m, &p, Message{Kind: Cancelled, Qty: sale.Qty}, out)
		}
		if !sale.Short || !empty && s.SoldOut() {
			s.spread(in.Now, out)
		}
	} else {
		s.Refuse(&p, out)
		s.answer(m, &p, Message{Kind: BuyFail, Qty: p.Qty}, out)
	}
	s.serve(out)
}

// answer sends a buyer the answer to its purchase, if it is still connected.
func (s *seller) answer(m *Market, p *peers.Purchase, msg Message, out *Outbox) {
	at := s.place[m.cast.Index(p.Request.Buyer())]
	if at < 0 || s.members[at].line != p.Mark {
		return
	}
	msg.Request, msg.Item = p.Request, p.Item
	s.say(at, msg, out)
}

// spread tells of a sale, now or at the next broadcast, and puts goods on sale
// again if they were the last.
func (s *seller) spread(now vtime.Time, out *Outbox) {
	switch period := s.cfg.BroadcastEvery; {
	case period == 0:
		s.tellStock(out)
	case !s.due:
		s.due = true
		since := (vtime.Duration(now) + period - s.phase) % period
		out.After(period-since, timer(flushTimer, 0))
	}
	if s.SoldOut() && !s.closed && s.Restock(out) {
		s.present(now, out)
	}
}

// present tells everybody of goods that replace those that were sold.
func (s *seller) present(now vtime.Time, out *Outbox) {
	if s.cfg.Sellers.SoldOut == peers.AnotherItem {
		s.plan(now)
		s.announce(ItemChange, now, out)
	} else {
		s.announce(Item, now, out)
	}
}

// tellStock tells everybody what is left of the item.
func (s *seller) tellStock(out *Outbox) {
	msg := Message{Kind: Stock, Item: s.Item, Stock: max(0, s.Record)}
	if s.SoldOut() {
		msg.Kind = SoldOut
	}
	s.broadcast(msg, out)
}

// announce tells everybody what is on sale now; a broadcast of the stock that
// is due has nothing to add.
func (s *seller) announce(kind MessageKind, now vtime.Time, out *Outbox) {
	s.due = false
	s.broadcast(s.offer(kind, now), out)
}

// offer describes what is on sale.
func (s *seller) offer(kind MessageKind, now vtime.Time) Message {
	msg := Message{Kind: kind, Item: s.Item, Stock: max(0, s.Record), Price: s.Price, Remaining: forever}
	if s.until != vtime.Never {
		msg.Remaining = max(0, s.until.Sub(now))
	}
	return msg
}

func (s *seller) broadcast(msg Message, out *Outbox) {
	for at := range s.members {
		s.say(int32(at), msg, out)
	}
}

// say sends a message on a connection.
func (s *seller) say(at int32, msg Message, out *Outbox) {
	c := &s.members[at]
	msg.Line, msg.Seq = c.line, c.sent
	c.sent++
	out.Send(c.buyer, msg)
}

// leave says goodbye: whoever stands at the counter is refused, and the goods
// go off sale.
func (s *seller) leave(m *Market, out *Outbox) {
	if s.gone {
		return
	}
	s.Empty(func(p *peers.Purchase) { s.answer(m, p, Message{Kind: BuyFail, Qty: p.Qty}, out) }, out)
	s.Leave(out)
	s.gone, s.due = true, false
	s.broadcast(Message{Kind: SellerLeft}, out)
	s.members = s.members[:0]
	for i := range s.place {
		s.place[i] = -1
	}
}
