package run_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim"
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/scenario/field"
	"souk/sim/traderless"
	"souk/sim/vtime"
)

// clerk keeps every fact of certain kinds.
type clerk struct {
	kinds []market.Kind
	facts []market.Fact
}

func (c *clerk) Wants() []market.Kind { return c.kinds }

func (c *clerk) Observe(f *market.Fact) error {
	c.facts = append(c.facts, *f)
	return nil
}

// noted runs a scenario and returns the facts of certain kinds.
func noted(t testing.TB, cfg *scenario.Config, kinds ...market.Kind) (*run.Report, []market.Fact) {
	t.Helper()
	c := &clerk{kinds: kinds}
	report, err := run.Once(cfg, run.Options{Observers: []market.Observer{c}})
	require.NoError(t, err)
	return report, c.facts
}

func message(f *market.Fact) traderless.MessageKind { return traderless.MessageKind(f.N) }

// Buyers and sellers come and go; at every sale each buyer that is joined at
// that moment, and nobody else, is told what is left. Where no partition hides
// it, a seller soon knows that a buyer has died.
func TestASaleIsToldToEveryJoinedBuyer(t *testing.T) {
	const deaths = "faults=[{at: 9s, crash: buyer*, pick: one, for: {exponential: {mean: 30s}}, every: {exponential: {mean: 9s}}}]"
	for _, c := range [][]string{{"traderless"}, {"traderless-churn"}, {"traderless-churn", deaths}} {
		name := c[0]
		report, facts := noted(t, read(t, name, c[1:]...), market.Sold, market.MessageSent, market.MessageDelivered, market.Disconnected, market.Crashed)
		joined := map[actor.ID]map[actor.ID]bool{}
		died := map[actor.ID]vtime.Time{}
		told, sales, crowd := 0, 0, 0
		for i := range facts {
			f := &facts[i]
			at := joined[f.Actor]
			if at == nil {
				at = map[actor.ID]bool{}
				joined[f.Actor] = at
			}
			switch {
			case f.Kind == market.MessageDelivered && message(f) == traderless.Join:
				at[f.Peer] = true
				delete(died, f.Peer)
			case f.Kind == market.Disconnected:
				// Of a connection that is replaced the seller states the end after
				// the new one arrived.
				if market.Ending(f.N) != market.Hung {
					delete(at, f.Peer)
				}
			case f.Kind == market.Crashed:
				clear(at)
				died[f.Actor] = f.At
			case f.Kind == market.Sold:
				sales++
				crowd += len(at)
			case f.Kind == market.MessageSent && (message(f) == traderless.Stock || message(f) == traderless.SoldOut):
				require.True(t, at[f.Peer], "%v tells %v, who has not joined", f.Actor, f.Peer)
				if since, dead := died[f.Peer]; dead && len(c) > 1 {
					require.Less(t, f.At.Sub(since), 2*vtime.Second, "%v tells %v, who has died", f.Actor, f.Peer)
				}
				told++
			}
		}
		require.Equal(t, crowd, told, name)
		require.EqualValues(t, sales, report.Meter.Counts.Sales)
		require.Greater(t, sales, 200)
	}
}

// With four buyers who are there from the beginning it is four a sale, to the
// message; in batches it is four for each period in which something was sold.
func TestBroadcastsAreCountedExactly(t *testing.T) {
	calm := []string{
		"faults=[]", "peers.buyers.script=[]", "peers.sellers.sells.change_every=0s", "peers.sellers.sells.pick=uniform",
		"peers.sellers.sells.on_sold_out=wait", "peers.sellers.restock.quantity=200",
	}
	report := once(t, "traderless", calm...)
	sales := report.Meter.Counts.Sales
	require.Greater(t, sales, uint64(400))
	require.Equal(t, 4*sales, report.World.Sent[traderless.Stock]+report.World.Sent[traderless.SoldOut])
	require.Equal(t, 4*sales, report.Summary().Cost.Broadcasts)

	for _, period := range []vtime.Duration{100 * vtime.Millisecond, vtime.Second, 10 * vtime.Second} {
		report, facts := noted(t, read(t, "traderless", append(calm, fmt.Sprint("traderless.broadcast_every=", period))...),
			market.Sold, market.MessageSent, market.Closing)
		batches, sent := 0, 0
		pending := map[actor.ID]bool{}
		at := map[actor.ID]vtime.Time{}
		for i := range facts {
			f := &facts[i]
			switch {
			case f.Kind == market.Sold:
				pending[f.Actor] = true
			case f.Kind == market.MessageSent && message(f) == traderless.Stock:
				sent++
				if pending[f.Actor] {
					pending[f.Actor] = false
					batches++
					if last, before := at[f.Actor]; before {
						require.Zero(t, f.At.Sub(last)%period, "broadcasts keep to the seller's clock")
					}
					at[f.Actor] = f.At
				}
			}
		}
		require.Equal(t, 4*batches, sent, "a broadcast without a sale, or one that some did not get")
		left := 0
		for _, p := range pending {
			if p {
				left++
			}
		}
		require.LessOrEqual(t, left, 3, "at most the last batch of each seller is missing")
		require.Less(t, report.World.Sent[traderless.Stock], 4*report.Meter.Counts.Sales)
		require.EqualValues(t, uint64(sent)+report.World.Sent[traderless.SoldOut], report.Summary().Cost.Broadcasts, "neither greetings nor answers count")
	}
}

// hostile is a market in which a careless seller must oversell: few units, many
// buyers at once, slow threads, connections that differ in speed, sellers and
// buyers that die and come back.
func hostile(t testing.TB, seed uint64, check string) *scenario.Config {
	src := `version: 1
market: traderless
run: {time_limit: 20s}
peers:
  roles: sellers-first
  items: [oil, salt]
  buyers: {count: 8, think: {exponential: {mean: 200ms}}, outstanding: 2, quantity: {uniform: {min: 1, max: 3}}}
  sellers:
    count: 3
    sells: {change_every: 5s, on_sold_out: wait}
    restock: {quantity: 6}
    workers: 4
    service: {exponential: {mean: 80ms}}
traderless: {rejoin_every: 500ms, check: ` + check + `}
network: {delay: {lognormal: {median: 20ms, p99: 400ms}}}
faults:
- {at: 2s, crash: "seller*", pick: one, for: {exponential: {mean: 1s}}, every: {exponential: {mean: 3s}}}
- {at: 1s, crash: "buyer*", pick: one, for: {exponential: {mean: 1s}}, every: {exponential: {mean: 2s}}}
- {at: 7s, partition: [[seller0], [buyer4, buyer5]], for: 3s}
`
	doc, problems := scenario.Read("hostile.yaml", []byte(src), nil)
	require.NoError(t, problems.Err())
	return doc.Config.Under(seed)
}

func TestAnAtomicSellerNeverSellsWhatItLacksOnAThousandSeeds(t *testing.T) {
	var sold, refused uint64
	for seed := range uint64(1000) {
		report, err := run.Once(hostile(t, seed, "atomic"), run.Options{})
		require.NoError(t, err, "seed %d", seed)
		require.Zero(t, report.Meter.Counts.OversoldUnits, "seed %d", seed)
		sold += report.Meter.Counts.Sales
		refused += report.Meter.Counts.StaleRefusals
	}
	require.Greater(t, sold, uint64(30_000))
	require.Greater(t, refused, uint64(5_000), "a market in which nobody comes too late proves nothing")
}

func TestCheckThenActSellsWhatItLacksOnEverySeed(t *testing.T) {
	for seed := range uint64(20) {
		report, err := run.Once(hostile(t, seed, "check-then-act"), run.Options{})
		require.NoError(t, err)
		require.Positive(t, report.Meter.Counts.OversoldUnits, "seed %d", seed)
	}
}

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

// Replicas that are a second old send buyers to sellers that have nothing left;
// who has refused a request is not asked for it again.
func TestNoSellerIsAskedTwiceForOneRequest(t *testing.T) {
	cfg := read(t, "arch-traderless", "traderless.broadcast_every=1s", "peers.sellers.count=8", "peers.sellers.restock.quantity=5", "faults=[]")
	report, facts := noted(t, cfg, market.Routed)
	asked := map[string]bool{}
	for i := range facts {
		try := fmt.Sprint(facts[i].Request, facts[i].Peer)
		require.False(t, asked[try], "request %v was taken to %v twice", facts[i].Request, facts[i].Peer)
		asked[try] = true
	}
	require.Greater(t, report.Meter.Counts.StaleRefusals, uint64(500))
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

// The same peers want the same things at the same moments, whoever serves them:
// as long as nobody waits for an answer, not one draw differs between a market
// with traders and one without.
func TestMarketsMeetTheSameDemand(t *testing.T) {
	demand := func(src string) []market.Fact {
		doc, problems := scenario.Read("demand.yaml", []byte(`version: 1
run: {seed: 5, time_limit: 5m}
peers:
  roles: sellers-first
  items: [oil, flour, sugar]
  buyers: {count: 6, demand: open-loop, arrivals: {exponential: {mean: 2s}}, quantity: {uniform: {min: 1, max: 4}}, on_refusal: any-item}
  sellers: {count: 3, sells: {on_sold_out: same-item, change_every: 0s}}
`+src), nil)
		require.NoError(t, problems.Err())
		_, facts := noted(t, &doc.Config, market.Issued)
		return facts
	}
	without := demand("market: traderless\n")
	with := demand("traders: {count: 2, from: staff, election: {algorithm: appointed}, settle: 0s, opening: 0s}\n")
	require.Greater(t, len(without), 600)
	next := map[actor.ID][]market.Fact{}
	for _, f := range with {
		next[f.Actor] = append(next[f.Actor], f)
	}
	compared := 0
	first := map[actor.ID]vtime.Duration{}
	for _, f := range without {
		if len(next[f.Actor]) == 0 {
			continue
		}
		twin := next[f.Actor][0]
		next[f.Actor] = next[f.Actor][1:]
		if f.Request.Number() == 1 {
			first[f.Actor] = f.At.Sub(twin.At)
		}
		require.Equal(t, [3]int64{int64(f.Request), int64(f.Item), int64(f.Qty)}, [3]int64{int64(twin.Request), int64(twin.Item), int64(twin.Qty)})
		require.Equal(t, first[f.Actor], f.At.Sub(twin.At), "the gaps between wishes are the same")
		compared++
	}
	require.Greater(t, compared, 600)
}

func TestTheStateOfTheMarketSurvivesRandomTradersUnderRandomTrouble(t *testing.T) {
	property.Check(t, 300, func(t *rapid.T) {
		var set []field.Override
		choose := func(key string, values ...string) {
			set = append(set, field.Override{Key: key, Value: pick(t, key, values...)})
		}
		choose("run.seed", "1", "2", "3", "4", "5", "6", "7")
		choose("peers.roles", "shuffled", "alternating", "sellers-first")
		choose("peers.buyers.count", "1", "3", "8")
		choose("peers.sellers.count", "2", "5")
		choose("peers.buyers.think", "10ms", "{exponential: {mean: 1s}}")
		choose("peers.buyers.outstanding", "1", "4")
		choose("peers.buyers.quantity", "1", "{uniform: {min: 1, max: 6}}")
		choose("peers.buyers.fill", "all-or-nothing", "partial")
		choose("peers.buyers.answer_timeout", "300ms", "15s")
		choose("peers.buyers.start", "0s", "{uniform: {min: 0s, max: 20s}}")
		choose("peers.sellers.sells.change_every", "2s", "20s")
		choose("peers.sellers.sells.on_sold_out", "another-item", "same-item", "wait")
		choose("peers.sellers.restock.quantity", "1", "{uniform: {min: 1, max: 20}}")
		choose("peers.sellers.workers", "1", "5")
		choose("peers.sellers.service", "0s", "5ms", "{exponential: {mean: 200ms}}")
		choose("traderless.routing", "highest-stock", "random", "cheapest", "nearest")
		choose("traderless.broadcast_every", "0s", "0s", "700ms")
		choose("traderless.on_fail", "next-seller", "fail")
		choose("traderless.check", "atomic", "check-then-act")
		choose("traderless.rejoin_every", "100ms", "5s")
		choose("network.delay", "100us", "{exponential: {mean: 80ms}}")
		src := "version: 1\nmarket: traderless\nrun: {time_limit: 1m}\n"
		for i := range rapid.IntRange(0, 4).Draw(t, "faults") {
			if i == 0 {
				src += "faults:\n"
			}
			at, lasting := rapid.IntRange(0, 50).Draw(t, "at"), rapid.IntRange(1, 20).Draw(t, "for")
			what := pick(t, fmt.Sprint("fault", i), "crash: peer0", "crash: peer*, pick: one", "crash: seller*", "crash: buyer*",
				"partition: [[peer0], [peer1]]", "partition: [[seller*], [buyer*]]", "name_server_down: true", "resign: peer0", "resign: peer1")
			if what[0] != 'r' {
				what += fmt.Sprintf(", for: %ds", lasting)
			}
			src += fmt.Sprintf("- {at: %ds, %s}\n", at, what)
		}
		doc, problems := scenario.Read("swarm.yaml", []byte(src), set)
		require.NoError(t, problems.Err())
		if _, err := run.Once(&doc.Config, run.Options{}); err != nil {
			t.Fatalf("%v\nreplay: sim run swarm.yaml%s with\n%s", err, flags(set), src)
		}
	})
}
