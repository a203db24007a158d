package check_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/check"
	"souk/sim/market"
)

// all lists the invariants that this package watches over.
var all = []string{
	"C1", "C2", "C3", "C4", "E1", "E2", "E3", "E4", "E5", "G1", "G2", "G3", "M1", "M2", "O1", "O2", "O3",
	"R1", "R2", "R3", "T1", "T2", "T3", "T4", "T5", "X1", "X2",
}

// marketDay is a day on which everything happens that an invariant is about,
// and all of it is as it should be.
func marketDay() []market.Fact {
	return facts(
		elected(tim, 0, 1), elected(tom, 1, 2), barred(0, 1), barred(1, 2),
		deposit(10), about(market.PullStarted, tim), pulled(tim, 1),
		wish(ann, 1), queued(ann, 1, tim), started(ann, 1, tim), accepted(ann, 1, tim, 2), sold(ann, 1, 2), about(market.Closing, actor.None), bought(ann, 1, 2),
		// tim dies with two requests of bob's; tom takes over the one, bob gives
		// the other up.
		wish(bob, 1), queued(bob, 1, tim), wish(bob, 2), queued(bob, 2, tim),
		about(market.Crashed, tim), barred(0, 3), fenced(bob, 1, tim, 1, 3), tookOver(bob, 1, tim, tom), ended(bob, 2, market.TimedOut),
		confirmed(bob, 1), by(tom, sold(bob, 1, 2)), bought(bob, 1, 2),
		about(market.Restarted, tim), returned(tim, 0, 4), recognised(tom, tim, 0, 4),
	)
}

// evening is how a market day ends: everybody agrees who leads, and the copies of
// the stock are right.
func evening(b *books) {
	for id := ann; id <= tom; id++ {
		b.views = append(b.views, market.View{Peer: id, Leads: id >= tim, Leaders: []market.Seat{{ID: tim, Slot: 0, Term: 4}, {ID: tom, Slot: 1, Term: 2}}})
	}
	b.copies = []market.Copy{{
		Holder: tim, Version: b.version,
		Rows: []market.CopiedRow{{Seller: sam, Item: salt, Shows: int32(b.onHand[salt]), Real: int32(b.onHand[salt])}},
	}}
}

func TestEveryInvariantHoldsOnAMarketDay(t *testing.T) {
	said := verdicts(t, story{facts: marketDay(), tamper: evening})
	require.Equal(t, all, slices.Sorted(maps.Keys(said)))
	for id, v := range said {
		require.Equal(t, check.Holds, v.State, id)
		require.Equal(t, "holds", v.Result, id)
		require.Positive(t, v.Checks, id)
		require.NotEmpty(t, v.Statement, id)
	}
}

func TestWhoSawNothingSaysSo(t *testing.T) {
	for id, v := range verdicts(t, story{}) {
		require.Equal(t, check.NotExercised, v.State, id)
		require.Equal(t, "not exercised", v.Result, id)
		require.Zero(t, v.Checks, id)
	}
}

func TestAnUnmetAssumptionSkips(t *testing.T) {
	day := marketDay()
	for _, c := range []struct {
		about, id, note string
		story           story
	}{
		{"not strict", "O2", "needs traders.cache.mode: off and warehouse.writes: relative", story{facts: day, loose: true}},
		{"queues die", "T1", "needs traders.queue.on_crash: taken-over", story{facts: day, mortal: true}},
		{"interrupted", "R3", "the run was cut short", story{facts: append(day, wish(ann, 2)), endless: true}},
		{
			"a partition to the end", "R3", "a fault was in force to the end",
			story{facts: facts(about(market.FaultBegan, actor.None), wish(ann, 1)), stuck: true},
		},
	} {
		v := verdicts(t, c.story)[c.id]
		require.Equal(t, check.Skipped, v.State, c.about)
		require.Equal(t, c.note, v.Note, c.about)
	}
}

func TestAFaultThatEndedIsNoExcuse(t *testing.T) {
	requireBreach(t, "R3", story{stuck: true, facts: facts(
		about(market.FaultBegan, actor.None), wish(ann, 1), about(market.FaultEnded, actor.None),
	)})
}

// What looks wrong and is not.
func TestNoFalseAlarm(t *testing.T) {
	for about, s := range map[string]story{
		"goods shipped to a buyer that gave up are a ghost": {facts: facts(
			deposit(2), wish(ann, 1), ended(ann, 1, market.TimedOut), sold(ann, 1, 2),
		)},
		"a buyer that is down need not know": {stuck: true, facts: facts(wish(ann, 1), about(market.Crashed, ann))},
		"a buyer that tried again has a new deadline": {stuck: true, endless: true, now: 11_000_000_000, facts: facts(
			wish(ann, 1), with(wish(ann, 1), func(f *market.Fact) { f.Kind, f.Deadline = market.Retried, 20_000_000_000 }),
		)},
		"two winners of one counter are two terms": {facts: facts(elected(tim, 0, 7), elected(tom, 1, 7))},
		"an answered request is no orphan": {facts: facts(
			wish(ann, 1), queued(ann, 1, tim),
			with(queued(ann, 1, tim), func(f *market.Fact) { f.Kind = market.Answered }),
			about(market.Crashed, tim), ended(ann, 1, market.RejectedOutOfStock),
		)},
		"a buyer that asks elsewhere before anybody takes over, twice": {facts: facts(
			wish(ann, 1), queued(ann, 1, tim), about(market.Crashed, tim),
			queued(ann, 1, tom), about(market.Crashed, tom), ended(ann, 1, market.TimedOut),
		)},
		"a queue that comes back to its trader": {facts: facts(
			wish(ann, 1), queued(ann, 1, tim), about(market.Crashed, tim), about(market.Restarted, tim),
			with(tookOver(ann, 1, tim, tim), func(f *market.Fact) { f.Kind = market.Reloaded }),
			ended(ann, 1, market.RejectedOutOfStock),
		)},
		"a promise that is revoked": {loose: true, facts: facts(
			wish(ann, 1), confirmed(ann, 1), with(confirmed(ann, 1), func(f *market.Fact) { f.Kind = market.Revoked }),
			ended(ann, 1, market.RejectedStale),
		)},
	} {
		t.Run(about, func(t *testing.T) { verdicts(t, s) })
	}
}
