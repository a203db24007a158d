package experiments_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/experiments/stats"
	"souk/sim/fault"
	"souk/sim/run"
	"souk/sim/scenario"
)

// ground is the scenario of a market into which faults come: a small one, with
// its traders, sellers and buyers busy.
func ground(market string) string {
	const peers = `
version: 1
market: %s
run: {seed: %%d, time_limit: 12s, drain: 1m}
peers:
  roles: sellers-first
  items: [lamp]
  buyers: {count: 8, think: {exponential: {mean: 300ms}}, answer_timeout: 2s}
  sellers:
    count: 3
    sells: {change_every: 0s, on_sold_out: same-item}
    restock: {quantity: 20, takes: {exponential: {mean: 100ms}}}
%s
`
	counter := "    workers: 4\n    service: {exponential: {mean: 20ms}}\n"
	wires := "network: {delay: {lognormal: {median: 5ms, p99: 20ms}}, name_server: {lookup: 0s}}"
	switch market {
	case "bazaar":
		return fmt.Sprintf(peers, market, `traders: {count: 2, from: staff, election: {algorithm: appointed}, settle: 0s, opening: 100ms, heartbeat: {every: 500ms, dead_after: 2s}, workers: 8, service: {exponential: {mean: 20ms}}, cache: {mode: pull, warehouse_sync: {after_sales: 1}}}
warehouse: {read: {exponential: {mean: 5ms}}, write: {exponential: {mean: 5ms}}, parallel: 1}
`+wires)
	case "peer-to-peer":
		return fmt.Sprintf(peers, market, counter+"peer_to_peer: {hop_limit: 8, collect: 300ms, replies: 1}\n"+wires)
	}
	return fmt.Sprintf(peers, market, counter+wires)
}

// bite is a fault and a measure that moves with it. WHO stands for those who
// serve: traders, or sellers where there are none.
type bite struct {
	fault, measure string
	// other is the measure in markets in which another one tells it best.
	other map[string]string
	// weak is the same fault without intensity, beside that which lasts no time.
	weak string
	// at is when it begins, if not after 2s.
	at string
	// once: it is over at once.
	once bool
}

// bites has every kind of fault.
func bites() []bite {
	return []bite{
		{fault: "crash: WHO", measure: "throughput"},
		{fault: "resign: WHO", measure: "throughput", once: true},
		{fault: "restart: WHO", measure: "election_messages", other: map[string]string{"traderless": "undersell", "peer-to-peer": "latency_max"}, once: true},
		{fault: "pause: WHO", measure: "longest_gap"},
		{fault: "slow: WHO, by: 10", measure: "latency_p95", weak: "slow: WHO, by: 1"},
		{fault: "partition: [[WHO], ['buyer*']]", measure: "throughput"},
		{fault: "one_way: [[WHO], ['buyer*']]", measure: "throughput"},
		{fault: "isolate: WHO", measure: "throughput"},
		{fault: "halves: all", measure: "throughput"},
		{fault: "ring: all", measure: "throughput"},
		{fault: "name_server_down: true", measure: "throughput", at: "0s"},
		{fault: "delay: WHO, extra: 100ms", measure: "latency_p95", weak: "delay: WHO, extra: 0s"},
		{fault: "loss: WHO, chance: 20%", measure: "throughput", weak: "loss: WHO, chance: 0%"},
		{fault: "duplicate: WHO, chance: 50%", measure: "messages_per_sale", weak: "duplicate: WHO, chance: 0%"},
		{fault: "reorder: WHO, chance: 50%, extra: 100ms", measure: "latency_p95", weak: "reorder: WHO, chance: 50%, extra: 0s"},
		{fault: "clog: WHO", measure: "longest_gap"},
		{fault: "clock_drift: 'buyer*', by: 3", measure: "issued", weak: "clock_drift: 'buyer*', by: 1"},
		{fault: "clock_skew: 'buyer*', offset: -3s", measure: "issued", weak: "clock_skew: 'buyer*', offset: 0s"},
		{fault: "clock_jump: 'buyer*', offset: -3s", measure: "issued", weak: "clock_jump: 'buyer*', offset: -0s", once: true},
		{fault: "warehouse_errors: 20%", measure: "operations_per_sale", weak: "warehouse_errors: 0%"},
		{fault: "warehouse_late_errors: 20%", measure: "operations_per_sale", weak: "warehouse_late_errors: 0%"},
		{fault: "warehouse_stale_reads: 50%", measure: "oversell", weak: "warehouse_stale_reads: 0%"},
	}
}

// kind is the name of the fault's kind.
func (b *bite) kind() string {
	name, _, _ := strings.Cut(b.fault, ":")
	return name
}

// entry is the fault as an entry of a scenario for a market.
func (b *bite) entry(market, fault, lasts string) string {
	who := "'seller*'"
	if market == "bazaar" {
		who = "'trader*'"
	}
	at := "2s"
	if b.at != "" {
		at = b.at
	}
	if b.once {
		lasts = ""
	}
	return fmt.Sprintf("faults: [{at: %s, %s%s}]\n", at, strings.ReplaceAll(fault, "WHO", who), lasts)
}

// runUnder runs a market under a fault.
func runUnder(t *testing.T, market, faults string, seed int) *run.Report {
	t.Helper()
	src := fmt.Sprintf(strings.TrimPrefix(ground(market), "\n"), seed) + faults
	doc, problems := scenario.Read("ground.yaml", []byte(src), nil)
	require.NoError(t, problems.Err())
	report, err := run.Once(&doc.Config, run.Options{})
	require.NoError(t, err, src)
	return report
}

// Every kind of fault, in every market that has it, moves a measure: an inert
// one would go unnoticed for long. Without intensity, or for no time at all, it
// is not there, to the last bit.
func TestEveryKindOfFaultBites(t *testing.T) {
	const seeds = 20
	for _, market := range []string{"bazaar", "traderless", "peer-to-peer"} {
		var plain []run.Summary
		for seed := range seeds {
			plain = append(plain, runUnder(t, market, "", seed).Summary())
		}
		digest := runUnder(t, market, "", 0).World.Digest
		tried := map[string]bool{}
		for _, b := range bites() {
			k := fault.Kinds()[slices.IndexFunc(fault.Kinds(), func(k fault.Kind) bool { return k.Name == b.kind() })]
			tried[k.Name] = true
			if market == "traderless" && k.Breaks || market != "bazaar" && k.Of != "" {
				continue
			}
			require.Equal(t, k.Momentary, b.once, k.Name)
			name := b.measure
			if other := b.other[market]; other != "" {
				name = other
			}
			m, err := run.FindMeasure(name)
			require.NoError(t, err)
			var without, with []float64
			exercised := 0
			for seed := range seeds {
				report := runUnder(t, market, b.entry(market, b.fault, ", for: 8s"), seed)
				s := report.Summary()
				without, with = append(without, m.Of(&plain[seed])), append(with, m.Of(&s))
				if report.World.Faults[0].Exercised() {
					exercised++
				}
			}
			d := stats.Paired(without, with, 0.99, 1)
			require.Less(t, d.P, 0.01, "%s in %s: %s changes by %.3g", k.Name, market, name, d.Mean)
			require.Greater(t, exercised, seeds/2, "%s in %s", k.Name, market)

			if !k.Momentary {
				require.Equal(t, digest, runUnder(t, market, b.entry(market, b.fault, ", for: 0s"), 0).World.Digest, k.Name)
			}
			require.Equal(t, b.weak == "", k.Wants == 0 && k.Takes != fault.Percent, k.Name)
			if b.weak != "" {
				require.Equal(t, digest, runUnder(t, market, b.entry(market, b.weak, ", for: 8s"), 0).World.Digest, k.Name)
			}
		}
		require.Len(t, tried, len(fault.Kinds()))
	}
}
