package check_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/check"
	"souk/sim/market"
	"souk/sim/vtime"
)

// The cast of every story: two buyers, a seller and two traders.
const (
	ann actor.ID = iota
	bob
	sam
	tim
	tom
	actors
)

// The goods, at five dollars each.
const (
	salt market.Item = iota
	boar
	items
)

const price = 5 * market.Dollar

func name(id actor.ID) string {
	if id == actor.None {
		return "nobody"
	}
	return [...]string{"ann", "bob", "sam", "tim", "tom", "the warehouse"}[id]
}

// books is the fake warehouse: it moves goods and money as the facts say, and
// so is honest unless a story tampers with it.
type books struct {
	onHand   []int64
	balance  []market.Money
	live     uint64
	version  uint64
	deposits int64
	views    []market.View
	copies   []market.Copy
}

func newBooks() *books {
	return &books{onHand: make([]int64, items), balance: make([]market.Money, actors+1)}
}

func (b *books) Audit(h *market.Holding) {
	h.Live, h.Version = b.live, b.version
	h.OnHand = append(h.OnHand[:0], b.onHand...)
	h.Balance = append(h.Balance[:0], b.balance...)
	if h.Closely {
		h.Views, h.Copies = b.views, b.copies
	}
}

// follow keeps the books, and writes into a fact what the warehouse would: how much
// is left, the version of the stock, the number of a deposit. What the story says
// itself stays.
func (b *books) follow(f *market.Fact) {
	number := func(n int64) {
		if f.N == 0 {
			f.N = n
		}
	}
	switch f.Kind {
	case market.Issued:
		b.live++
	case market.Ended:
		b.live--
	case market.Deposited:
		b.version++
		b.deposits++
		number(b.deposits)
		b.onHand[f.Item] += int64(f.Qty)
	case market.Sold:
		b.version++
		b.onHand[f.Item] -= int64(f.Qty)
		number(b.onHand[f.Item])
		b.balance[f.Request.Buyer()] -= f.Amount
		b.balance[f.Peer] += f.Amount - f.Cut
		b.balance[f.Trader] += f.Cut
	}
	if f.Version == 0 {
		f.Version = b.version
	}
}

// story is what happened, and how it ended.
type story struct {
	facts []market.Fact
	// tamper falsifies the warehouse's books after the last fact.
	tamper  func(*books)
	loose   bool // not strict
	mortal  bool // not durable
	endless bool // cut short
	stuck   bool // not drained
	now     vtime.Time
	// set changes the setting.
	set func(*check.Setting)
	// counts takes what goes wrong and may.
	counts *check.Counts
}

// setting is what the checkers of every story are told.
func (s *story) setting(b *books) check.Setting {
	set := check.Setting{
		Name: name, Actors: int(actors) + 1, Peers: int(actors), Items: int(items), Seats: 2,
		Auditor: b, Strict: !s.loose, Durable: !s.mortal, Commission: market.Whole / 5,
		Delivery: market.AtMostOnce, Numbered: true, Fenced: true, Versioned: true, PullEvery: 10 * vtime.Second,
		Counts: s.counts,
	}
	if s.set != nil {
		s.set(&set)
	}
	return set
}

// tell shows a story to all checkers, each the kinds that it wants, and returns
// their verdicts, or the first breach.
func tell(s story) ([]check.Verdict, error) {
	b := newBooks()
	checkers := check.All(s.setting(b))
	for i := range s.facts {
		f := &s.facts[i]
		b.follow(f)
		if f.Event == 0 {
			f.Event = uint64(i + 1)
		}
		for _, c := range checkers {
			if slices.Contains(c.Wants(), f.Kind) {
				if err := c.Observe(f); err != nil {
					return nil, err
				}
			}
		}
	}
	if s.tamper != nil {
		s.tamper(b)
	}
	var verdicts []check.Verdict
	for _, c := range checkers {
		v, err := c.Finish(check.Ending{Drained: !s.stuck, Closed: !s.endless, Now: s.now})
		if err != nil {
			return nil, err
		}
		verdicts = append(verdicts, v...)
	}
	return verdicts, nil
}

// verdicts tells a story without a breach and returns what is said by id.
func verdicts(t *testing.T, s story) map[string]check.Verdict {
	t.Helper()
	list, err := tell(s)
	require.NoError(t, err)
	byID := map[string]check.Verdict{}
	for _, v := range list {
		require.NotContains(t, byID, v.ID, "two verdicts")
		byID[v.ID] = v
	}
	return byID
}

// requireBreach tells a story that must break exactly the one invariant.
func requireBreach(t *testing.T, id string, s story) {
	t.Helper()
	_, err := tell(s)
	var b *check.Breach
	require.True(t, errors.As(err, &b), "want a breach of %s, got %v", id, err)
	require.Equal(t, id, b.ID, b.Detail)
	require.Contains(t, err.Error(), "invariant "+id+" broken: ")
}

// The sentences of which the stories are made.

func request(buyer actor.ID, n uint32) market.RequestID { return market.NewRequestID(buyer, n) }

func deposit(qty int32) market.Fact {
	return market.Fact{Kind: market.Deposited, Actor: actors, Peer: sam, Item: salt, Qty: qty, Amount: price}
}

func wish(buyer actor.ID, n uint32) market.Fact {
	return market.Fact{
		Kind: market.Issued, Actor: buyer, Peer: actor.None, Request: request(buyer, n), Item: salt, Qty: 2,
		Deadline: vtime.Time(0).Add(10 * vtime.Second),
	}
}

func queued(buyer actor.ID, n uint32, trader actor.ID) market.Fact {
	return market.Fact{Kind: market.Queued, Actor: trader, Trader: trader, Request: request(buyer, n), Item: salt, Qty: 2}
}

func tookOver(buyer actor.ID, n uint32, from, to actor.ID) market.Fact {
	return market.Fact{Kind: market.TookOver, Actor: to, Trader: to, Peer: from, Request: request(buyer, n), Item: salt}
}

func sold(buyer actor.ID, n uint32, qty int32) market.Fact {
	paid := price * market.Money(qty)
	return market.Fact{
		Kind: market.Sold, Actor: actors, Peer: sam, Trader: tim, Request: request(buyer, n), Item: salt, Qty: qty,
		Amount: paid, Cut: paid / 5,
	}
}

func bought(buyer actor.ID, n uint32, qty int32) market.Fact {
	f := ended(buyer, n, market.Fulfilled)
	f.Qty = qty
	return f
}

func ended(buyer actor.ID, n uint32, o market.Outcome) market.Fact {
	return market.Fact{Kind: market.Ended, Actor: buyer, Request: request(buyer, n), Item: salt, Outcome: o}
}

func confirmed(buyer actor.ID, n uint32) market.Fact {
	return market.Fact{Kind: market.Confirmed, Actor: tim, Trader: tim, Request: request(buyer, n), Item: salt, Qty: 2}
}

func elected(who actor.ID, slot int16, term uint32) market.Fact {
	return market.Fact{Kind: market.Elected, Actor: who, Peer: who, Slot: slot, Term: term}
}

func about(kind market.Kind, who actor.ID) market.Fact {
	return market.Fact{Kind: kind, Actor: who, Peer: actor.None, Trader: actor.None}
}

// by names the trader of a sentence.
func by(trader actor.ID, f market.Fact) market.Fact {
	f.Trader = trader
	return f
}

// refused: the warehouse has nothing for a request.
func refused(buyer actor.ID, n uint32) market.Fact {
	return market.Fact{
		Kind: market.Refused, Actor: actors, Peer: actor.None, Trader: tim, Request: request(buyer, n), Item: salt, Qty: 2,
		Outcome: market.RejectedOutOfStock,
	}
}

func started(buyer actor.ID, n uint32, trader actor.ID) market.Fact {
	f := queued(buyer, n, trader)
	f.Kind = market.Started
	return f
}

// accepted: the trader serves a request from its cache.
func accepted(buyer actor.ID, n uint32, trader actor.ID, qty int32) market.Fact {
	f := queued(buyer, n, trader)
	f.Kind, f.Qty = market.Accepted, qty
	return f
}

// pulled: the trader's cache is a copy of a version of the stock.
func pulled(trader actor.ID, version uint64) market.Fact {
	return market.Fact{Kind: market.Pulled, Actor: trader, Peer: actors, Trader: actor.None, Version: version}
}

// barred: the warehouse counts a seat's writes only from a term on.
func barred(slot int16, term uint32) market.Fact {
	return market.Fact{Kind: market.Barred, Actor: actors, Peer: tom, Slot: slot, Term: term}
}

// fenced: it turned down a trader's write.
func fenced(buyer actor.ID, n uint32, trader actor.ID, term uint32, counts int64) market.Fact {
	return market.Fact{Kind: market.Fenced, Actor: actors, Peer: trader, Request: request(buyer, n), Term: term, N: counts}
}

func returned(who actor.ID, slot int16, term uint32) market.Fact {
	f := elected(who, slot, term)
	f.Kind = market.Returned
	return f
}

// recognised: a peer adopts another as trader.
func recognised(by, who actor.ID, slot int16, term uint32) market.Fact {
	return market.Fact{Kind: market.Recognised, Actor: by, Peer: who, Slot: slot, Term: term}
}

// dated dates a sentence, in seconds.
func dated(seconds int64, f market.Fact) market.Fact {
	f.At = vtime.Time(seconds) * vtime.Time(vtime.Second)
	return f
}

// with returns a changed copy of a sentence.
func with(f market.Fact, change func(*market.Fact)) market.Fact {
	change(&f)
	return f
}

func facts(list ...market.Fact) []market.Fact { return list }
