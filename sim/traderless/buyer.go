package traderless

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/peers"
	"souk/sim/vtime"
)

// buyer connects to every seller, keeps a replica of what they have, and buys
// from the one that its routing policy prefers.
type buyer struct {
	peers.Buyer[note]
	replica replica
	// open: the buyer has heard of the sellers and wants things. began: it did so
	// before, in an earlier life.
	open, began bool
	// leaving: it leaves as soon as none of its requests is open. gone: it has.
	leaving, gone bool
	closed        bool
}

func newBuyer(cfg *Config, cast *peers.Cast, id actor.ID) buyer {
	return buyer{
		Buyer:   peers.NewBuyer[note](&cfg.Config, cast, id, thinkTimer),
		replica: newReplica(cast.Sellers, len(cfg.Items)),
	}
}

// active says that the buyer wants things.
func (by *buyer) active() bool { return by.open && !by.closed && !by.leaving }

func (by *buyer) step(m *Market, in *Input, out *Outbox) {
	switch in.Trigger {
	case actor.Start:
		out.Say(market.Fact{Kind: market.Joined, Peer: actor.None})
		by.PlanScript(m.cast, in.Now, out)
		out.After(by.Delay(), timer(joinTimer, 0))
	case actor.Receive:
		by.receive(m, in, out)
	case actor.Timeout:
		by.expire(m, in, out)
	case actor.Broken:
		if r := by.row(m, in.From); r.tie == joined {
			by.lose(m, r, market.Broken, in.Now, out)
		}
	case actor.Restart:
		by.restart(m, in.Now, out)
	case actor.Resign:
		by.leaving = true
	case actor.Close:
		by.closed = true
	}
	by.leaveIfDone(out)
}

func (by *buyer) row(m *Market, seller actor.ID) *row { return &by.replica.rows[m.cast.Index(seller)] }

func (by *buyer) expire(m *Market, in *Input, out *Outbox) {
	switch in.Timer.Kind {
	case thinkTimer, arrivalTimer:
		if o := by.Want(in.Timer, by.active(), in.Now, out); o != nil {
			by.ask(m, o, in.Now, out)
		}
	case scriptTimer:
		by.obey(m, by.Told(in.Timer), in.Now, out)
	case answerTimer:
		if o := by.Overdue(in.Timer, in.Now); o != nil {
			by.lose(m, by.row(m, o.Asked), market.Hung, in.Now, out)
		}
	case joinTimer:
		by.joinAll(m, in.Now, out)
	case rejoinTimer:
		r := &by.replica.rows[in.Timer.Guard]
		if in.Now >= r.again && (r.tie == apart || r.tie == calling) {
			by.join(m, int(in.Timer.Guard), in.Now, out)
		}
	case waitedTimer:
		by.begin(out)
	}
}

// joinAll connects to every seller.
func (by *buyer) joinAll(m *Market, now vtime.Time, out *Outbox) {
	for i := range by.replica.rows {
		by.join(m, i, now, out)
	}
	out.After(m.cfg.RejoinEvery, timer(waitedTimer, 0))
}

// join asks a seller for a connection, and again later if no answer comes. All
// the JOINs of one call have one number, so that a WELCOME that takes longer than
// the buyer waits is good too.
func (by *buyer) join(m *Market, at int, now vtime.Time, out *Outbox) {
	if by.closed || by.leaving {
		return
	}
	r := &by.replica.rows[at]
	if r.tie != calling {
		r.drop(calling)
		r.line++
		r.tries = 0
	}
	r.tries++
	out.Send(r.seller, Message{Kind: Join, Line: r.line, Try: r.tries})
	by.callAgain(m, at, now, out)
}

// callAgain plans the next try to reach a seller.
func (by *buyer) callAgain(m *Market, at int, now vtime.Time, out *Outbox) {
	by.replica.rows[at].again = now.Add(m.cfg.RejoinEvery)
	out.After(m.cfg.RejoinEvery, timer(rejoinTimer, uint32(at)))
}

// begin starts the buyer's wishes, once it has heard of every seller or has
// waited long enough.
func (by *buyer) begin(out *Outbox) {
	if by.open || by.closed {
		return
	}
	by.open = true
	switch {
	case !by.active():
	case by.began:
		by.Begin(out)
	default:
		by.Open(0, out)
	}
	by.began = true
}

// beginIfReady begins if no seller is left to be heard of.
func (by *buyer) beginIfReady(out *Outbox) {
	if by.open {
		return
	}
	for i := range by.replica.rows {
		if r := &by.replica.rows[i]; r.tie == calling || r.tie == joined && !r.heard {
			return
		}
	}
	by.begin(out)
}

// obey carries out a command of the script.
func (by *buyer) obey(m *Market, c *peers.Command, now vtime.Time, out *Outbox) {
	if by.closed || by.leaving {
		return
	}
	switch c.Verb {
	case peers.Buy:
		by.ask(m, by.Issue(now, m.cfg.ItemNamed(c.Item), int32(c.Quantity), out), now, out)
	case peers.List:
		by.list(now, out)
	case peers.Leave:
		by.leaving = true
	}
}

// list states the replica, a fact a seller, or that it is empty.
func (by *buyer) list(now vtime.Time, out *Outbox) {
	empty := true
	for i := range by.replica.rows {
		if r := &by.replica.rows[i]; r.heard {
			empty = false
			out.Say(market.Fact{
				Kind: market.Listed, Peer: r.seller, Item: r.item, Qty: r.stock, Amount: r.price, N: int64(r.remaining(now)),
			})
		}
	}
	if empty {
		out.Say(market.Fact{Kind: market.Listed, Peer: actor.None})
	}
}

// ask takes an order to the seller that looks best. If none looks good enough
// the order has failed.
func (by *buyer) ask(m *Market, o *order, now vtime.Time, out *Outbox) {
	at := -1
	if o.Note.fails == 0 || m.cfg.OnFail == NextSeller && int(o.Note.fails) < len(by.replica.rows) {
		at = by.replica.choose(o, m.cfg.Buyers.Fill == peers.Partial, m.policy, &by.Route)
	}
	if at < 0 {
		by.fail(o, out)
		return
	}
	r := &by.replica.rows[at]
	o.Asked = r.seller
	by.Await(o, now, out)
	out.Say(market.Fact{
		Kind: market.Routed, Peer: r.seller, Request: by.Request(o), Item: o.Item, Qty: o.Qty, N: int64(r.stock), Deadline: o.Deadline,
	})
	out.Send(r.seller, Message{Kind: Buy, Line: r.line, Request: by.Request(o), Item: o.Item, Qty: o.Qty})
}

// fail ends an order that nobody can fill. Unless a seller refused it, the
// buyer denies it to itself, on its replica alone.
func (by *buyer) fail(o *order, out *Outbox) {
	f := market.Fact{Outcome: market.RejectedStale, Peer: actor.None, Trader: actor.None}
	if o.Note.fails == 0 {
		f.Outcome = market.RejectedNotOffered
		if by.replica.seen[o.Item] {
			f.Outcome = market.RejectedOutOfStock
			out.Say(market.Fact{Kind: market.Denied, Peer: actor.None, Request: by.Request(o), Item: o.Item, Qty: o.Qty})
		}
	}
	by.Judge(o, false)
	by.End(o, f, by.active(), out)
}

// lose drops a connection and calls the seller again: at once if it gave a sign
// of life, else later. What became of orders under way there the buyer will
// never know: it could not ask anybody else without risking to buy twice.
func (by *buyer) lose(m *Market, r *row, why market.Ending, now vtime.Time, out *Outbox) {
	if r.tie == joined || r.tie == calling {
		r.drop(apart)
		out.Say(market.Fact{Kind: market.Disconnected, Peer: r.seller, N: int64(why)})
		at := int(m.cast.Index(r.seller))
		if why == market.Gap {
			by.join(m, at, now, out)
		} else {
			by.callAgain(m, at, now, out)
		}
	}
	by.each(r.seller, func(o *order) { by.GiveUp(o, by.active(), out) })
}

// each does something with every order under way at a seller that it ends.
func (by *buyer) each(seller actor.ID, do func(*order)) {
	for i := len(by.Live) - 1; i >= 0; i-- {
		if by.Live[i].Asked == seller {
			do(&by.Live[i])
		}
	}
}

func (by *buyer) receive(m *Market, in *Input, out *Outbox) {
	msg := in.Msg
	r := by.row(m, in.From)
	welcome := msg.Kind == Welcome && r.tie == calling
	if msg.Line != r.line || r.tie != joined && !welcome {
		by.hearLate(in, out)
		return
	}
	if welcome {
		// What was said on the line before, if anything, is lost.
		called := r.again.Add(-vtime.Duration(1+r.tries-msg.Try) * m.cfg.RejoinEvery)
		r.tie, r.next, r.roundTrip = joined, msg.Seq, in.Now.Sub(called)
		out.Say(market.Fact{Kind: market.Connected, Peer: r.seller, N: int64(r.roundTrip)})
	}
	missing := msg.Seq != r.next
	r.next = msg.Seq + 1
	if missing && msg.Kind == SellerLeft {
		// Among what is missing there can be an answer, so nothing is sure.
		by.part(r, out)
		by.each(r.seller, func(o *order) { by.GiveUp(o, by.active(), out) })
		return
	}
	by.take(m, r, in, out)
	if missing {
		by.lose(m, r, market.Gap, in.Now, out)
	}
}

// take takes in a message of a seller that the buyer is connected to.
func (by *buyer) take(m *Market, r *row, in *Input, out *Outbox) {
	msg := in.Msg
	by.replica.learn(r, msg, in.Now)
	switch msg.Kind {
	case Item:
		by.beginIfReady(out)
	case SellerLeft:
		by.bidFarewell(m, r, in.Now, out)
	case BuyOK, BuyFail, Cancelled:
		if o := by.Find(msg.Request.Number()); o != nil {
			by.hear(m, o, in, out)
		} else {
			by.hearLate(in, out)
		}
	}
}

// hearLate notes an answer to a request that is over.
func (by *buyer) hearLate(in *Input, out *Outbox) {
	f := market.Fact{Kind: market.Late, Peer: in.From, Request: in.Msg.Request, Item: in.Msg.Item, Outcome: market.Fulfilled}
	switch {
	case in.Msg.Kind == BuyFail:
		f.Outcome = market.RejectedStale
	case in.Msg.Kind != BuyOK || in.Msg.Promised:
		return
	}
	out.Say(f)
}

// hear takes a seller's answer.
func (by *buyer) hear(m *Market, o *order, in *Input, out *Outbox) {
	msg := in.Msg
	switch {
	case msg.Kind == BuyFail:
		o.Note.fails++
		by.row(m, in.From).refused = o.Number
		by.ask(m, o, in.Now, out)
	case msg.Promised:
		// A CANCELLED follows.
	case msg.Kind == Cancelled:
		out.Say(market.Fact{Kind: market.Revoked, Peer: in.From, Request: msg.Request, Item: o.Item, Qty: msg.Qty})
		o.Note.fails++
		by.fail(o, out)
	default:
		by.Judge(o, true)
		by.End(o, market.Fact{
			Outcome: market.Fulfilled, Qty: msg.Qty, Amount: msg.Price, Peer: in.From, Trader: in.From,
		}, by.active(), out)
	}
}

// bidFarewell takes leave of a seller. It answered everything that it had
// received, so what is still open there has not been sold, and can be bought
// elsewhere.
func (by *buyer) bidFarewell(m *Market, r *row, now vtime.Time, out *Outbox) {
	by.part(r, out)
	by.each(r.seller, func(o *order) { by.ask(m, o, now, out) })
	by.beginIfReady(out)
}

// part ends a connection for good.
func (by *buyer) part(r *row, out *Outbox) {
	r.drop(parted)
	out.Say(market.Fact{Kind: market.Disconnected, Peer: r.seller, N: int64(market.Closed)})
}

// leaveIfDone says goodbye to all sellers once no request is open.
func (by *buyer) leaveIfDone(out *Outbox) {
	if !by.leaving || by.gone || len(by.Live) > 0 {
		return
	}
	by.gone = true
	out.Say(market.Fact{Kind: market.Left, Peer: actor.None, Slot: -1})
	for i := range by.replica.rows {
		r := &by.replica.rows[i]
		if r.tie == joined || r.tie == calling {
			out.Send(r.seller, Message{Kind: Leave, Line: r.line})
		}
		r.drop(parted)
	}
}

// reboot drops the connections, and with them the replica that they fed and
// every request that was under way on them.
func (by *buyer) reboot() {
	by.Reboot(false)
	for i := range by.replica.rows {
		by.replica.rows[i].drop(apart)
	}
	by.open = false
}

// restart connects anew.
func (by *buyer) restart(m *Market, now vtime.Time, out *Outbox) {
	by.Confess(out)
	by.PlanScript(m.cast, now, out)
	if !by.gone {
		by.joinAll(m, now, out)
	}
}
