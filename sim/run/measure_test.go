package run_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"souk/sim/run"
	"souk/sim/scenario"
)

// phased is a market whose demand stops half-way, cut into three phases.
const phased = `version: 1
run:
  time_limit: 90s
  phases:
    - {name: all, from: 0s, until: 10m}
    - {name: early, from: 0s, until: 60s}
    - {name: late, from: 60s, until: 90s}
peers: {buyers: {count: 4, think: {exponential: {mean: 1s}}}, sellers: {count: 4}}
traders: {count: 2, election: {algorithm: appointed}}
`

func summarise(t *testing.T, src string) *run.Summary {
	t.Helper()
	doc, problems := scenario.Read("test.yaml", []byte(src), nil)
	require.NoError(t, problems.Err())
	r, err := run.Once(&doc.Config, run.Options{})
	require.NoError(t, err)
	s := r.Summary()
	return &s
}

func of(t *testing.T, s *run.Summary, name string) float64 {
	t.Helper()
	m, err := run.FindMeasure(name)
	require.NoError(t, err)
	return m.Of(s)
}

func TestPhasesAddUpToTheRun(t *testing.T) {
	s := summarise(t, phased)
	require.Len(t, s.Phases, 3)
	assert.Equal(t, of(t, s, "pace"), of(t, s, "pace@all"))
	for _, name := range []string{"issued", "shipped"} {
		assert.Equal(t, of(t, s, name+"@all"), of(t, s, name+"@early")+of(t, s, name+"@late"), name)
		assert.Positive(t, of(t, s, name+"@late"), name)
	}
	assert.Equal(t, of(t, s, "issued"), of(t, s, "issued@all"))
	assert.Equal(t, s.Requests.Fulfilled-s.Phases[0].Requests.Fulfilled, s.Goods.Sales-s.Phases[0].Speed.Sales,
		"what was served during the drain is in no phase")
	assert.InDelta(t, of(t, s, "shipped@late")/30, of(t, s, "throughput@late"), 1e-12)
	assert.InDelta(t, 90, of(t, s, "duration@all"), 1e-9, "a phase ends when the run closes")
	assert.InDelta(t, 1, of(t, s, "served@early")+of(t, s, "unmet@early"), 1e-12)
}

func TestSharesOfRequestsAddUp(t *testing.T) {
	s := summarise(t, phased)
	var failed float64
	for _, name := range []string{"oversell", "out_of_stock", "not_offered", "undersell", "timed_out"} {
		failed += of(t, s, name)
	}
	assert.InDelta(t, of(t, s, "unmet"), failed, 1e-12)
	assert.InDelta(t, 1, of(t, s, "unmet")+of(t, s, "served"), 1e-12)
}

func TestAMeasureWithoutAnythingToMeasureIsUnknown(t *testing.T) {
	empty := &run.Summary{}
	for _, m := range run.Measures() {
		x := m.Of(empty)
		if m.Share() && m.Whole != "the time" || m.Name == "latency_p95" || m.Name == "messages_per_sale" {
			assert.True(t, math.IsNaN(x), m.Name)
			continue
		}
		assert.False(t, math.IsInf(x, 0), m.Name)
	}
	assert.True(t, math.IsNaN(of(t, empty, "throughput@late")))
}

func TestEveryMeasureIsNamedOnceAndExplained(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range run.Measures() {
		assert.False(t, seen[m.Name], m.Name)
		seen[m.Name] = true
		assert.NotEmpty(t, m.Doc, m.Name)
		found, err := run.FindMeasure(m.Name)
		require.NoError(t, err)
		assert.Equal(t, m.Name, found.Name)
	}
	_, err := run.FindMeasure("thruput")
	require.ErrorContains(t, err, `no measure "thruput"`)
	_, err = run.FindMeasure("elected@late")
	require.ErrorContains(t, err, "can't be taken of a phase")
}

func TestImpatientTradersBuryTheLiving(t *testing.T) {
	s := summarise(t, `version: 1
run: {time_limit: 5m}
traders: {count: 2, election: {algorithm: appointed}, heartbeat: {every: 250ms, dead_after: 500ms}}
network: {loss: 10%}
`)
	assert.Positive(t, of(t, s, "false_suspicions"))
}

func TestASpanInWhichMoreEndsThanBeginsHasNoShareAboveOne(t *testing.T) {
	s := summarise(t, `version: 1
run: {time_limit: 90s, phases: [{name: burst, from: 60s, until: 61s}]}
peers: {buyers: {count: 30, demand: open-loop, arrivals: {exponential: {mean: 10s}}}, sellers: {count: 9}}
traders: {count: 1, workers: 1, election: {algorithm: appointed}, service: 50ms}
faults: [{at: 50s, crash: warehouse, for: 10s}]
`)
	burst := s.Phases[0].Requests
	require.Greater(t, burst.Fulfilled+burst.Rejected, burst.Issued)
	for _, name := range []string{"served@burst", "unmet@burst"} {
		assert.LessOrEqual(t, of(t, s, name), 1.0, name)
	}
}

// Every measure of a made-up run, against numbers worked out by hand.
func TestMeasuresAreWhatTheySay(t *testing.T) {
	s := &run.Summary{
		Requests: run.Requests{
			Issued: 20, Fulfilled: 10, Rejected: 7, Stale: 1, OutOfStock: 2, Undersold: 3, NotOffered: 1,
			TimedOut: 2, Cancelled: 1, Retries: 4, Ghosts: 5, OversoldUnits: 6,
			StaleRefusals: 3,
		},
		Goods: run.Goods{Sales: 10, Turnover: 70},
		Speed: run.Speed{
			From: 10, Until: 60, Sales: 9, FirstSale: 20, LastSale: 50, Throughput: 0.18, Gap: 8,
			Latency: run.Latency{N: 10, Mean: 1, P50: 2, P95: 3, P99: 4, Max: 5},
		},
		Cost: run.Cost{
			Messages: 300, Operations: 40, FromCache: 6, FromWarehouse: 3, DeniedByCache: 1, WarehouseBusy: 0.5,
			TakenOver: 2, FalseSuspicions: 1, Elections: 3, Seatings: 5, ElectionMessages: 29, ElectedAt: 9,
			Broadcasts: 50, Routed: 8, RoutedStale: 2, LookUps: 5, Visits: 20,
		},
		Wrong: run.Wrong{
			LeadersMax: 3, SplitBrain: 1.5, TermRegressions: 2, ZombieWrites: 4, Duplicates: 5, Lost: 6, Inversions: 7, RepeatedDeposits: 9,
			VersionRegressions: 8, Answers: 20, SessionViolations: 5,
		},
		Traders: []run.Server{{Utilisation: 0.2, QueueMean: 1}, {Utilisation: 0.6, QueueMean: 2}},
		Sellers: []run.Server{{Utilisation: 0.3, QueueMean: 3}},
	}
	want := map[string]float64{
		"oversell": 0.05, "unmet": 0.5, "out_of_stock": 0.1, "not_offered": 0.05, "undersell": 0.15, "timed_out": 0.1, "served": 0.5,
		"throughput": 0.18, "pace": 0.3, "duration": 50, "latency_mean": 1, "latency_p50": 2, "latency_p95": 3, "latency_p99": 4,
		"latency_max": 5, "longest_gap": 8, "issued": 20, "shipped": 10, "oversold_units": 6, "ghosts": 5, "retries": 4, "taken_over": 2,
		"false_suspicions": 1, "elections": 3, "seatings": 5, "turnover": 70, "messages_per_sale": 30, "operations_per_sale": 4, "cache_hits": 0.7,
		"warehouse_utilisation": 0.5, "trader_utilisation": 0.4, "queue": 2, "seller_utilisation": 0.3, "broadcasts_per_sale": 5,
		"stale_routing": 0.25, "visits_per_look_up": 4, "stale_refusals": 3, "stale_refusals_per_sale": 0.3, "election_messages": 29, "elected": 9,
		"leaders_max": 3, "split_brain": 1.5, "term_regressions": 2, "zombie_writes": 4, "duplicates": 5, "lost_requests": 6,
		"repeated_deposits": 9, "inversions": 7, "version_regressions": 8, "session_violations": 0.25,
	}
	for _, m := range run.Measures() {
		x, known := want[m.Name]
		require.True(t, known, m.Name)
		assert.InDelta(t, x, m.Of(s), 1e-12, m.Name)
	}
	hits, err := run.FindMeasure("cache_hits")
	require.NoError(t, err)
	assert.EqualValues(t, 10, hits.Trials(s))
}

func TestTheMeasureOfAnInvariantIsAMeasure(t *testing.T) {
	for _, v := range summarise(t, phased).Invariants {
		if v.Measure != "" {
			_, err := run.FindMeasure(v.Measure)
			require.NoError(t, err, v.ID)
		}
	}
}
