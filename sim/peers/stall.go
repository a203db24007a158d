package peers

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// Stall is a seller that keeps its own goods and serves buyers itself: the
// selling side of the markets without traders. It has one item on sale, and a
// counter at which purchases wait for a free worker. What it is asked for it is
// told by messages of its market, and so it answers.
type Stall struct {
	Supply
	ID actor.ID
	// slot is the seller's place among the sellers.
	slot   int16
	timers StallTimers
	// Price is that of a unit on sale.
	Price market.Money
	// Record is the number of units on sale by the seller's own books.
	// Invariant: it equals goods if every sale looks and takes in one step.
	Record int32
	// goods is what is really there.
	goods int32
	// number counts the times that goods were put on sale. It survives a crash.
	number  uint32
	counter market.Station[Purchase]
	service rng.Stream
}

// Purchase is a request at a counter.
type Purchase struct {
	Request market.RequestID
	Item    market.Item
	Qty     int32
	// Mark is its market's note to itself.
	Mark uint32
	// Allowed is how many units a look found for it.
	Allowed int32
}

// Sale is what came of a purchase.
type Sale struct {
	// Qty is the number of units sold, Price that of all of them.
	Qty   int32
	Price market.Money
	// Short: the record showed goods that were not there.
	Short bool
}

// StallTimers are the numbers of a stall's timers.
type StallTimers struct {
	// Changed: time to change the item. Served: a service is over; the guard is
	// the bay. Restocked: goods are there; the guard is the number of the offer
	// that they replace.
	Changed, Served, Restocked uint16
}

// NewStall returns a stall that has nothing yet.
func NewStall(cfg *Config, cast *Cast, id actor.ID, timers StallTimers) Stall {
	return Stall{
		Supply: NewSupply(cfg, cast, id, timers.Changed), ID: id, slot: int16(cast.Index(id)), timers: timers,
		counter: market.NewStation[Purchase](cfg.Sellers.Workers),
		service: rng.NewStream(cfg.Seed, "service", int(id)),
	}
}

// Open states that the seller is in the market.
func (s *Stall) Open(out Out) {
	out.Say(market.Fact{Kind: market.Opened, Peer: actor.None, Slot: s.slot})
}

// Leave takes everything off sale and states that the seller is gone.
func (s *Stall) Leave(out Out) {
	s.withdraw(out)
	out.Say(market.Fact{Kind: market.Left, Peer: actor.None, Slot: s.slot})
}

// Put puts units of the picked item on sale, beside what there is of it.
func (s *Stall) Put(out Out) {
	var quantity int32
	quantity, s.Price = s.Draw()
	s.number++
	s.goods += quantity
	s.Record = s.goods
	out.Say(market.Fact{
		Kind: market.Deposited, Peer: s.ID, Item: s.Item, Qty: quantity, Amount: s.Price,
		N: int64(s.number), Trader: s.ID,
	})
}

// Change picks an item and puts it on sale in place of what is left.
func (s *Stall) Change(out Out) {
	s.withdraw(out)
	s.PickNext()
	s.Put(out)
	s.PlanChange(out)
}

func (s *Stall) withdraw(out Out) {
	if s.goods > 0 {
		out.Say(market.Fact{Kind: market.Withdrawn, Peer: s.ID, Item: s.Item, Qty: s.goods})
	}
	s.goods, s.Record = 0, 0
}

// SoldOut says that the books show nothing left.
func (s *Stall) SoldOut() bool { return s.Record <= 0 }

// Restock does what the seller does when its goods are gone, and says whether
// there is something on sale again. What takes time comes with a timer, see
// Restocked.
func (s *Stall) Restock(out Out) bool {
	if s.cfg.Sellers.SoldOut == Wait {
		return false
	}
	if lead := s.LeadTime(); lead > 0 {
		out.After(lead, actor.Timer{Kind: s.timers.Restocked, Guard: s.number})
		return false
	}
	s.replace(out)
	return true
}

// Restocked puts the goods on sale for which a timer waited, and says whether
// there are any: a change of item in the meantime has brought others.
func (s *Stall) Restocked(t actor.Timer, out Out) bool {
	if t.Guard != s.number {
		return false
	}
	s.replace(out)
	return true
}

func (s *Stall) replace(out Out) {
	if s.cfg.Sellers.SoldOut == AnotherItem {
		s.Change(out)
	} else {
		s.Put(out)
	}
}

// Join puts a purchase in line.
func (s *Stall) Join(p Purchase, out Out) {
	s.counter.Join(p)
	s.say(market.Queued, &p, out)
}

// Begin lets a free worker take the first purchase in line and sets the timer
// of its service; it returns nil if nobody waits or no worker is free.
func (s *Stall) Begin(out Out) *Purchase {
	bay, ok := s.counter.Begin()
	if !ok {
		return nil
	}
	p := s.counter.At(bay)
	s.say(market.Started, p, out)
	out.Takes(vtime.FromNanos(s.cfg.Sellers.Service.Draw(&s.service)), actor.Timer{Kind: s.timers.Served, Guard: uint32(bay)})
	return p
}

// Finish ends the service whose timer fired.
func (s *Stall) Finish(t actor.Timer, out Out) Purchase {
	bay := int32(t.Guard)
	p := *s.counter.At(bay)
	s.counter.End(bay)
	s.say(market.Finished, &p, out)
	return p
}

// Look checks whether the books show enough for a purchase.
func (s *Stall) Look(p *Purchase, out Out) {
	out.Say(market.Fact{
		Kind: market.Checked, Peer: p.Request.Buyer(), Request: p.Request, Item: p.Item, Qty: p.Qty, N: int64(s.left(p.Item)),
	})
	p.Allowed = s.take(p)
}

// left returns what the books show of an item.
func (s *Stall) left(item market.Item) int32 {
	if item != s.Item {
		return 0
	}
	return max(0, s.Record)
}

// Has says whether the books show enough of an item for a purchase of so much.
func (s *Stall) Has(item market.Item, qty int32) bool {
	return s.take(&Purchase{Item: item, Qty: qty}) > 0
}

// take returns how many units a purchase would get by the books.
func (s *Stall) take(p *Purchase) int32 {
	switch left := s.left(p.Item); {
	case left >= p.Qty:
		return p.Qty
	case s.cfg.Buyers.Fill == Partial:
		return left
	default:
		return 0
	}
}

// Sell takes goods for a purchase that a look allowed, and moves the money
// between the accounts in the same instant. What others took since then it does
// not see: the books can show too few for it, and the goods can be gone.
func (s *Stall) Sell(p *Purchase, accounts []market.Money, out Out) Sale {
	take := p.Allowed
	if p.Item == s.Item {
		s.Record -= take
	}
	if p.Item != s.Item || s.goods < take {
		out.Say(market.Fact{Kind: market.Confirmed, Peer: p.Request.Buyer(), Request: p.Request, Item: p.Item, Qty: take, Slot: s.slot, Trader: s.ID})
		s.Refuse(p, out)
		return Sale{Qty: take, Price: s.Price * market.Money(take), Short: true}
	}
	s.goods -= take
	price := s.Price * market.Money(take)
	accounts[p.Request.Buyer()] -= price
	accounts[s.ID] += price
	out.Say(market.Fact{
		Kind: market.Sold, Peer: s.ID, Request: p.Request, Item: p.Item, Qty: take, Trader: s.ID, Slot: s.slot,
		Amount: price, N: int64(s.goods),
	})
	s.Answered(p, out)
	return Sale{Qty: take, Price: price}
}

// Refuse states that a purchase, which came because its buyer believed that
// there is enough, gets nothing.
func (s *Stall) Refuse(p *Purchase, out Out) {
	out.Say(market.Fact{
		Kind: market.Refused, Peer: actor.None, Request: p.Request, Item: p.Item, Qty: p.Qty, Trader: s.ID,
		Outcome: market.RejectedStale, N: 1,
	})
	s.Answered(p, out)
}

// Answered states that the stall has nothing more to do with a purchase.
func (s *Stall) Answered(p *Purchase, out Out) { s.say(market.Answered, p, out) }

func (s *Stall) say(kind market.Kind, p *Purchase, out Out) {
	out.Say(market.Fact{
		Kind: kind, Peer: p.Request.Buyer(), Request: p.Request, Item: p.Item, Qty: p.Qty, Slot: s.slot, Trader: s.ID,
	})
}

// Abandon lets go of the purchases of a buyer that wait.
func (s *Stall) Abandon(buyer actor.ID, out Out) {
	s.counter.Remove(func(p *Purchase) bool {
		if p.Request.Buyer() != buyer {
			return false
		}
		s.say(market.Dropped, p, out)
		return true
	})
}

// Empty refuses everybody who waits or is being served and hands each to the
// market to tell so.
func (s *Stall) Empty(tell func(*Purchase), out Out) {
	s.counter.Each(func(p *Purchase, served bool) {
		if served {
			s.say(market.Finished, p, out)
		} else {
			s.say(market.Dropped, p, out)
		}
		s.Refuse(p, out)
		tell(p)
	})
	s.counter.Clear()
}

// Quiet says that nobody is at the counter.
func (s *Stall) Quiet() bool { return s.counter.Busy()+s.counter.Waiting() == 0 }

// Goods returns what is there of the item on sale.
func (s *Stall) Goods() int32 { return s.goods }

// Reboot: a crash empties the counter; the goods and the books stay.
func (s *Stall) Reboot() { s.counter.Clear() }
