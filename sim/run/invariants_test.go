package run_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/check"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/scenario/field"
)

// playing runs a scenario given as text.
func playing(t testing.TB, src string, set ...field.Override) *run.Report {
	t.Helper()
	doc, problems := scenario.Read("test.yaml", []byte("version: 1\n"+src), set)
	require.NoError(t, problems.Err())
	report, err := run.Once(&doc.Config, run.Options{})
	require.NoError(t, err)
	return report
}

func verdict(t require.TestingT, r *run.Report, id string) check.Verdict {
	i := slices.IndexFunc(r.Verdicts, func(v check.Verdict) bool { return v.ID == id })
	require.GreaterOrEqual(t, i, 0, id)
	return r.Verdicts[i]
}

func requireHolds(t testing.TB, r *run.Report, ids ...string) {
	t.Helper()
	for _, id := range ids {
		v := verdict(t, r, id)
		require.Equal(t, check.Holds, v.State, "%s: %s", id, v.Note)
	}
}

// Every trader has one copy of the one stock, and the warehouse is so slow that all
// have sold all of it before they hear more. All but one stock is oversold: the bound
// of O3 is met exactly.
func TestTradersOversellAllButOneStock(t *testing.T) {
	for _, traders := range []int{1, 2, 4} {
		for _, stock := range []int{1, 7, 20} {
			r := playing(t, fmt.Sprintf(`
run: {time_limit: 85s}
peers:
  items: [salt]
  buyers: {count: 200, think: 500ms, quantity: 1}
  sellers: {count: 1, sells: {change_every: 0s, on_sold_out: wait}, restock: {quantity: %d}}
traders:
  count: %d
  from: staff
  election: {algorithm: appointed}
  settle: 1s
  opening: 59s
  cache: {mode: pull, on_zero: deny, warehouse_sync: {after_sales: 0, every: 50s}, peer_sync: {after_sales: 0}}
warehouse: {parallel: 100, write: 2s}
`, stock, traders))
			requireHolds(t, r, "O3")
			assert.EqualValues(t, (traders-1)*stock, r.Summary().Requests.Stale, "%d traders, stock %d", traders, stock)
			assert.EqualValues(t, stock, r.Meter.Counts.UnitsSold)
		}
	}
}

// A quiet bazaar is one in which nothing goes wrong and every delay has a bound.
func quietBazaar(t *rapid.T) *settings {
	s := randomPeers(t)
	choose := s.choose
	choose("peers.topology.max_degree", "3")
	choose("traders.count", "1", "2", "3")
	choose("traders.election.mode", "sequential", "at-once")
	choose("traders.election.vacancy", "carry-on", "replace")
	choose("traders.election.interval", "1s", "10s")
	choose("traders.heartbeat.to", "traders", "everybody")
	choose("traders.workers", "1", "20")
	choose("traders.service", "0s", "{exponential: {mean: 200ms}}")
	choose("traders.queue.order", "lamport", "arrival")
	choose("traders.confirm", "shipped", "cached")
	choose("traders.cache.mode", "off", "pull", "pull", "ttl")
	choose("traders.cache.warehouse_sync.after_sales", "0", "20")
	choose("traders.cache.warehouse_sync.every", "2s", "7s")
	choose("traders.cache.peer_sync.after_sales", "0", "1", "5")
	choose("traders.cache.peer_sync.merge", "min", "latest")
	choose("traders.cache.on_zero", "ask", "deny")
	choose("traders.delivery", "exactly-once", "at-least-once", "at-most-once")
	choose("warehouse.parallel", "1", "8")
	choose("warehouse.read", "1ms", "{exponential: {mean: 20ms}}")
	choose("network.delay", "2ms", "{uniform: {min: 0s, max: 400ms}}", "{lognormal: {median: 2ms, p99: 12ms}}", "{exponential: {mean: 10ms}}")
	s.settle()
	return s
}

// Each invariant with assumptions holds where they are met, and is met often enough
// to be believed.
func TestWhatIsAssumedHoldsInQuietMarkets(t *testing.T) {
	held := map[string]int{}
	property.Check(t, 150, func(t *rapid.T) {
		src := "version: 1\nrun: {time_limit: 100s, drain: 10m, settle: 1m}\n"
		set := quietBazaar(t).list
		doc, problems := scenario.Read("quiet.yaml", []byte(src), set)
		require.NoError(t, problems.Err())
		r, err := run.Once(&doc.Config, run.Options{})
		if err != nil {
			t.Fatalf("%v\nreplay: sim run quiet.yaml%s", err, flags(set))
		}
		for _, v := range r.Verdicts {
			if v.State == check.Holds {
				held[v.ID]++
			}
		}
		require.Zero(t, r.Wrong.SplitBrain)
		require.Zero(t, r.Wrong.ZombieWrites)
	})
	for _, id := range []string{"E2", "E3", "E4", "C1", "C2", "C3", "T2", "T3", "T5", "X1", "X2", "O3"} {
		assert.Greater(t, held[id], 4, "%s was hardly exercised: %v", id, held)
	}
}

// After trouble that ends, all agree again who leads, and every copy of the stock is
// right again, within the bounds that the scenario itself gives.
func TestAfterTheHealAllAgreeAndCopiesAreRight(t *testing.T) {
	held := map[string]int{}
	property.Check(t, 100, func(t *rapid.T) {
		src := "version: 1\nrun: {time_limit: 2m, drain: 10m, settle: 5m}\n" + randomTrouble(t, faultsOfBazaar)
		s := randomPeers(t)
		s.choose("traders.count", "1", "2", "3")
		s.choose("traders.heartbeat.to", "everybody")
		s.choose("traders.election.vacancy", "replace")
		s.choose("traders.election.interval", "2s")
		s.choose("traders.election.answer_timeout", "1s")
		s.choose("traders.election.preempt", "true", "false")
		s.choose("traders.cache.mode", "pull", "ttl")
		s.choose("traders.cache.warehouse_sync.every", "2s", "7s")
		s.choose("traders.cache.peer_sync.after_sales", "0", "1")
		s.choose("traders.cache.peer_sync.merge", "min", "latest")
		s.choose("traders.fencing", "true", "false")
		doc, problems := scenario.Read("heal.yaml", []byte(src), s.list)
		require.NoError(t, problems.Err())
		r, err := run.Once(&doc.Config, run.Options{})
		if err != nil {
			t.Fatalf("%v\nreplay: sim run heal.yaml%s with\n%s", err, flags(s.list), src)
		}
		for _, id := range []string{"E3", "C1"} {
			if verdict(t, r, id).State == check.Holds {
				held[id]++
			}
		}
	})
	assert.Greater(t, held["E3"], 50)
	assert.Greater(t, held["C1"], 50)
}

func TestImpatientTradersSplitTheBrain(t *testing.T) {
	r := playing(t, `
run: {time_limit: 5m}
traders: {count: 2, election: {vacancy: replace, answer_timeout: 1s, interval: 1s}, heartbeat: {every: 250ms, dead_after: 500ms}}
network: {loss: 20%}
`)
	s := r.Summary()
	assert.Positive(t, of(t, &s, "split_brain"))
	assert.Greater(t, of(t, &s, "leaders_max"), 2.0)
	require.Equal(t, check.Skipped, verdict(t, r, "E2").State)
	require.Equal(t, "needs network.loss: 0%", verdict(t, r, "E2").Note)
}
