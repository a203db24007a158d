package peertopeer

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/peers"
	"souk/sim/table"
)

// seller is a peer's selling side: a stall that replies to look-ups and answers
// purchases.
type seller struct {
	peers.Stall
	// receipts are the answers given. They are on disk with the goods: a request
	// that comes again after a crash takes effect once, too.
	receipts market.Receipts[receipt]
	// held are the requests at the counter.
	held table.Hash[struct{}]
}

// receipt is what a request was answered; no units are a refusal.
type receipt struct {
	qty   int32
	price market.Money
}

func newSeller(cfg *Config, cast *peers.Cast, id actor.ID) seller {
	return seller{
		Stall: peers.NewStall(&cfg.Config, cast, id, peers.StallTimers{Changed: changeTimer, Served: servedTimer, Restocked: restockedTimer}),
	}
}

// open puts the first goods on sale.
func (s *seller) open(out *Outbox) {
	s.Open(out)
	s.Put(out)
	s.PlanChange(out)
}

func (s *seller) expire(mk *Market, p *peer, in *Input, out *Outbox) {
	switch in.Timer.Kind {
	case changeTimer:
		if p.active() && s.Due(in.Timer) {
			s.Change(out)
		}
	case restockedTimer:
		if p.active() {
			s.Restocked(in.Timer, out)
		}
	case servedTimer:
		s.serve(mk, p, in, out)
	}
}

// offer replies to a look-up with what there is.
func (s *seller) offer(in *Input, out *Outbox) {
	m := in.Msg
	out.Say(market.Fact{
		Kind: market.Offered, Peer: m.Request.Buyer(), Request: m.Request, Item: m.Item, N: int64(s.Record), Term: m.Number,
	})
	out.Send(in.From, Message{Kind: Reply, Request: m.Request, Item: m.Item, Number: m.Number, Seller: s.ID, Qty: s.Record})
}

// accept takes a purchase to the counter. One that was answered before gets the
// same answer again. What is at the counter already will be answered there, and
// for what its buyer has got over nobody waits.
func (s *seller) accept(in *Input, out *Outbox) {
	m := in.Msg
	s.receipts.Settle(m.Request, m.Done)
	if r, known := s.receipts.Find(m.Request); known {
		out.Say(market.Fact{Kind: market.Replayed, Peer: in.From, Request: m.Request, Item: m.Item})
		s.answer(m.Request, m.Item, r, out)
		return
	}
	if s.held.Find(uint64(m.Request)) != nil || s.receipts.Over(m.Request) {
		return
	}
	s.held.At(uint64(m.Request))
	s.Join(peers.Purchase{Request: m.Request, Item: m.Item, Qty: m.Qty}, out)
	s.callNext(out)
}

// callNext puts the free workers to work.
func (s *seller) callNext(out *Outbox) {
	for s.Begin(out) != nil {
	}
}

// serve ends a service. The seller looks and sells in this one instant, so it
// never sells what it lacks; but others may have bought since it replied. A
// request that is over by now gets nothing: its buyer would pay and not know.
func (s *seller) serve(mk *Market, p *peer, in *Input, out *Outbox) {
	sale := s.Finish(in.Timer, out)
	s.held.Drop(uint64(sale.Request))
	if s.receipts.Over(sale.Request) {
		s.Answered(&sale, out)
	} else {
		r := s.decide(mk, p, &sale, out)
		s.receipts.Keep(sale.Request, r)
		s.answer(sale.Request, sale.Item, r, out)
	}
	s.callNext(out)
}

func (s *seller) decide(mk *Market, p *peer, sale *peers.Purchase, out *Outbox) receipt {
	s.Look(sale, out)
	if sale.Allowed == 0 {
		s.Refuse(sale, out)
		return receipt{}
	}
	sold := s.Sell(sale, mk.accounts, out)
	if s.SoldOut() && p.active() {
		s.Restock(out)
	}
	return receipt{qty: sold.Qty, price: sold.Price}
}

func (s *seller) answer(request market.RequestID, item market.Item, r receipt, out *Outbox) {
	m := Message{Kind: Bought, Request: request, Item: item, Qty: r.qty, Price: r.price}
	if r.qty == 0 {
		m.Kind = Gone
	}
	out.Send(request.Buyer(), m)
}

// reboot: a crash empties the counter.
func (s *seller) reboot() {
	s.Stall.Reboot()
	s.held.Clear()
}

// resume opens again with the goods that there are.
func (s *seller) resume(out *Outbox) {
	s.Open(out)
	s.PlanChange(out)
	if s.SoldOut() {
		s.Restock(out)
	}
}
