package run_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/run"
	"souk/sim/scenario"
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
