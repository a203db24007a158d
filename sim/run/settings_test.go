package run_test

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"souk/sim/scenario/field"
)

// pick is one of the values.
func pick(t *rapid.T, key string, values ...string) string {
	return rapid.SampledFrom(values).Draw(t, key)
}

// settings are the choices of one random scenario.
type settings struct {
	t    *rapid.T
	list []field.Override
}

// choose gives a key one of the values, and returns it.
func (s *settings) choose(key string, values ...string) string {
	value := pick(s.t, key, values...)
	s.list = append(s.list, field.Override{Key: key, Value: value})
	return value
}

// settle takes back what has no effect as the others stand.
func (s *settings) settle() {
	value := func(key string) string {
		at := slices.IndexFunc(s.list, func(o field.Override) bool { return o.Key == key })
		if at < 0 {
			return ""
		}
		return s.list[at].Value
	}
	drop := func(key string, idle bool) {
		if idle {
			s.list = slices.DeleteFunc(s.list, func(o field.Override) bool { return o.Key == key })
		}
	}
	drop("traders.fencing", value("traders.queue.on_crash") == "lost")
	drop("traders.cache.versions", value("traders.cache.mode") == "off" || value("network.order") == "fifo")
	drop("traders.election.preempt", value("traders.election.algorithm") == "appointed")
	drop("peers.buyers.retries", value("traders.delivery") == "at-most-once")
}

// randomPeers draws who takes part, in any market.
func randomPeers(t *rapid.T) *settings {
	s := &settings{t: t}
	choose := s.choose
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
	choose("network.order", "any", "fifo")
	choose("network.delay", "100us", "2ms", "{exponential: {mean: 80ms}}")
	choose("network.name_server.remember", "true", "false")
	return s
}

// flags prints overrides as the command line takes them.
func flags(set []field.Override) string {
	var b strings.Builder
	for _, o := range set {
		fmt.Fprintf(&b, " --set '%s=%s'", o.Key, o.Value)
	}
	return b.String()
}

// faultsOfBazaar are what can go wrong in a bazaar.
func faultsOfBazaar(memory string) []string {
	return []string{
		"crash: trader0, memory: " + memory, "crash: trader1, memory: " + memory, "crash: trader*, pick: one",
		"crash: peer0, memory: " + memory, "crash: peer2", "crash: warehouse", "crash: store", "resign: trader0", "resign: trader*",
		"partition: [[trader0], [trader1]]", "partition: [[trader0], [warehouse]]",
		"partition: [[peer0..peer1], [peer2..peer3, warehouse]]", "name_server_down: true",
	}
}

// randomTrouble draws the faults of a run; what begins also ends, so that the
// market is healed when it drains.
func randomTrouble(t *rapid.T, kinds func(memory string) []string) string {
	var b strings.Builder
	for i := range rapid.IntRange(0, 4).Draw(t, "faults") {
		at := rapid.IntRange(0, 100).Draw(t, "at")
		lasting := rapid.IntRange(1, 30).Draw(t, "for")
		memory := pick(t, "memory", "kept", "lost")
		what := pick(t, fmt.Sprint("fault", i), kinds(memory)...)
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
