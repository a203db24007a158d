package run_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim"
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/vtime"
)

// This file holds what death, goodbyes and partitions do to a traderless market.

// A connection that breaks is noticed one delay after the death, and nobody buys
// from the dead after that; behind a partition, which hides the death, a buyer
// gives up on a seller after one answer that does not come.
func TestNobodyKeepsBuyingFromADeadSeller(t *testing.T) {
	const delay, died = 50 * vtime.Millisecond, vtime.Time(30 * vtime.Second)
	for _, c := range []struct {
		faults string
		bound  vtime.Duration
	}{
		{"[{at: 30s, crash: seller0}]", delay},
		{"[{at: 29999ms, partition: [[seller0], [buyer3, buyer4, buyer5, buyer6]], for: 1s}, {at: 30s, crash: seller0}]", 2 * vtime.Second},
		{"[{at: 30s, resign: seller0}]", delay},
	} {
		cfg := read(t, "traderless", "faults="+c.faults, "peers.buyers.script=[]", "network.delay=50ms", "network.name_server.lookup=0s",
			"peers.buyers.answer_timeout=2s", "peers.buyers.think=20ms", "peers.buyers.on_refusal=any-item",
			"peers.sellers.restock.quantity=1000", "peers.sellers.sells.change_every=0s", "peers.sellers.sells.pick=uniform")
		_, facts := noted(t, cfg, market.Routed, market.Ended, market.Disconnected)
		before, after := 0, 0
		waited := map[actor.ID]int{}
		for i := range facts {
			f := &facts[i]
			if f.Kind != market.Routed || f.Peer != 0 {
				continue
			}
			if f.At <= died {
				before++
				continue
			}
			after++
			waited[f.Actor]++
			require.LessOrEqual(t, f.At.Sub(died), c.bound)
			require.LessOrEqual(t, waited[f.Actor], 1, "%v asked the dead more than once", f.Actor)
		}
		require.Greater(t, before, 50, "seller0 was popular")
		if c.bound > delay {
			require.Positive(t, after, "the partition hid the death")
		}
	}
}

// A seller that says goodbye while its workers are busy, and one that dies for
// good, leave nothing behind for which the end of the run would wait.
func TestAMarketDrainsWithoutThoseWhoAreGone(t *testing.T) {
	for _, fault := range []string{"resign", "crash"} {
		for _, name := range []string{"arch-traderless", "arch-peer-to-peer", "arch-cached"} {
			who, slow := "seller*", "peers.sellers.service=2s"
			if name == "arch-cached" {
				who, slow = "warehouse", "warehouse.write=2s"
			}
			if who == "warehouse" && fault == "resign" {
				continue
			}
			report := once(t, name, "faults=[{at: 20s, "+fault+": "+who+"}]", "run.time_limit=30s", "run.phases=[]",
				"peers.buyers.count=20", "run.drain=30m", slow)
			require.Equal(t, sim.Drained, report.World.End, "%s, %s", name, fault)
			require.Less(t, report.World.Now, vtime.Time(2*vtime.Minute), "%s, %s", name, fault)
		}
	}
}

// plays runs a scenario given as text.
func plays(t testing.TB, src string, kinds ...market.Kind) (*run.Report, []market.Fact) {
	t.Helper()
	doc, problems := scenario.Read("play.yaml", []byte("version: 1\nmarket: traderless\n"+src), nil)
	require.NoError(t, problems.Err())
	return noted(t, &doc.Config, kinds...)
}

// A connection whose round trip takes longer than a buyer waits before it calls
// again stands all the same, and its length is measured right.
func TestADistantSellerIsReached(t *testing.T) {
	report, facts := plays(t, `
run: {time_limit: 2m}
peers: {list: [oil, buyer], items: [oil], buyers: {think: 1s}, sellers: {sells: {change_every: 0s}, restock: {quantity: 1000}}}
traderless: {rejoin_every: 2s}
network: {delay: 3500ms, name_server: {lookup: 0s}}
`, market.Connected)
	require.Len(t, facts, 1)
	require.EqualValues(t, 7*vtime.Second, facts[0].N)
	require.Greater(t, report.Meter.Counts.Sales, uint64(10))
	require.Zero(t, report.Meter.Counts.Outcomes[market.TimedOut])
}

// The first thing that a buyer hears after a partition is the answer to its
// purchase. It shows that news is missing, and it is an answer.
func TestAnAnswerCountsThoughNewsIsMissing(t *testing.T) {
	report, _ := plays(t, `
run: {time_limit: 40s}
peers:
  list: [oil, buyer, buyer]
  items: [oil]
  buyers: {script: [{at: 12s, buyer: buyer2, command: buy oil}, {at: 20s, buyer: buyer1, command: buy oil}]}
  sellers: {sells: {change_every: 0s}, restock: {quantity: 10}}
network: {delay: 10ms}
faults: [{at: 10s, partition: [[seller0], [buyer1]], for: 5s}]
`)
	require.EqualValues(t, 2, report.Meter.Counts.Outcomes[market.Fulfilled])
	require.Zero(t, report.Meter.Counts.Ghosts)
}

// A goodbye before which something is missing is no promise that nothing was
// sold: the buyer asks nobody else.
func TestAGoodbyeAfterMissingNewsPromisesNothing(t *testing.T) {
	report, _ := plays(t, `
run: {time_limit: 40s}
peers:
  list: [oil, oil, buyer]
  items: [oil]
  buyers: {script: [{at: 9995ms, buyer: buyer2, command: buy oil}]}
  sellers: {sells: {change_every: 0s}, restock: {quantity: 10}, price: {uniform: {min: 5, max: 10}}, service: 100ms}
traderless: {routing: cheapest}
network: {delay: 10ms}
faults: [{at: 10010ms, partition: [[seller*], [buyer2]], for: 5s}, {at: 16s, resign: seller0}, {at: 16s, resign: seller1}]
`)
	require.EqualValues(t, 1, report.Meter.Counts.Sales, "one wish, one sale")
	require.EqualValues(t, 1, report.Meter.Counts.Outcomes[market.TimedOut])
	require.EqualValues(t, 1, report.Meter.Counts.Ghosts)
}

// Who checks before it acts goes on selling: a sale that fell short neither
// spoils the books of the next item nor keeps the seller from restocking.
func TestCheckThenActDoesNotJamASeller(t *testing.T) {
	for seed := range 5 {
		report, _ := plays(t, fmt.Sprintf(`
run: {time_limit: 5m, seed: %d}
peers:
  roles: sellers-first
  items: [oil, salt]
  buyers: {count: 6, think: 200ms, on_refusal: any-item, quantity: {uniform: {min: 1, max: 2}}}
  sellers: {count: 2, restock: {quantity: 3}, sells: {change_every: 0s, on_sold_out: another-item}, workers: 8, service: {exponential: {mean: 60ms}}}
traderless: {check: check-then-act}
network: {delay: 5ms}
`, seed))
		require.Greater(t, report.Meter.Counts.Sales, uint64(1000), "seed %d", seed)
		require.Positive(t, report.Meter.Counts.OversoldUnits, "seed %d", seed)
	}
}

// What a buyer who has died still had in line nobody works for.
func TestNobodyWorksForTheDead(t *testing.T) {
	report, facts := plays(t, `
run: {time_limit: 20s}
peers:
  list: [oil, buyer, buyer]
  items: [oil]
  buyers: {script: [{at: 1s, buyer: buyer1, command: buy oil 1}, {at: 1s, buyer: buyer2, command: buy oil 5}]}
  sellers: {sells: {change_every: 0s}, restock: {quantity: 10}, service: 1s}
network: {delay: 10ms}
faults: [{at: 1200ms, crash: buyer2}]
`, market.Dropped)
	require.EqualValues(t, 1, report.Meter.Counts.Sales)
	require.Len(t, facts, 1)
}

// A seller that said goodbye does not come back, and does not count as there.
func TestWhoSaidGoodbyeStaysAway(t *testing.T) {
	report, _ := plays(t, `
run: {time_limit: 2m}
peers:
  list: [oil, oil, buyer, buyer, buyer, buyer]
  items: [oil]
  buyers: {think: 100ms}
  sellers: {sells: {change_every: 0s, on_sold_out: same-item}, restock: {quantity: 100}, workers: 2, service: 1s}
network: {delay: 10ms}
faults: [{at: 30s, resign: seller0}, {at: 60s, crash: seller0, for: 5s}]
`)
	gone := report.Summary().Sellers[0]
	require.False(t, gone.Up)
	require.InDelta(t, 0.25, gone.Availability, 0.01)
	require.LessOrEqual(t, gone.Utilisation, gone.Availability)
}

// Goods of a dead seller are no goods that a buyer could have had.
func TestTheGoodsOfTheDeadAreNotUndersold(t *testing.T) {
	report, _ := plays(t, `
run: {time_limit: 30s}
peers:
  list: [oil, buyer]
  items: [oil]
  buyers: {script: [{at: 5s, buyer: buyer1, command: buy oil}, {at: 12s, buyer: buyer1, command: buy oil}]}
  sellers: {sells: {change_every: 0s}, restock: {quantity: 10}}
traderless: {rejoin_every: 10s}
network: {delay: 10ms}
faults: [{at: 3s, crash: seller0, for: 6s}]
`)
	require.EqualValues(t, 1, report.Meter.Counts.Undersold, "at 12s the seller is back, and the buyer does not know yet")
	require.EqualValues(t, 2, report.Meter.Counts.Outcomes[market.RejectedOutOfStock])
}
