package run_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/market"
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

// ledger keeps all facts but those about faults, without the numbers of their
// events: a fault's own events count too.
type ledger struct{ facts []market.Fact }

func (l *ledger) Wants() (kinds []market.Kind) {
	for k := range market.Kind(market.Kinds) {
		if k != market.FaultBegan && k != market.FaultEnded && k != market.Afflicted {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

func (l *ledger) Observe(f *market.Fact) error {
	fact := *f
	fact.Event = 0
	l.facts = append(l.facts, fact)
	return nil
}

func watchers(all ...market.Observer) []market.Observer { return all }

// A fault that is in force and never strikes changes nothing that anybody does.
func TestAFaultThatNeverStrikesChangesNoOtherFact(t *testing.T) {
	never := ", chance: 0.0000001%"
	for market, faults := range map[string][]string{
		"bazaar": {
			"loss: all" + never, "duplicate: all" + never, "reorder: all, extra: 1s" + never,
			"warehouse_errors: 0.0000001%", "warehouse_late_errors: 0.0000001%",
			"partition: [[buyer*], [store]]", "one_way: [[warehouse], [buyer*]]", "clog: store", "slow: 'buyer*', by: 9",
		},
		"traderless":   {"partition: [[seller0], [seller1, seller2]]", "ring: 'seller*'", "halves: 'buyer*'", "name_server_down: true", "slow: 'buyer*', by: 9"},
		"peer-to-peer": {"loss: all" + never, "duplicate: all" + never, "reorder: all, extra: 1s" + never, "slow: 'buyer*', by: 9"},
	} {
		facts := func(faults string) (*run.Report, *ledger) {
			src := "version: 1\nmarket: " + market + "\nrun: {time_limit: 40s}\npeers: {roles: sellers-first, buyers: {count: 5}, sellers: {count: 4}}\n"
			if market == "bazaar" {
				src += "traders: {count: 1, from: staff, election: {algorithm: appointed}, queue: {on_crash: lost}}\n"
			}
			doc, problems := scenario.Read("calm.yaml", []byte(src+faults), nil)
			require.NoError(t, problems.Err())
			var l ledger
			report, err := run.Once(&doc.Config, run.Options{Observers: watchers(&l)})
			require.NoError(t, err)
			return report, &l
		}
		calm, want := facts("")
		for _, fault := range faults {
			report, got := facts("faults: [{at: 20s, for: 10s, " + strings.ReplaceAll(fault, "buyer*]", "\"buyer*\"]") + "}]\n")
			require.Equal(t, want, got, fault)
			require.Equal(t, calm.World.Sent, report.World.Sent)
			require.False(t, report.World.Faults[0].Exercised(), fault)
			require.EqualValues(t, 1, report.World.Faults[0].Begun, fault)
		}
	}
}
