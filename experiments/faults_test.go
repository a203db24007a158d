package experiments_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/experiments/stats"
	"souk/sim/run"
	"souk/sim/scenario"
)

// ground is the scenario of a market into which faults come: a small one, with
// its traders, sellers and buyers busy.
func ground(market string) string {
	const peers = `
version: 1
market: %s
run: {seed: %%d, time_limit: 25s, warmup: 1s, drain: 1m}
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
		return fmt.Sprintf(peers, market, `traders: {count: 2, from: staff, election: {algorithm: appointed}, settle: 0s, opening: 100ms, heartbeat: {every: 500ms, dead_after: 2s}, workers: 8, service: {exponential: {mean: 20ms}}, cache: {mode: pull, warehouse_sync: {every: 1s, after_sales: 0}}}
warehouse: {read: {exponential: {mean: 5ms}}, write: {exponential: {mean: 5ms}}, parallel: 1}
`+wires)
	case "peer-to-peer":
		return fmt.Sprintf(peers, market, counter+"peer_to_peer: {hop_limit: 8, collect: 300ms, replies: 1}\n"+wires)
	}
	return fmt.Sprintf(peers, market, counter+wires)
}

// summary runs a scenario.
func summary(t *testing.T, market, faults string, seed int) (run.Summary, string) {
	t.Helper()
	doc, problems := scenario.Read("ground.yaml", []byte(fmt.Sprintf(strings.TrimPrefix(ground(market), "\n"), seed)+faults), nil)
	require.NoError(t, problems.Err())
	report, err := run.Once(&doc.Config, run.Options{})
	require.NoError(t, err)
	return report.Summary(), report.World.Digest.String()
}

func TestExplore(t *testing.T) {
	faults := []string{
		"crash: W", "resign: W", "restart: W", "pause: W", "slow: W, by: 10",
		"partition: [[W], ['buyer*']]", "one_way: [[W], ['buyer*']]", "isolate: W", "halves: all", "ring: all", "name_server_down: true",
		"delay: W, extra: 100ms", "loss: W, chance: 20%", "duplicate: W, chance: 50%", "reorder: W, chance: 50%, extra: 100ms", "clog: W",
		"clock_drift: 'buyer*', by: 3", "clock_skew: 'buyer*', offset: -3s", "clock_jump: 'buyer*', offset: -3s",
	}
	for market, who := range map[string]string{"bazaar": "'trader*'", "traderless": "'seller*'", "peer-to-peer": "'seller*'"} {
		var plain []run.Summary
		for seed := range 20 {
			s, _ := summary(t, market, "", seed)
			plain = append(plain, s)
		}
		for _, fault := range faults {
			f := strings.ReplaceAll(fault, "W", who)
			if market == "traderless" && (strings.HasPrefix(f, "loss") || strings.HasPrefix(f, "dupl") || strings.HasPrefix(f, "reorder")) {
				continue
			}
			lasts := ", for: 10s"
			if strings.HasPrefix(f, "resign") || strings.HasPrefix(f, "restart") || strings.HasPrefix(f, "clock_jump") {
				lasts = ""
			}
			line := fmt.Sprintf("faults: [{at: 8s, %s%s}]\n", f, lasts)
			var hit []run.Summary
			for seed := range 20 {
				s, _ := summary(t, market, line, seed)
				hit = append(hit, s)
			}
			out := market + " " + fault + ":"
			for _, m := range run.Measures() {
				var a, b []float64
				for i := range plain {
					a, b = append(a, m.Of(&plain[i])), append(b, m.Of(&hit[i]))
				}
				if d := stats.Paired(a, b, 0.95, 1); d.P < 0.001 {
					out += fmt.Sprintf(" %s %+.3g", m.Name, d.Mean)
				}
			}
			fmt.Println(out)
		}
	}
}
