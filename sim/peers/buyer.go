package peers

import (
	"cmp"
	"slices"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// Out is the part of an outbox that does not depend on a market's messages.
type Out interface {
	Say(market.Fact) *market.Fact
	After(vtime.Duration, actor.Timer)
	Takes(vtime.Duration, actor.Timer)
}

// The timers of a buyer, counted from the first one that its market gave it.
const (
	// ThinkTimer: the buyer wants something again; guard is its era.
	ThinkTimer uint16 = iota
	// ArrivalTimer: the next request of an open-loop buyer; guard is its era.
	ArrivalTimer
	// ScriptTimer: guard is the number of the line.
	ScriptTimer
	// AnswerTimer: guard is the number of the request.
	AnswerTimer
)

// Buyer is what a buyer is in every market: somebody with wishes, each of which
// becomes a request with exactly one outcome. Where it takes them is its
// market's business, and E is what the market notes down with each.
type Buyer[E any] struct {
	ID  actor.ID
	cfg *Config
	// index is the buyer's place among the buyers.
	index int32
	// first is the number of the buyer's first timer.
	first uint16
	// demand draws exactly an item and a quantity a request, think a think
	// time or gap: a change of policy shifts none of the others' draws.
	demand, think rng.Stream
	// Route draws a word whenever the buyer chooses whom to ask.
	Route rng.Stream
	// Live holds the requests without an outcome.
	// Invariant: ascending by Number.
	Live []Order[E]
	// issued is the number of the last request. It survives every crash, so
	// that a request id is never used twice.
	issued uint32
	// Done is the number below which every request has an outcome. It goes
	// along with requests so that their receipts can be forgotten.
	// Invariant: Done <= the number of every live request.
	Done uint32
	// Avoid is the item not to want next, because the last request failed to
	// get it, or AnyItem.
	Avoid market.Item
	// scripted: the buyer does only what the script says.
	scripted bool
	// era counts the times that the buyer's loops were started anew; a timer of
	// an earlier era is void.
	era uint32
	// forgotten holds the requests lost in a crash until the buyer is back and
	// can say so. Most buyers never crash: then it is nil.
	forgotten *[]Order[E]
}

// Order is a live request.
type Order[E any] struct {
	Number uint32
	Item   market.Item
	// Tries counts the answers that never came.
	Tries int16
	// Idle: the buyer's loop went on without waiting for this request's end.
	Idle bool
	Qty  int32
	// Asked is whom the buyer asked last.
	Asked  actor.ID
	Issued vtime.Time
	// Deadline is when the buyer loses patience; a timer that fires before it
	// belongs to an earlier try.
	Deadline vtime.Time
	Note     E
}

// NewBuyer returns a buyer whose timers are numbered from first.
func NewBuyer[E any](cfg *Config, cast *Cast, id actor.ID, first uint16) Buyer[E] {
	by := Buyer[E]{
		ID: id, cfg: cfg, index: cast.Index(id), first: first,
		demand: rng.NewStream(cfg.Seed, "demand", int(id)),
		think:  rng.NewStream(cfg.Seed, "think", int(id)),
		Route:  rng.NewStream(cfg.Seed, "route", int(id)),
		Done:   1,
		Avoid:  AnyItem,
	}
	name := cast.Name(id)
	by.scripted = cfg.Buyers.Demand == Scripted ||
		slices.ContainsFunc(cfg.Buyers.Script, func(l Line) bool { return l.Buyer == name })
	return by
}

// Request returns the id of an order.
func (by *Buyer[E]) Request(o *Order[E]) market.RequestID {
	return market.NewRequestID(by.ID, o.Number)
}

// PlanScript sets a timer for each line of the buyer's script that is to come.
func (by *Buyer[E]) PlanScript(cast *Cast, now vtime.Time, out Out) {
	if !by.scripted {
		return
	}
	name := cast.Name(by.ID)
	for i, line := range by.cfg.Buyers.Script {
		if wait := vtime.Time(line.At).Sub(now); line.Buyer == name && (wait > 0 || now == 0) {
			out.After(wait, by.timer(ScriptTimer, uint32(i)))
		}
	}
}

func (by *Buyer[E]) timer(kind uint16, guard uint32) actor.Timer {
	return actor.Timer{Kind: by.first + kind, Guard: guard}
}

// Delay draws how long after the market opens the buyer begins: its own delay
// and those of the buyers before it. The conversion of the product keeps it
// from being fused with the sum, which would give other bits on other CPUs.
func (by *Buyer[E]) Delay() vtime.Duration {
	wait := float64(float64(by.cfg.Buyers.Stagger) * float64(by.index))
	return vtime.FromNanos(by.cfg.Buyers.Start.Draw(&by.think) + wait)
}

// Open begins the buyer's wishes after a delay.
func (by *Buyer[E]) Open(delay vtime.Duration, out Out) {
	switch {
	case by.scripted:
	case by.cfg.Buyers.Demand == ClosedLoop:
		for range by.cfg.Buyers.Outstanding {
			out.After(delay, by.timer(ThinkTimer, by.era))
		}
	default:
		out.After(delay+by.gap(), by.timer(ArrivalTimer, by.era))
	}
}

func (by *Buyer[E]) gap() vtime.Duration {
	return vtime.FromNanos(by.cfg.Buyers.Arrivals.Draw(&by.think))
}

// Want draws a wish when a think or arrival timer fires. It returns nil if the
// timer is of an earlier era, or the buyer is not active.
func (by *Buyer[E]) Want(t actor.Timer, active bool, now vtime.Time, out Out) *Order[E] {
	if !active || t.Guard != by.era {
		return nil
	}
	if t.Kind == by.first+ArrivalTimer {
		out.After(by.gap(), by.timer(ArrivalTimer, by.era))
	}
	item := by.drawItem()
	quantity := int32(by.cfg.Buyers.Quantity.Draw(&by.demand))
	return by.Issue(now, item, quantity, out)
}

// Told returns the command of a script timer.
func (by *Buyer[E]) Told(t actor.Timer) *Command { return &by.cfg.Buyers.Script[t.Guard].Command }

// Issue makes a request. It is good until the next one.
func (by *Buyer[E]) Issue(now vtime.Time, item market.Item, quantity int32, out Out) *Order[E] {
	by.issued++
	by.Live = append(by.Live, Order[E]{
		Number: by.issued, Item: item, Qty: quantity, Asked: actor.None,
		Issued: now, Deadline: now.Add(by.cfg.Buyers.AnswerTimeout),
	})
	o := &by.Live[len(by.Live)-1]
	out.Say(market.Fact{
		Kind: market.Issued, Peer: actor.None, Request: by.Request(o),
		Item: item, Qty: quantity, Deadline: o.Deadline,
	})
	return o
}

// Await sets the deadline for an answer.
func (by *Buyer[E]) Await(o *Order[E], now vtime.Time, out Out) {
	o.Deadline = now.Add(by.cfg.Buyers.AnswerTimeout)
	out.After(by.cfg.Buyers.AnswerTimeout, by.timer(AnswerTimer, o.Number))
}

// WaitOn waits, after a crash that took the timers, for what is left of each
// order's time, and gives up those whose time is over.
func (by *Buyer[E]) WaitOn(now vtime.Time, active bool, out Out) {
	for i := 0; i < len(by.Live); {
		o := &by.Live[i]
		if now >= o.Deadline {
			by.GiveUp(o, active, out)
			continue
		}
		out.After(o.Deadline.Sub(now), by.timer(AnswerTimer, o.Number))
		i++
	}
}

// Retried states that an order was sent again.
func (by *Buyer[E]) Retried(o *Order[E], out Out) {
	out.Say(market.Fact{
		Kind: market.Retried, Peer: o.Asked, Request: by.Request(o),
		Item: o.Item, Qty: o.Qty, Deadline: o.Deadline,
	})
}

func (by *Buyer[E]) search(number uint32) (int, bool) {
	if len(by.Live) == 1 && by.Live[0].Number == number {
		return 0, true // all that a buyer in a closed loop has
	}
	return slices.BinarySearchFunc(by.Live, number, func(o Order[E], n uint32) int { return cmp.Compare(o.Number, n) })
}

// Find returns a live order, or nil.
func (by *Buyer[E]) Find(number uint32) *Order[E] {
	if i, found := by.search(number); found {
		return &by.Live[i]
	}
	return nil
}

// Overdue returns the order whose answer an answer timer waited for in vain,
// or nil.
func (by *Buyer[E]) Overdue(t actor.Timer, now vtime.Time) *Order[E] {
	if o := by.Find(t.Guard); o != nil && now >= o.Deadline {
		return o
	}
	return nil
}

// Patient counts an answer that never came and says whether the buyer asks
// once more.
func (by *Buyer[E]) Patient(o *Order[E]) bool {
	o.Tries++
	return int(o.Tries) <= by.cfg.Buyers.Retries
}

// End gives an order its outcome and lets the buyer think of the next, if it
// waited for this one and is still active. What is wanted next depends on
// whether the goods came. The order is gone afterwards.
func (by *Buyer[E]) End(o *Order[E], f market.Fact, active bool, out Out) {
	f.Kind, f.Request, f.Item, f.Since = market.Ended, by.Request(o), o.Item, o.Issued
	out.Say(f)
	waited := !o.Idle
	by.drop(o.Number)
	if waited {
		by.ThinkAgain(active, out)
	}
}

// GiveUp ends an order whose outcome the buyer will never know.
func (by *Buyer[E]) GiveUp(o *Order[E], active bool, out Out) {
	by.End(o, market.Fact{Outcome: market.TimedOut, Peer: actor.None, Trader: actor.None}, active, out)
}

// Judge notes whether an order got its goods, for the next wish.
func (by *Buyer[E]) Judge(o *Order[E], got bool) {
	by.Avoid = AnyItem
	if !got && by.cfg.Buyers.OnRefusal == WantAnother {
		by.Avoid = o.Item
	}
}

// drop removes an order and moves Done past the requests that have ended.
func (by *Buyer[E]) drop(number uint32) {
	if i, found := by.search(number); found {
		by.Live = slices.Delete(by.Live, i, i+1)
	}
	by.Done = by.issued + 1
	if len(by.Live) > 0 {
		by.Done = by.Live[0].Number
	}
}

// ThinkAgain starts the think time before the next wish of a closed loop.
func (by *Buyer[E]) ThinkAgain(active bool, out Out) {
	if active && !by.scripted && by.cfg.Buyers.Demand == ClosedLoop {
		out.After(vtime.FromNanos(by.cfg.Buyers.Think.Draw(&by.think)), by.timer(ThinkTimer, by.era))
	}
}

// Reboot: without memory, the open requests are forgotten.
func (by *Buyer[E]) Reboot(memory bool) {
	if memory {
		return
	}
	if by.forgotten == nil {
		by.forgotten = &[]Order[E]{}
	}
	*by.forgotten = append(*by.forgotten, by.Live...)
	by.Live = by.Live[:0]
	by.Done = by.issued + 1
	by.Avoid = AnyItem
}

// Confess states what became of the requests that a crash made the buyer
// forget.
func (by *Buyer[E]) Confess(out Out) {
	if by.forgotten == nil {
		return
	}
	for _, o := range *by.forgotten {
		out.Say(market.Fact{
			Kind: market.Ended, Peer: actor.None, Trader: actor.None, Request: by.Request(&o),
			Item: o.Item, Outcome: market.Cancelled, Since: o.Issued,
		})
	}
	by.forgotten = nil
}

// Unended returns how many requests have no outcome.
func (by *Buyer[E]) Unended() int {
	if by.forgotten == nil {
		return len(by.Live)
	}
	return len(by.Live) + len(*by.forgotten)
}

// Begin starts anew the loops in which the buyer is not waiting for an
// outcome.
func (by *Buyer[E]) Begin(out Out) {
	by.era++
	if by.scripted {
		return
	}
	if by.cfg.Buyers.Demand == OpenLoop {
		out.After(by.gap(), by.timer(ArrivalTimer, by.era))
		return
	}
	waiting := 0
	for i := range by.Live {
		if !by.Live[i].Idle {
			waiting++
		}
	}
	for range by.cfg.Buyers.Outstanding - waiting {
		by.ThinkAgain(true, out)
	}
}

// drawItem draws one of the items that buyers want, by weight, other than the
// one to avoid if there is another. It consumes one word.
func (by *Buyer[E]) drawItem() market.Item {
	total := 0
	for i := range by.cfg.Items {
		total += by.weight(market.Item(i))
	}
	if total == 0 {
		by.demand.Uint64()
		return max(0, by.Avoid)
	}
	at := by.demand.IntN(total)
	for i := range by.cfg.Items {
		if at -= by.weight(market.Item(i)); at < 0 {
			return market.Item(i)
		}
	}
	panic("peers: item weights changed during a draw")
}

func (by *Buyer[E]) weight(item market.Item) int {
	switch {
	case item == by.Avoid && len(by.cfg.Items) > 1:
		return 0
	case len(by.cfg.Buyers.Weights) == 0:
		return 1
	default:
		return by.cfg.Buyers.Weights[item]
	}
}
