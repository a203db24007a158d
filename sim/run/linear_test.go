package run_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/anishathalye/porcupine"
	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/run"
)

// A warehouse that decides everything itself is a linearizable object: each request
// and each deposit takes effect at one instant between its call and its return.
// Porcupine knows nothing of facts about sales; it is shown what buyers and sellers
// saw, and searches for an order that explains it. Time is counted in events, of
// which no two are at once.

// call is what a buyer or a seller asks of one item's shelf.
type call struct {
	// deposit by a seller, else a purchase.
	deposit bool
	seller  actor.ID
	qty     int32
}

// reply is what it hears: from whom it got how much. Nothing is a refusal.
type reply struct {
	seller actor.ID
	qty    int32
}

// stocked is what each seller has of the item, as a list by seller.
type stocked struct {
	seller actor.ID
	qty    int32
}

// shelf is the sequential specification of one item's shelf, with orders that are
// filled whole or not at all.
func shelf() porcupine.Model {
	return porcupine.Model{
		Init: func() any { return []stocked(nil) },
		Step: func(state, input, output any) (bool, any) {
			have, in, out := state.([]stocked), input.(call), output.(reply)
			if in.deposit {
				return true, move(have, in.seller, in.qty)
			}
			if out.qty > 0 {
				at := slices.IndexFunc(have, func(s stocked) bool { return s.seller == out.seller && s.qty >= out.qty })
				return at >= 0 && out.qty == in.qty, move(have, out.seller, -out.qty)
			}
			return !slices.ContainsFunc(have, func(s stocked) bool { return s.qty >= in.qty }), have
		},
		Equal: func(a, b any) bool { return slices.Equal(a.([]stocked), b.([]stocked)) },
	}
}

// move returns the stock after units came or went.
func move(have []stocked, seller actor.ID, qty int32) []stocked {
	next := slices.Clone(have)
	at := slices.IndexFunc(next, func(s stocked) bool { return s.seller == seller })
	if at < 0 {
		next = append(next, stocked{seller, qty})
		slices.SortFunc(next, func(a, b stocked) int { return int(a.seller - b.seller) })
		return next
	}
	next[at].qty += qty
	return next
}

// historian writes down each item's history as those who deal see it.
type historian struct {
	open  map[market.RequestID]porcupine.Operation
	items map[market.Item][]porcupine.Operation
	// picked are the deposits under way, by seller.
	picked map[actor.ID]porcupine.Operation
}

func newHistorian() *historian {
	return &historian{
		open: map[market.RequestID]porcupine.Operation{}, items: map[market.Item][]porcupine.Operation{},
		picked: map[actor.ID]porcupine.Operation{},
	}
}

func (h *historian) Wants() []market.Kind {
	return []market.Kind{market.Picked, market.Registered, market.Issued, market.Ended}
}

func (h *historian) Observe(f *market.Fact) error {
	// A call comes before, and a return after, whatever else happens in its event.
	begin, end := int64(2*f.Event), int64(2*f.Event+1)
	switch f.Kind {
	case market.Picked:
		h.picked[f.Actor] = porcupine.Operation{ClientId: int(f.Actor), Call: begin, Input: call{deposit: true, seller: f.Actor, qty: f.Qty}}
	case market.Registered:
		op := h.picked[f.Actor]
		op.Output, op.Return = reply{}, end
		h.items[f.Item] = append(h.items[f.Item], op)
		delete(h.picked, f.Actor)
	case market.Issued:
		h.open[f.Request] = porcupine.Operation{ClientId: int(f.Actor), Call: begin, Input: call{qty: f.Qty}}
	case market.Ended:
		op := h.open[f.Request]
		op.Output, op.Return = reply{seller: f.Peer, qty: f.Qty}, end
		h.items[f.Item] = append(h.items[f.Item], op)
		delete(h.open, f.Request)
	}
	return nil
}

// history is a short strict run's, by item. Everybody in it hears an answer.
func history(t *testing.T, seed int) [][]porcupine.Operation {
	h := newHistorian()
	r, err := run.Once(read(t, "cacheless", fmt.Sprint("run.seed=", seed), "run.stop.shipped=0", "run.time_limit=70s", "faults=[]",
		"peers.buyers.count=6", "peers.buyers.think=400ms", "peers.buyers.quantity={uniform: {min: 1, max: 4}}",
		"peers.buyers.fill=all-or-nothing", "peers.sellers.sells.change_every=9s", "peers.sellers.restock.quantity=5"),
		run.Options{Observers: []market.Observer{h}})
	require.NoError(t, err)
	requireHolds(t, r, "X1", "X2")
	require.Empty(t, h.open)
	var list [][]porcupine.Operation
	for _, item := range slices.Sorted(maps.Keys(h.items)) {
		list = append(list, h.items[item])
	}
	return list
}

func TestAStrictWarehouseIsLinearizable(t *testing.T) {
	operations, sales := 0, 0
	for seed := range 10 {
		for _, ops := range history(t, seed) {
			require.True(t, porcupine.CheckOperations(shelf(), ops), "seed %d", seed)
			operations += len(ops)
			for _, op := range ops {
				sales += min(1, int(op.Output.(reply).qty))
			}
		}
	}
	require.Greater(t, sales, 300)
	require.Greater(t, operations-sales, 100, "refusals and deposits")
}

// The search finds what is wrong, and so does X2's replay of the same story.
func TestAnIllegalHistoryIsFound(t *testing.T) {
	const sam, tim = 1, 2
	deposit := porcupine.Operation{ClientId: sam, Input: call{deposit: true, seller: sam, qty: 5}, Call: 1, Output: reply{}, Return: 2}
	buy := func(client int, from, to int64, qty int32, out reply) porcupine.Operation {
		return porcupine.Operation{ClientId: client, Input: call{qty: qty}, Call: from, Output: out, Return: to}
	}
	for about, c := range map[string]struct {
		legal bool
		ops   []porcupine.Operation
	}{
		"five of five":             {true, []porcupine.Operation{deposit, buy(3, 3, 4, 5, reply{seller: sam, qty: 5})}},
		"six of five":              {false, []porcupine.Operation{deposit, buy(3, 3, 6, 3, reply{seller: sam, qty: 3}), buy(4, 4, 7, 3, reply{seller: sam, qty: 3})}},
		"of one who has none":      {false, []porcupine.Operation{deposit, buy(3, 3, 4, 1, reply{seller: tim, qty: 1})}},
		"before the deposit":       {false, []porcupine.Operation{buy(3, -3, -2, 1, reply{seller: sam, qty: 1}), deposit}},
		"refused beside a sale":    {true, []porcupine.Operation{deposit, buy(3, 3, 6, 5, reply{seller: sam, qty: 5}), buy(4, 4, 5, 1, reply{})}},
		"refused before a sale":    {false, []porcupine.Operation{deposit, buy(4, 3, 4, 1, reply{}), buy(3, 5, 6, 5, reply{seller: sam, qty: 5})}},
		"refused what there was":   {false, []porcupine.Operation{deposit, buy(3, 3, 4, 5, reply{})}},
		"a part of what was asked": {false, []porcupine.Operation{deposit, buy(3, 3, 4, 7, reply{seller: sam, qty: 5})}},
	} {
		require.Equal(t, c.legal, porcupine.CheckOperations(shelf(), c.ops), about)
	}
	// A real history with one answer falsified.
	ops := slices.Clone(history(t, 1)[0])
	at := slices.IndexFunc(ops, func(op porcupine.Operation) bool { return op.Output.(reply).qty == 0 && !op.Input.(call).deposit })
	require.GreaterOrEqual(t, at, 0)
	ops[at].Output = reply{seller: ops[0].Input.(call).seller, qty: ops[at].Input.(call).qty}
	require.False(t, porcupine.CheckOperations(shelf(), ops))
}
