package run_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/run"
	"souk/sim/scenario"
)

// anyFault draws a fault of any kind that a market has.
func anyFault(t *rapid.T, market string) string {
	who := pick(t, "who", "peer0", "peer*", "[peer1, peer2]", "buyer*", "seller*", "all")
	if market == "bazaar" {
		who = pick(t, "whom", who, "trader*", "trader0", "warehouse", "[trader*, warehouse]", "store")
	}
	one := pick(t, "pick", "", ", pick: one")
	memory := ", memory: kept"
	if market != "traderless" {
		memory = pick(t, "memory", memory, ", memory: lost")
	}
	kinds := []string{
		"crash: " + who + one + memory, "restart: " + who + one + memory, "pause: " + who + one,
		"slow: " + who + ", by: " + pick(t, "by", "0.5", "3", "50"),
		"partition: [[peer0, peer1], [peer2, peer3]]", "one_way: [[" + strings.Trim(who, "[]") + "], [peer2]]",
		"isolate: " + who + one, "halves: " + who, "ring: " + who, "name_server_down: true",
		"delay: " + who + ", extra: " + pick(t, "extra", "1ms", "{exponential: {mean: 2s}}"),
		"clog: " + who,
		"clock_drift: " + who + one + ", by: " + pick(t, "pace", "0.5", "1.0001", "3", "0.01"),
		"clock_skew: " + who + one + ", offset: " + pick(t, "offset", "5s", "-5s", "1h", "-1h"),
		"clock_jump: " + who + one + ", offset: " + pick(t, "jump", "5s", "-5s", "1h", "-1h"),
	}
	chance := ", chance: " + pick(t, "chance", "5%", "40%")
	if market != "traderless" {
		kinds = append(kinds, "loss: "+who+chance, "duplicate: "+who+chance, "reorder: "+who+chance+", extra: 300ms")
	}
	if market == "bazaar" {
		kinds = append(kinds, "warehouse_errors: 20%", "warehouse_late_errors: 20%", "warehouse_stale_reads: 50%")
	}
	return pick(t, "kind", kinds...)
}

// Whatever goes wrong, and whatever else does at the same time, no invariant
// breaks.
func TestEveryKindOfFaultInEveryMarketKeepsTheBooks(t *testing.T) {
	for _, market := range []string{"bazaar", "traderless", "peer-to-peer"} {
		t.Run(market, func(t *testing.T) {
			property.Check(t, 150, func(t *rapid.T) {
				var b strings.Builder
				fmt.Fprintf(&b, "version: 1\nmarket: %s\nrun: {seed: %d, time_limit: 90s, drain: 10m}\n", market, rapid.IntRange(0, 999).Draw(t, "seed"))
				b.WriteString("peers: {buyers: {think: 1s, answer_timeout: 4s}}\n")
				if market == "bazaar" {
					fmt.Fprintf(&b, "traders: {count: %s, cache: {mode: %s}}\n", pick(t, "traders", "1", "2", "3"), pick(t, "cache", "off", "pull"))
				}
				if market != "traderless" {
					fmt.Fprintf(&b, "network: {order: %s}\n", pick(t, "order", "any", "fifo"))
				}
				b.WriteString("faults:\n")
				for range rapid.IntRange(1, 5).Draw(t, "faults") {
					fault := anyFault(t, market)
					when := pick(t, "when", fmt.Sprint("at: ", rapid.IntRange(0, 80).Draw(t, "at"), "s"), fmt.Sprint("after_event: ", rapid.IntRange(1, 3000).Draw(t, "event")))
					lasts := ", for: " + pick(t, "for", "100ms", "5s", "20s")
					if strings.HasPrefix(fault, "restart") || strings.HasPrefix(fault, "clock_jump") {
						lasts = ""
					}
					fmt.Fprintf(&b, "- {%s, %s%s%s}\n", when, fault, lasts, pick(t, "every", "", ", every: 15s, times: 3"))
				}
				doc, problems := scenario.Read("faults.yaml", []byte(b.String()), nil)
				require.NoError(t, problems.Err())
				report, err := run.Once(&doc.Config, run.Options{})
				if err != nil {
					t.Fatalf("%v\n%s", err, b.String())
				}
				require.Len(t, report.World.Faults, len(doc.Config.World.Faults))
			})
		})
	}
}
