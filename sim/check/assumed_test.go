package check_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/check"
	"souk/sim/market"
	"souk/sim/vtime"
)

// cached makes it a market with caches.
func cached(s *check.Setting) { s.Strict = false }

// copied makes a story end with one copy of the stock.
func copied(c market.Copy) func(*books) {
	return func(b *books) { b.copies = []market.Copy{c} }
}

func rows(r ...market.CopiedRow) []market.CopiedRow { return r }

// agreed makes a story end with everybody's view.
func agreed(views ...market.View) func(*books) {
	return func(b *books) { b.views = views }
}

// view is what a peer believes: who holds the seats, in their order.
func view(peer actor.ID, leaders ...actor.ID) market.View {
	v := market.View{Peer: peer}
	for slot, id := range leaders {
		v.Leaders = append(v.Leaders, market.Seat{ID: id, Slot: int16(slot)})
		v.Leads = v.Leads || id == peer
	}
	return v
}

func TestAPlantedBreachOfWhatIsAssumedIsNamed(t *testing.T) {
	const second = vtime.Second
	day := facts(deposit(1))
	for _, c := range []struct {
		id, how string
		story   story
	}{
		{"G3", "a deposit is applied twice", story{facts: facts(
			with(deposit(2), func(f *market.Fact) { f.N = 7 }), with(deposit(2), func(f *market.Fact) { f.N = 7 }),
		)}},
		{"T3", "an abandoned request is reported as refused", story{facts: facts(
			wish(ann, 1), with(queued(ann, 1, tim), func(f *market.Fact) { f.Kind = market.Abandoned }),
			by(tim, ended(ann, 1, market.RejectedOutOfStock)),
		)}},

		{"T3", "a request is called lost that nobody abandoned", story{facts: facts(wish(ann, 1), ended(ann, 1, market.Lost))}},

		{"O3", "more is accepted than the deposit showed", story{set: cached, facts: facts(
			by(tim, deposit(3)), wish(ann, 1), accepted(ann, 1, tim, 2), wish(ann, 2), accepted(ann, 2, tim, 2),
		)}},
		{"O3", "a snapshot is worth what there was then, and not what came after", story{set: cached, facts: facts(
			by(tom, deposit(2)), by(tom, deposit(5)), pulled(tim, 1), wish(ann, 1), accepted(ann, 1, tim, 3),
		)}},
		{"O3", "a trader that was shown nothing accepts", story{set: cached, facts: facts(
			by(tom, deposit(2)), wish(ann, 1), accepted(ann, 1, tim, 1),
		)}},

		{"E2", "two believe that they hold one seat", story{facts: facts(elected(tim, 0, 1), elected(tom, 0, 2))}},
		{"E2", "one comes back to a seat that another has", story{facts: facts(
			elected(tim, 0, 1), about(market.Crashed, tim), elected(tom, 0, 2), returned(tim, 0, 3),
		)}},
		{"E2", "three lead, for two seats", story{facts: facts(
			elected(tim, 0, 1), elected(tom, 1, 2), returned(ann, 7, 3),
		)}},
		{"E3", "two disagree on who leads", story{facts: day, tamper: agreed(view(ann, tim), view(bob, tom))}},
		{"E3", "two disagree on a seat", story{facts: day, tamper: agreed(view(ann, tim, tom), view(bob, tom, tim))}},
		{"E3", "a leader does not know that it leads", story{facts: day, tamper: agreed(
			view(ann, tim), with2(view(tim, tim), func(v *market.View) { v.Leads = false }),
		)}},
		{"E3", "somebody leads in its own eyes only", story{facts: day, tamper: agreed(
			view(ann, tim), with2(view(tom, tim), func(v *market.View) { v.Leads = true }),
		)}},
		{"E3", "all follow the dead", story{facts: facts(about(market.Crashed, tim)), tamper: agreed(view(ann, tim), view(tom, tim))}},
		{
			"E3", "a seat stays vacant that is to be filled",
			story{facts: day, tamper: agreed(view(ann, tim), view(tim, tim)), set: func(s *check.Setting) { s.Replaced = true }},
		},
		{
			"E3", "a lower id leads where the highest are to",
			story{facts: day, tamper: agreed(view(bob, bob), view(tom, bob)), set: func(s *check.Setting) { s.Seats, s.Replaced, s.Preempted = 1, true, true }},
		},
		{"E4", "a peer forgot its term", story{facts: facts(
			recognised(ann, tim, 0, 5), with(about(market.ElectionStarted, ann), func(f *market.Fact) { f.Term = 5 }),
		)}},
		{"E4", "a trader claims its seat in an old term", story{facts: facts(
			elected(tim, 0, 3), recognised(tim, tom, 1, 6), returned(tim, 0, 6),
		)}},
		{"E4", "a peer takes a seat in the term of its last one", story{facts: facts(
			returned(tim, 0, 3), about(market.Resigned, tim), elected(tim, 0, 3),
		)}},
		{"E5", "the warehouse serves a term that is over", story{facts: facts(
			deposit(2), elected(tim, 0, 3), barred(0, 4), wish(ann, 1), sold(ann, 1, 2),
		)}},
		{"E5", "the warehouse goes back to an earlier term", story{facts: facts(barred(0, 4), barred(0, 3))}},
		{"E5", "the warehouse turns down a term that counts", story{facts: facts(fenced(ann, 1, tim, 5, 4))}},
		{"T4", "a trader sells what another took over", story{facts: facts(
			elected(tim, 0, 1), deposit(2), wish(ann, 1), queued(ann, 1, tim), tookOver(ann, 1, tim, tom), sold(ann, 1, 2),
		)}},
		{"E5", "the warehouse stores what a term that is over brings", story{facts: facts(elected(tim, 0, 3), barred(0, 4), by(tim, deposit(2)))}},
		{"T5", "the second request is served first", story{facts: facts(
			wish(ann, 1), wish(ann, 2), started(ann, 2, tim), started(ann, 1, tim),
		)}},

		{"C1", "a cache is wrong at the end", story{facts: day, tamper: copied(market.Copy{Holder: tim, Rows: rows(market.CopiedRow{Seller: sam, Real: 1})}), set: anyCopy}},
		{"C1", "a sale is never settled", story{facts: facts(deposit(2)), tamper: copied(market.Copy{Holder: tim, Rows: rows(market.CopiedRow{Seller: sam, Unsettled: 1})})}},
		{"C2", "a cache shows more than there ever was", story{facts: facts(deposit(2), wish(ann, 1), sold(ann, 1, 2), deposit(1)), tamper: copied(market.Copy{Holder: tim, Rows: rows(market.CopiedRow{Seller: sam, Shows: 3, Real: 3})})}},
		{"C2", "a cache shows too much beside its own sales", story{facts: facts(deposit(2)), tamper: copied(market.Copy{Holder: tim, Rows: rows(market.CopiedRow{Seller: sam, Shows: 2, Unsettled: 1})})}},
		{"C2", "a cache shows less than nothing", story{facts: facts(deposit(2)), tamper: copied(market.Copy{Holder: tim, Rows: rows(market.CopiedRow{Seller: sam, Shows: -1})})}},
		{"C2", "a cache is newer than the stock", story{facts: facts(deposit(2)), tamper: copied(market.Copy{Holder: tim, Version: 2})}},
		{"C3", "the refreshes have stopped", story{set: cached, facts: facts(
			elected(tim, 0, 1), by(tim, deposit(9)), dated(1, about(market.PullStarted, tim)), dated(2, pulled(tim, 1)),
			wish(ann, 1), dated(14, accepted(ann, 1, tim, 1)),
		)}},
		{"C3", "a copy is believed beyond its time to live", story{facts: facts(
			elected(tim, 0, 1), by(tim, deposit(9)), dated(2, pulled(tim, 1)), wish(ann, 1), dated(7, accepted(ann, 1, tim, 1)),
		), set: func(s *check.Setting) { s.Strict, s.TTL = false, 5*second }}},
		{"C4", "an old snapshot replaces a newer one", story{set: cached, facts: facts(deposit(1), deposit(1), pulled(tim, 2), pulled(tim, 1))}},
	} {
		c.story.endless = true
		t.Run(c.id+" "+c.how, func(t *testing.T) { requireBreach(t, c.id, c.story) })
	}
}

// anyCopy lets a copy show what was never there, so that another invariant speaks.
func anyCopy(s *check.Setting) { s.Unmet.Copies = "needs nothing" }

func with2(v market.View, change func(*market.View)) market.View {
	change(&v)
	return v
}

func TestAPlantedBreachOfASessionIsNamed(t *testing.T) {
	version := func(v uint64) func(*market.Fact) { return func(f *market.Fact) { f.Version = v } }
	ok := func(n uint32) market.Fact { return bought(ann, n, 2) }
	for _, c := range []struct {
		id, how, detail string
		facts           []market.Fact
	}{
		{"X1", "a buyer does not read its own write", "it does not read its buyer's writes", facts(
			deposit(9), wish(ann, 1), with(sold(ann, 1, 2), version(9)), ok(1),
			wish(ann, 2), with(accepted(ann, 2, tom, 2), version(8)), by(tom, with(sold(ann, 2, 2), version(10))), ok(2),
		)},
		{"X1", "a write through another trader before the last is not read", "it does not read its buyer's writes", facts(
			deposit(9), wish(ann, 1), by(tom, with(sold(ann, 1, 2), version(8))), by(tom, ok(1)),
			wish(ann, 2), with(accepted(ann, 2, tim, 2), version(8)), with(sold(ann, 2, 2), version(9)), by(tim, ok(2)),
			wish(ann, 3), with(accepted(ann, 3, tim, 2), version(7)), with(sold(ann, 3, 2), version(10)), by(tim, ok(3)),
		)},
		{"X1", "a buyer reads older news than before", "it reads older news", facts(
			deposit(1), wish(ann, 1), with(refused(ann, 1), version(9)), ended(ann, 1, market.RejectedOutOfStock),
			wish(ann, 2), with(refused(ann, 2), version(8)), ended(ann, 2, market.RejectedOutOfStock),
		)},
		{"X2", "a sale for nobody's request", "not between its call and its return", facts(deposit(9), sold(ann, 1, 2))},
		{"X2", "a sale after the answer", "not between its call and its return", facts(
			deposit(9), wish(ann, 1), ended(ann, 1, market.RejectedOutOfStock), sold(ann, 1, 2),
		)},
		{"X2", "a seller has more left than it should", "leaves 7 with sam by the log, and 8", facts(
			deposit(9), wish(ann, 1), with(sold(ann, 1, 2), func(f *market.Fact) { f.N = 8 }),
		)},
		{"X2", "a refusal though there is enough", "a seller has 2", facts(deposit(2), wish(ann, 1), refused(ann, 1))},
		{"X2", "nobody offers what somebody does", "somebody did", facts(
			deposit(1), wish(ann, 1), with(refused(ann, 1), func(f *market.Fact) { f.Outcome = market.RejectedNotOffered }),
		)},
		{"X2", "two sales lead to one version", "leads to version 1", facts(
			deposit(9), wish(ann, 1), with(sold(ann, 1, 2), version(1)),
		)},
	} {
		t.Run(c.id+" "+c.how, func(t *testing.T) {
			shown := func(s *check.Setting) { s.Unmet.Oversell = "needs nothing" }
			requireBreach(t, c.id, story{facts: c.facts, set: shown})
			_, err := tell(story{facts: c.facts, set: shown})
			require.ErrorContains(t, err, c.detail)
		})
	}
	// The clauses that the replay of the commits would see first.
	unlinear := func(s *check.Setting) {
		s.Delivery, s.Unmet.Oversell = market.AtLeastOnce, "needs nothing"
	}
	requireBreach(t, "X1", story{set: unlinear, facts: facts(
		deposit(9), wish(ann, 1), with(sold(ann, 1, 2), version(9)), ok(1),
		wish(ann, 2), with(refused(ann, 2), version(9)), with(accepted(ann, 2, tim, 2), version(9)), with(sold(ann, 2, 2), version(8)), ok(2),
	)})
}

func TestAPartOfAnOrderIsNoReasonToRefuseIt(t *testing.T) {
	day := facts(deposit(1), wish(ann, 1), refused(ann, 1), ended(ann, 1, market.RejectedOutOfStock))
	require.Equal(t, check.Holds, verdicts(t, story{facts: day})["X2"].State)
	requireBreach(t, "X2", story{facts: day, set: func(s *check.Setting) { s.Partial = true }})
}

// What one market may do and another may not.
func TestWhatMayGoWrongIsCounted(t *testing.T) {
	free := func(s *check.Setting) {
		s.Strict, s.Delivery, s.Numbered, s.Fenced, s.Versioned = false, market.AtLeastOnce, false, false, false
		s.Unmet.OneLeader, s.Unmet.FIFO = "needs luck", "needs luck"
	}
	version := func(v uint64) func(*market.Fact) { return func(f *market.Fact) { f.Version = v } }
	day := facts(
		elected(tim, 0, 1), dated(5, elected(tom, 0, 2)), recognised(ann, tom, 0, 2), recognised(ann, tim, 0, 1), dated(8, about(market.Resigned, tim)),
		by(tim, deposit(9)), with(by(tim, deposit(9)), func(f *market.Fact) { f.N = 1 }), pulled(tim, 1), wish(ann, 1), wish(ann, 2), queued(ann, 1, tim), queued(ann, 2, tim),
		started(ann, 2, tim), started(ann, 1, tim), tookOver(ann, 1, tim, tom),
		by(tom, sold(ann, 1, 2)), sold(ann, 1, 2), with(bought(ann, 1, 2), func(*market.Fact) {}),
		ended(ann, 2, market.TimedOut),
		wish(ann, 3), with(accepted(ann, 3, tim, 2), version(1)), by(tim, sold(ann, 3, 2)), by(tim, bought(ann, 3, 2)),
		wish(ann, 4), with(accepted(ann, 4, tim, 1), version(1)), by(tim, sold(ann, 4, 1)), by(tim, bought(ann, 4, 1)),
		pulled(tim, 4), pulled(tim, 3),
	)
	var counts check.Counts
	said := verdicts(t, story{facts: day, set: free, counts: &counts})
	require.Equal(t, check.Counts{
		LeadersMax: 2, SplitBrain: 3 * vtime.Second, TermRegressions: 1, ZombieWrites: 1, Duplicates: 1, DuplicateUnits: 2,
		Lost: 1, Inversions: 1, VersionRegressions: 1, RepeatedDeposits: 1, Answers: 3, SessionViolations: 2,
	}, counts)
	for _, id := range []string{"E2", "E5", "T2", "T4", "T5", "C4", "X1", "X2"} {
		require.Equal(t, check.Skipped, said[id].State, id)
	}
	for _, id := range []string{"G1", "G2", "M1", "M2", "O1", "R1"} {
		require.Equal(t, check.Holds, said[id].State, "%s holds with duplicates too", id)
	}
	before := counts
	free2 := func(s *check.Setting) { free(s); s.WarmUp = vtime.Hour }
	counts = check.Counts{}
	verdicts(t, story{facts: day, set: free2, counts: &counts})
	require.Equal(t, check.Counts{LeadersMax: before.LeadersMax}, counts, "before the warm-up is over nothing counts")
}

func TestAnAssumptionThatFailsIsNamed(t *testing.T) {
	needs := "needs luck"
	unlucky := func(s *check.Setting) {
		s.Unmet = check.Unmet{Oversell: needs, OneLeader: needs, Agreement: needs, FIFO: needs, Quiescence: needs, Copies: needs, Age: needs}
		s.Strict, s.Fenced, s.Versioned, s.Delivery, s.Numbered, s.Termless = false, false, false, market.AtLeastOnce, false, true
	}
	notes := map[string]string{
		"G3": "needs warehouse.dedup_deposits: true",
		"O3": needs, "E2": needs, "E3": needs, "T5": needs, "C1": needs, "C2": needs, "C3": needs,
		"E4": "needs traders.election.terms: true",
		"E5": "needs traders.fencing: true",
		"T4": "needs traders.fencing: true",
		"T2": "needs traders.delivery: exactly-once or at-most-once",
		"T3": "needs traders.delivery: at-most-once",
		"C4": "needs traders.cache.versions: check",
		"O2": "needs traders.cache.mode: off and warehouse.writes: relative",
		"X1": "needs traders.cache.mode: off and warehouse.writes: relative",
		"X2": "needs traders.cache.mode: off and warehouse.writes: relative",
	}
	measures := map[string]string{
		"G3": "repeated_deposits", "T4": "zombie_writes",
		"O3": "oversell", "E2": "split_brain", "E4": "term_regressions", "E5": "zombie_writes", "T2": "duplicates", "T3": "lost_requests",
		"T5": "inversions", "C4": "version_regressions", "X1": "session_violations",
	}
	said := verdicts(t, story{facts: marketDay(), tamper: evening, set: unlucky})
	for _, id := range all {
		require.Equal(t, measures[id], said[id].Measure, id)
		if note, skipped := notes[id]; skipped {
			require.Equal(t, check.Skipped, said[id].State, id)
			require.Equal(t, note, said[id].Note, id)
		} else {
			require.Equal(t, check.Holds, said[id].State, id)
		}
	}
	require.Equal(t, "needs traders.delivery: exactly-once or at-most-once",
		verdicts(t, story{set: func(s *check.Setting) { s.Delivery = market.AtLeastOnce }})["X2"].Note)
}

// What must be so in the end need not be so at once.
func TestTheEndCanComeTooEarly(t *testing.T) {
	slow := func(s *check.Setting) {
		s.SettleWithin, s.AgreeWithin, s.AgreeFrom = 5*vtime.Second, 6*vtime.Second, vtime.Second
		s.Crash = func(plan int) bool { return plan == 1 }
	}
	fault := func(n int64) market.Fact {
		return with(dated(3, about(market.FaultBegan, actor.None)), func(f *market.Fact) { f.N = n })
	}
	wrong := func(b *books) {
		agreed(view(ann, tim), view(bob, tom))(b)
		copied(market.Copy{Holder: tim, Rows: rows(market.CopiedRow{Seller: sam, Real: 1})})(b)
	}
	const early = 4 * vtime.Time(vtime.Second)
	for _, c := range []struct {
		facts  []market.Fact
		now    vtime.Time
		c1, e3 string
	}{
		{
			facts(dated(3, deposit(1))), early,
			"the run ended 1s after the last sale or trouble; copies can take 5s: a longer run.settle would tell",
			"the run ended 3s after the last trouble or the first elections; agreement can take 6s: a longer run.settle would tell",
		},
		{facts(deposit(1), fault(0)), 100 * early, "a fault was in force to the end", "a fault was in force to the end"},
		{
			facts(deposit(1), fault(1), dated(3, about(market.Crashed, actors))), 2 * early, "a fault was in force to the end",
			"the run ended 5s after the last trouble or the first elections; agreement can take 6s: a longer run.settle would tell",
		},
	} {
		said := verdicts(t, story{facts: c.facts, now: c.now, set: slow, tamper: wrong})
		require.Equal(t, c.c1, said["C1"].Note)
		require.Equal(t, c.e3, said["E3"].Note)
	}
	// A crash of somebody who stays away is no fault in force: the others agree.
	lasting := facts(deposit(1), fault(1), dated(3, about(market.Crashed, tom)))
	requireBreach(t, "C1", story{facts: lasting, now: 100 * early, set: slow, tamper: wrong})
	requireBreach(t, "E3", story{facts: lasting, now: 100 * early, set: slow, tamper: agreed(view(ann, tim), view(bob, tom))})
}

// What looks wrong and is not.
func TestNoFalseAlarmOfWhatIsAssumed(t *testing.T) {
	for about, s := range map[string]story{
		"a deposit of another seller's has the same number": {facts: facts(
			with(deposit(2), func(f *market.Fact) { f.N = 7 }), with(deposit(2), func(f *market.Fact) { f.N, f.Peer = 7, bob }),
		)},
		"a refusal tells the trader what there is": {set: cached, facts: facts(
			by(tom, deposit(9)), wish(ann, 1), with(refused(ann, 1), func(f *market.Fact) { f.N = 1 }), wish(ann, 2), accepted(ann, 2, tim, 9),
		)},
		"a snapshot from before a sale shows what was sold": {set: cached, facts: facts(
			by(tom, deposit(2)), wish(ann, 1), by(tom, sold(ann, 1, 2)), pulled(tim, 1), wish(ann, 2), accepted(ann, 2, tim, 2),
		)},
		"a seat that is left is taken": {facts: facts(elected(tim, 0, 1), about(market.Resigned, tim), elected(tom, 0, 2))},
		"a leader claims its own seat again, and moves": {facts: facts(
			elected(tim, 0, 1), returned(tim, 0, 2), elected(tim, 1, 3), elected(tom, 0, 4),
		)},
		"a seat that nobody fills":               {tamper: agreed(view(ann, tim), view(tim, tim))},
		"an old claim to a seat that was vacant": {facts: facts(recognised(ann, tom, 0, 5), recognised(ann, tim, 0, 2))},
		"who was sent again lost its turn": {facts: facts(
			wish(ann, 1), wish(ann, 2), with(wish(ann, 1), func(f *market.Fact) { f.Kind = market.Retried }),
			started(ann, 2, tim), started(ann, 1, tim), started(ann, 1, tom),
		)},
		"a refresh is under way": {set: cached, facts: facts(
			elected(tim, 0, 1), by(tim, deposit(9)), dated(2, pulled(tim, 1)), dated(12, about(market.PullStarted, tim)),
			wish(ann, 1), dated(20, accepted(ann, 1, tim, 1)),
		)},
		"an answer brings a snapshot while a refresh is under way": {set: cached, facts: facts(
			elected(tim, 0, 1), by(tim, deposit(9)), dated(1, about(market.PullStarted, tim)),
			dated(2, with(pulled(tim, 1), func(f *market.Fact) { f.Event = 99 })),
			dated(2, with(queued(ann, 9, tim), func(f *market.Fact) { f.Kind, f.Event = market.Answered, 99 })),
			wish(ann, 1), dated(14, accepted(ann, 1, tim, 1)),
		)},
		"a trader without memory starts with an old snapshot": {set: cached, facts: facts(
			deposit(1), deposit(1), pulled(tim, 2), about(market.Restarted, tim), pulled(tim, 1),
		)},
		"a trader's cache shows its own sales": {set: func(s *check.Setting) { s.Unmet.Oversell = "needs nothing" }, facts: facts(
			deposit(9), wish(ann, 1), with(accepted(ann, 1, tim, 2), func(f *market.Fact) { f.Version = 1 }), sold(ann, 1, 2), by(tim, bought(ann, 1, 2)),
			wish(ann, 2), with(accepted(ann, 2, tim, 2), func(f *market.Fact) { f.Version = 1 }), sold(ann, 2, 2), by(tim, bought(ann, 2, 2)),
		)},
		"a sale for a buyer that gave up": {facts: facts(
			deposit(9), wish(ann, 1), ended(ann, 1, market.TimedOut), sold(ann, 1, 2),
		)},
		"a trader abandons what another that has it too refuses": {facts: facts(
			wish(ann, 1), with(queued(ann, 1, tom), func(f *market.Fact) { f.Kind = market.Abandoned }),
			by(tim, ended(ann, 1, market.RejectedOutOfStock)),
		)},
		"a trader that begins a new term": {facts: facts(
			deposit(2), elected(tim, 0, 3), barred(0, 4), returned(tim, 0, 4), wish(ann, 1), sold(ann, 1, 2),
		)},
		"a trader that was given the request again": {facts: facts(
			elected(tim, 0, 1), elected(tom, 1, 2), deposit(2), wish(ann, 1), queued(ann, 1, tim), tookOver(ann, 1, tim, tom), tookOver(ann, 1, tom, tim), sold(ann, 1, 2),
		)},
		"late news of a request that is back already": {facts: facts(
			elected(tim, 0, 1), elected(tom, 1, 2), deposit(2), wish(ann, 1), queued(ann, 1, tim), tookOver(ann, 1, tom, tim), tookOver(ann, 1, tim, tom), sold(ann, 1, 2),
		)},
		"two requests under way at once are in no order": {facts: facts(
			deposit(9), deposit(9), wish(ann, 1), wish(ann, 2), sold(ann, 2, 2), bought(ann, 2, 2),
			with(refused(ann, 1), func(f *market.Fact) { f.Version, f.Item, f.Outcome = 1, boar, market.RejectedNotOffered }),
			ended(ann, 1, market.RejectedNotOffered),
		)},
		"a wrong copy in the hands of one that is down": {
			facts: facts(deposit(1), about(market.Crashed, tim)), tamper: copied(market.Copy{Holder: tim, Rows: rows(market.CopiedRow{Seller: sam, Real: 1})}),
		},
		"another's count is taken as it is": {
			facts:  facts(deposit(2)),
			tamper: copied(market.Copy{Holder: tim, Rows: rows(market.CopiedRow{Seller: sam, Shows: 2, Unsettled: 1})}),
			set:    func(s *check.Setting) { s.Increasing, s.Unmet.Quiescence = true, "needs nothing" },
		},
	} {
		s.endless = true
		t.Run(about, func(t *testing.T) { verdicts(t, s) })
	}
}
