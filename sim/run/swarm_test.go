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
	"souk/sim/scenario/field"
)

// A swarm is a random scenario: a random market under random trouble. Every
// run is watched by all checkers, so "it ran" means that goods and money were
// conserved, that no request was lost in silence, that nothing took effect
// twice, and that every queue of a dead trader was accounted for.

// pick is one of the values.
func pick(t *rapid.T, key string, values ...string) string {
	return rapid.SampledFrom(values).Draw(t, key)
}

// randomMarket draws the settings of a market that always works.
func randomMarket(t *rapid.T) []field.Override {
	var set []field.Override
	choose := func(key string, values ...string) {
		set = append(set, field.Override{Key: key, Value: pick(t, key, values...)})
	}
	choose("run.seed", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13")
	choose("run.stop.requests", "0", "50", "200")
	choose("peers.roles", "shuffled", "alternating", "random")
	choose("peers.buyers.count", "1", "3", "8")
	choose("peers.sellers.count", "3", "5")
	if rapid.Bool().Draw(t, "open loop") {
		choose("peers.buyers.demand", "open-loop")
		choose("peers.buyers.arrivals", "1s", "{exponential: {mean: 3s}}")
	} else {
		choose("peers.buyers.think", "0s", "100ms", "{exponential: {mean: 2s}}")
		choose("peers.buyers.outstanding", "1", "4")
	}
	choose("peers.buyers.quantity", "1", "{uniform: {min: 1, max: 6}}")
	choose("peers.buyers.fill", "all-or-nothing", "partial")
	choose("peers.buyers.trader", "random", "sticky", "round-robin", "least-loaded")
	choose("peers.buyers.retries", "0", "3")
	choose("peers.buyers.answer_timeout", "1s", "15s")
	choose("peers.buyers.stagger", "0s", "300ms")
	choose("peers.buyers.on_refusal", "another-item", "any-item")
	switch pick(t, "sellers", "change", "keep", "deposit once") {
	case "change":
		choose("peers.sellers.sells.change_every", "10s", "50s")
		choose("peers.sellers.sells.pick", "uniform", "in-turn")
		choose("peers.sellers.sells.on_sold_out", "another-item", "same-item", "wait")
	case "keep":
		choose("peers.sellers.sells.change_every", "10s", "50s")
		choose("peers.sellers.sells.pick", "keep")
		choose("peers.sellers.sells.on_sold_out", "same-item", "wait")
	default:
		choose("peers.sellers.sells.change_every", "0s")
		choose("peers.sellers.sells.on_sold_out", "another-item", "same-item", "wait")
	}
	choose("peers.sellers.restock.quantity", "1", "10", "{uniform: {min: 1, max: 20}}")
	choose("traders.count", "1", "2", "3")
	choose("traders.election.algorithm", "bully", "bully", "appointed")
	choose("traders.election.mode", "sequential", "at-once")
	choose("traders.election.vacancy", "carry-on", "replace")
	choose("traders.workers", "1", "20")
	choose("traders.service", "0s", "5ms", "{exponential: {mean: 200ms}}")
	choose("traders.locked", "0s", "1ms", "50ms")
	choose("traders.queue.order", "lamport", "arrival")
	choose("traders.queue.on_crash", "taken-over", "taken-over", "lost")
	choose("traders.confirm", "shipped", "cached")
	choose("traders.cache.mode", "off", "pull", "ttl")
	if set[len(set)-1].Value == "ttl" {
		choose("traders.cache.ttl", "50ms", "5s")
	}
	choose("traders.cache.warehouse_sync.after_sales", "0", "1", "20")
	choose("traders.cache.warehouse_sync.every", "0s", "2s")
	choose("traders.cache.peer_sync.after_sales", "0", "1", "5")
	choose("traders.cache.peer_sync.every", "0s", "3s")
	choose("traders.cache.peer_sync.merge", "min", "latest")
	choose("traders.cache.peer_sync.takes", "0s", "10ms")
	choose("traders.cache.on_zero", "ask", "deny")
	choose("warehouse.writes", "relative", "absolute")
	choose("warehouse.parallel", "1", "8")
	choose("warehouse.read", "1ms", "{exponential: {mean: 60ms}}")
	choose("network.transport", "direct", "overlay")
	choose("network.order", "any", "fifo")
	choose("network.delay", "100us", "2ms", "{exponential: {mean: 80ms}}")
	choose("network.name_server.remember", "true", "false")
	return set
}

// randomTrouble draws the faults of a run; what begins also ends, so that the
// market is healed when it drains.
func randomTrouble(t *rapid.T) string {
	var b strings.Builder
	for i := range rapid.IntRange(0, 4).Draw(t, "faults") {
		at := rapid.IntRange(0, 100).Draw(t, "at")
		lasting := rapid.IntRange(1, 30).Draw(t, "for")
		memory := pick(t, "memory", "kept", "lost")
		what := pick(t, fmt.Sprint("fault", i),
			"crash: trader0, memory: "+memory, "crash: trader1, memory: "+memory, "crash: trader*, pick: one",
			"crash: peer0, memory: "+memory, "crash: peer2", "crash: warehouse", "crash: store", "resign: trader0", "resign: trader*",
			"partition: [[trader0], [trader1]]", "partition: [[trader0], [warehouse]]",
			"partition: [[peer0..peer1], [peer2..peer3, warehouse]]", "name_server_down: true")
		if strings.Contains(what, "trader1") {
			what = strings.ReplaceAll(what, "trader1", "trader*")
		}
		if strings.Contains(what, "resign") {
			fmt.Fprintf(&b, "  - {at: %ds, %s}\n", at, what)
			continue
		}
		fmt.Fprintf(&b, "  - {at: %ds, for: %ds, %s}\n", at, lasting, what)
	}
	if b.Len() == 0 {
		return ""
	}
	return "faults:\n" + b.String()
}

// flags prints overrides as the command line takes them.
func flags(set []field.Override) string {
	var b strings.Builder
	for _, o := range set {
		fmt.Fprintf(&b, " --set '%s=%s'", o.Key, o.Value)
	}
	return b.String()
}

func TestGoodsMoneyAndRequestsSurviveRandomMarketsUnderRandomTrouble(t *testing.T) {
	property.Check(t, 500, func(t *rapid.T) {
		src := "version: 1\nrun: {time_limit: 2m, drain: 10m}\n" + randomTrouble(t)
		set := randomMarket(t)
		if rapid.Bool().Draw(t, "lossy") {
			set = append(set, field.Override{Key: "network.loss", Value: "2%"})
		}
		doc, problems := scenario.Read("swarm.yaml", []byte(src), set)
		require.NoError(t, problems.Err())
		if _, err := run.Once(&doc.Config, run.Options{}); err != nil {
			t.Fatalf("%v\nreplay: sim run swarm.yaml%s with\n%s", err, flags(set), src)
		}
	})
}
