package bazaar

import (
	"slices"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/peers"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// warehouse keeps the authoritative stock, the accounts, and a record of what
// it answered, all durable. It serves a bounded number of operations at once;
// an operation takes effect in one instant, when its time is over.
type warehouse struct {
	cfg *WarehouseConfig
	// delivery says what becomes of a request that comes again.
	delivery market.Delivery
	time     rng.Stream
	shelf    *market.Shelf
	// goods is what really lies in each row. With relative writes it equals
	// the shelf, which is the record of it; absolute writes let them part.
	goods []int32
	// version counts the changes of the shelf: deposits, sales, absolute writes.
	version uint64
	// accounts is everybody's money, by actor. A sale moves the whole price
	// from the buyer to the seller and the trader in the same instant in which
	// the goods leave, so no payment can be lost, doubled or owed.
	// Invariant: the accounts add up to 0.
	accounts []market.Money
	// receipts is what was answered to each request that its buyer has not
	// said to be over, so that a request asked twice takes effect once.
	receipts market.Receipts[receipt]
	// arrived marks, by trader and sequence number, the Ships that have come, if
	// delivery is at most once: a copy that the network made is dropped, as TCP
	// drops it. It says nothing about requests: a trader that asks again does so
	// under a new number.
	arrived market.RequestSet
	// deposited is, by seller, the number of its last deposit.
	deposited []uint32
	gate
	health

	// counter holds the operations that wait or are under way, which are not.
	counter market.Station[operation]
}

// operation is a trader's message that waits or is served.
type operation struct {
	from actor.ID
	msg  Message
}

// receipt is the answer to a request. Qty 0 is a refusal.
type receipt struct {
	qty     int32
	row     market.Row
	price   market.Money
	outcome market.Outcome
}

func newWarehouse(b *Bazaar) warehouse {
	sellers, items := len(b.sellers), len(b.cfg.Items)
	w := warehouse{
		cfg: &b.cfg.Warehouse, delivery: b.cfg.Traders.Delivery, time: rng.NewStream(b.cfg.Seed, "warehouse", 0),
		shelf: market.NewShelf(sellers, items), goods: make([]int32, sellers*items),
		accounts:  make([]market.Money, b.Actors()),
		deposited: make([]uint32, sellers),
		arrived:   market.NewRequestSet(b.Actors()), gate: newGate(&b.cfg.Traders), health: newHealth(b.cfg.Seed),
		counter: market.NewStation[operation](b.cfg.Warehouse.Parallel),
	}
	return w
}

func (w *warehouse) step(b *Bazaar, in *Input, out *Outbox) {
	switch in.Trigger {
	case actor.Receive:
		w.receive(in, out)
	case actor.Afflict:
		w.fallIll(in.Affliction)
	case actor.Timeout:
		bay := int32(in.Timer.Guard)
		out.Say(market.Fact{Kind: market.WorkEnded, Peer: actor.None, N: int64(w.counter.Busy() - 1)})
		w.perform(b, w.counter.At(bay), out)
		w.counter.End(bay)
	}
	for bay, ok := w.counter.Begin(); ok; bay, ok = w.counter.Begin() {
		w.begin(bay, out)
	}
}

// receive lines an operation up. A bar is no operation: it counts at once, also
// for what waits or is under way.
func (w *warehouse) receive(in *Input, out *Outbox) {
	m := in.Msg
	switch {
	case m.Kind == Bar:
		w.bar(in.From, m, out)
	case m.Kind == Ship && w.delivery == market.AtMostOnce && w.arrived.Add(market.NewRequestID(in.From, m.Sequence)):
	default:
		w.counter.Join(operation{from: in.From, msg: *m})
	}
}

// begin starts an operation. A read time and a write time are drawn for each,
// whichever it needs; the other's word is skipped.
func (w *warehouse) begin(bay int32, out *Outbox) {
	out.Say(market.Fact{Kind: market.WorkBegan, Peer: actor.None, N: int64(w.counter.Busy())})
	m := &w.counter.At(bay).msg
	reads := m.Kind == Pull || m.Kind == Read
	takes := w.draw(w.cfg.Read, reads || m.Kind == Ship && m.Row == market.NoRow)
	takes += w.draw(w.cfg.Write, !reads)
	out.Takes(takes, timer(workTimer, uint32(bay)))
}

// draw returns a time if it is needed, else 0 for the same word of the stream.
func (w *warehouse) draw(law rng.Distribution, needed bool) vtime.Duration {
	if !needed {
		w.time.Uint64()
		return 0
	}
	return vtime.FromNanos(law.Draw(&w.time))
}

// perform is the instant in which an operation takes effect, or does not because
// it fails, or because its trader's term is over.
func (w *warehouse) perform(b *Bazaar, op *operation, out *Outbox) {
	m := &op.msg
	ill := w.examine()
	w.stale = ill[actor.StaleReads]
	writes := m.Kind == Ship || m.Kind == Store
	switch {
	case ill[actor.Errors]:
		w.fail(op, false, out)
		return
	case writes && !w.admits(op.from, m, out):
		return
	}
	said := len(out.Facts)
	switch m.Kind {
	case Ship:
		w.ship(b, op, out)
	case Read:
		w.read(op, b.cfg.Buyers.Fill == peers.Partial, out)
	case Store:
		w.store(b, op, out)
	case Pull:
		reply := Message{Kind: Snapshot}
		w.attach(b, op.from, &reply, out)
		out.Send(op.from, reply)
	}
	if ill[actor.LateErrors] {
		effect := slices.ContainsFunc(out.Facts[said:], func(f market.Fact) bool {
			return f.Kind == market.Sold || f.Kind == market.Deposited
		})
		w.swallow(b, out)
		w.fail(op, effect, out)
	}
}

// swallow takes back the answer to an operation.
func (w *warehouse) swallow(b *Bazaar, out *Outbox) {
	last := len(out.Sends) - 1
	if rows := out.Sends[last].Msg.Rows; rows != nil {
		b.giveBack(rows)
	}
	out.Sends = out.Sends[:last]
}

// ship checks and decrements, once a request if delivery is exactly once. Then it
// answers a request that it knows from its record, and one whose buyer has gone
// on with a refusal.
func (w *warehouse) ship(b *Bazaar, op *operation, out *Outbox) {
	m := &op.msg
	if w.delivery != market.ExactlyOnce {
		w.reply(b, op, w.sell(b, op, out), 0, out)
		return
	}
	w.receipts.Settle(m.Request, m.Number)
	if r, known := w.receipts.Find(m.Request); known {
		out.Say(market.Fact{Kind: market.Replayed, Peer: op.from, Request: m.Request, Item: m.Item})
		w.reply(b, op, r, Again, out)
		return
	}
	if w.receipts.Over(m.Request) {
		out.Say(market.Fact{Kind: market.Replayed, Peer: op.from, Request: m.Request, Item: m.Item})
		w.reply(b, op, receipt{outcome: market.Cancelled, row: market.NoRow}, Again, out)
		return
	}
	r := w.sell(b, op, out)
	w.receipts.Keep(m.Request, r)
	w.reply(b, op, r, 0, out)
}

// sell moves goods and money, or says why not.
func (w *warehouse) sell(b *Bazaar, op *operation, out *Outbox) receipt {
	m := &op.msg
	row, take := m.Row, m.Qty
	if row == market.NoRow {
		row, take = w.shelf.Find(m.Item, m.Qty, b.cfg.Buyers.Fill == peers.Partial)
	}
	if m.Flags&SetCount != 0 {
		// An absolute write puts the trader's count in place of whatever others
		// wrote since it read; that is the lost update.
		o := w.shelf.At(row)
		o.Count = m.Count
		w.shelf.Set(row, o)
		w.version++
	}
	if row == market.NoRow || w.goods[row] < take {
		return w.refuse(m, row, op.from, out)
	}
	w.goods[row] -= take
	if m.Flags&SetCount == 0 {
		w.shelf.Take(row, take)
		w.version++
	}
	seller := b.sellerID(w.shelf.SellerOf(row))
	price := w.shelf.At(row).Price * market.Money(take)
	cut, rest := b.cfg.Traders.Commission.Split(price)
	w.accounts[m.Request.Buyer()] -= price
	w.accounts[seller] += rest
	w.accounts[op.from] += cut
	out.Say(market.Fact{
		Kind: market.Sold, Request: m.Request, Item: m.Item, Qty: take, Peer: seller, Trader: op.from,
		Amount: price, Cut: cut, N: int64(w.goods[row]), Version: w.version,
	})
	return receipt{qty: take, row: row, price: price}
}

func (w *warehouse) refuse(m *Message, row market.Row, trader actor.ID, out *Outbox) receipt {
	r := receipt{row: row, outcome: market.RejectedOutOfStock}
	trusted := int64(0)
	switch {
	case m.Flags&(FromCache|SetCount) != 0:
		r.outcome, trusted = market.RejectedStale, 1
	case !w.shelf.Offered(m.Item):
		r.outcome = market.RejectedNotOffered
	}
	out.Say(market.Fact{
		Kind: market.Refused, Peer: actor.None, Request: m.Request, Item: m.Item, Qty: m.Qty, Trader: trader,
		Outcome: r.outcome, N: trusted, Version: w.version,
	})
	return r
}

// reply sends a receipt, and the stock if the trader wants it.
func (w *warehouse) reply(b *Bazaar, op *operation, r receipt, flags Flags, out *Outbox) {
	m := &op.msg
	answer := Message{
		Kind: Shipped, Flags: flags, Request: m.Request, Item: m.Item, Number: m.Number, Job: m.Job,
		Qty: r.qty, Row: r.row, Price: r.price, Outcome: r.outcome,
	}
	if r.row != market.NoRow {
		o := w.shelf.At(r.row)
		answer.Seller, answer.Count = b.sellerID(w.shelf.SellerOf(r.row)), o.Count
		if r.qty == 0 {
			answer.Price, answer.Stamp = o.Price, o.Stamp
		}
	}
	if r.qty == 0 {
		answer.Kind = Refused
	}
	if m.Flags&WithStock != 0 {
		w.attach(b, op.from, &answer, out)
	}
	out.Send(op.from, answer)
}

// attach adds a snapshot to a message.
func (w *warehouse) attach(b *Bazaar, reader actor.ID, m *Message, out *Outbox) {
	shelf, version := w.record(reader, out)
	m.Rows, m.Version = b.borrow(), version
	*m.Rows = shelf.Snapshot(*m.Rows)
}

// read tells the oldest offer that would do.
func (w *warehouse) read(op *operation, partial bool, out *Outbox) {
	m := &op.msg
	reply := Message{Kind: ReadReply, Request: m.Request, Item: m.Item, Number: m.Number, Job: m.Job}
	shelf, _ := w.record(op.from, out)
	reply.Row, _ = shelf.Find(m.Item, m.Qty, partial)
	if reply.Row != market.NoRow {
		reply.Count = shelf.At(reply.Row).Count
	}
	out.Send(op.from, reply)
}

// store puts a deposit on the shelf, once.
func (w *warehouse) store(b *Bazaar, op *operation, out *Outbox) {
	m := &op.msg
	seller := b.cast.Index(m.Seller)
	row := w.shelf.Row(seller, m.Item)
	f := market.Fact{
		Kind: market.Deposited, Peer: m.Seller, Item: m.Item, Qty: m.Qty, Amount: m.Price,
		N: int64(m.Number), Trader: op.from,
	}
	if m.Number > w.deposited[seller] || w.cfg.Twice {
		w.deposited[seller] = max(w.deposited[seller], m.Number)
		w.shelf.Add(row, m.Qty, m.Price, m.Stamp)
		w.goods[row] += m.Qty
		w.version++
	} else {
		f.Kind = market.DepositRepeated
	}
	f.Version = w.version
	out.Say(f)
	o := w.shelf.At(row)
	out.Send(op.from, Message{
		Kind: Stored, Seller: m.Seller, Number: m.Number, Job: m.Job, Row: row, Count: o.Count, Price: o.Price, Stamp: o.Stamp,
	})
}

// sellerID returns the peer that is the seller of a dense index.
func (b *Bazaar) sellerID(index int32) actor.ID { return b.cast.Sellers[index] }
