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
	return [...]string{"ann", "bob", "sam", "tim", "tom"}[id]
}

// books is the fake warehouse: it moves goods and money as the facts say, and
// so is honest unless a story tampers with it.
type books struct {
	onHand  []int64
	balance []market.Money
	live    uint64
}

func (b *books) Audit(h *market.Holding) {
	h.Live = b.live
	h.OnHand = append(h.OnHand[:0], b.onHand...)
	h.Balance = append(h.Balance[:0], b.balance...)
}

func (b *books) follow(f *market.Fact) {
	switch f.Kind {
	case market.Issued:
		b.live++
	case market.Ended:
		b.live--
	case market.Deposited:
		b.onHand[f.Item] += int64(f.Qty)
	case market.Sold:
		b.onHand[f.Item] -= int64(f.Qty)
		b.balance[f.Request.Buyer()] -= f.Amount
		b.balance[f.Peer] += f.Amount - f.Cut
		b.balance[f.Trader] += f.Cut
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
}

// tell shows a story to all checkers, each the kinds that it wants, and returns
// their verdicts, or the first breach.
func tell(s story) ([]check.Verdict, error) {
	b := &books{onHand: make([]int64, items), balance: make([]market.Money, actors)}
	checkers := check.All(check.Setting{
		Name: name, Actors: int(actors), Items: int(items), Seats: 2,
		Auditor: b, Strict: !s.loose, Durable: !s.mortal, Commission: market.Whole / 5,
	})
	for i := range s.facts {
		f := &s.facts[i]
		b.follow(f)
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

// with returns a changed copy of a sentence.
func with(f market.Fact, change func(*market.Fact)) market.Fact {
	change(&f)
	return f
}

func facts(list ...market.Fact) []market.Fact { return list }
