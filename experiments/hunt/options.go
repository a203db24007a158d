package hunt

// option is a key that a random scenario sets, and the values among which its
// seed chooses. A value that stands there twice is twice as likely. A key that
// begins with ~ is no key of a scenario: it is for others to depend on.
type option struct {
	key    string
	values []string
	// only, if set, says that the option means something only where another key,
	// earlier in the table, has one of these values.
	only condition
	// not says that it means nothing where that key has one of these values.
	not condition
}

type condition struct {
	key    string
	values []string
}

func choose(key string, values ...string) option { return option{key: key, values: values} }

// unless restricts an option to where another key has another value.
func (o option) unless(key string, values ...string) option {
	o.not = condition{key, values}
	return o
}

// when restricts an option.
func (o option) when(key string, values ...string) option {
	o.only = condition{key, values}
	return o
}

// everywhere are the options of every market. Runs are kept short, so that
// thousands of seeds are quick, and end in a calm that is longer than any
// patience.
func everywhere() []option {
	return []option{
		choose("run.time_limit", "100s"),
		choose("run.drain", "10m"),
		choose("run.event_limit", "400000"),
		choose("~length", "short", "full", "full", "full"),
		choose("run.stop.requests", "50", "200").when("~length", "short"),

		// A swarm is many kinds at once. What must be done in time after a crash can
		// only be judged where little else goes wrong.
		choose("~trouble", "swarm", "swarm", "swarm", "swarm", "crashes", "cuts", "cuts", "noise", "death", "death", "none"),
		choose("chaos.kinds", "all").when("~trouble", "swarm"),
		choose("chaos.kinds", "[crash, restart]").when("~trouble", "crashes"),
		choose("chaos.kinds", "[partition, one_way, isolate, halves, ring]").when("~trouble", "cuts"),
		choose("chaos.kinds", "[delay, loss, duplicate, reorder, clog]").when("~trouble", "noise"),
		choose("chaos.kinds", "[crash]").when("~trouble", "death"),
		choose("chaos.from", "1s", "8s", "15s").when("~trouble", "swarm", "crashes", "cuts", "noise"),
		choose("chaos.from", "10s").when("~trouble", "death"),
		choose("chaos.until", "30s", "60s").when("~trouble", "swarm", "crashes", "noise"),
		choose("chaos.until", "60s", "99s", "99s").when("~trouble", "cuts"),
		choose("chaos.until", "90s").when("~trouble", "death"),
		choose("chaos.odds", "3%", "10%", "30%").when("~trouble", "swarm"),
		choose("chaos.odds", "40%").when("~trouble", "cuts", "noise"),
		choose("chaos.odds", "100%").when("~trouble", "crashes", "death"),
		choose("chaos.gap.shortest", "1s").when("~trouble", "swarm", "cuts", "noise"),
		choose("chaos.gap.shortest", "6s").when("~trouble", "crashes"),
		choose("chaos.gap.shortest", "20s").when("~trouble", "death"),
		choose("chaos.gap.longest", "1m").when("~trouble", "swarm", "crashes", "cuts", "noise", "death"),
		choose("chaos.lasts", "1s", "4s", "10s").when("~trouble", "swarm", "crashes", "cuts", "noise"),
		choose("chaos.lasts", "1m").when("~trouble", "death"),
		choose("chaos.longest", "20s").when("~trouble", "swarm", "crashes", "cuts", "noise"),
		choose("chaos.longest", "1m").when("~trouble", "death"),
		choose("run.settle", "0s", "3m"),

		choose("peers.items", "[oil]", "[fish, salt, boar]", "[fish, salt, boar]"),
		choose("peers.roles", "shuffled", "shuffled", "alternating", "sellers-first", "random"),
		choose("peers.count", "6", "9").when("peers.roles", "random"),
		choose("peers.buyers.count", "2", "4", "6"),
		choose("peers.sellers.count", "2", "3", "5"),
		choose("peers.buyers.demand", "closed-loop", "closed-loop", "open-loop"),
		choose("peers.buyers.arrivals", "1s", "{exponential: {mean: 700ms}}", "{exponential: {mean: 3s}}").when("peers.buyers.demand", "open-loop"),
		choose("peers.buyers.think", "200ms", "{exponential: {mean: 500ms}}", "{exponential: {mean: 2s}}").when("peers.buyers.demand", "closed-loop"),
		choose("peers.buyers.outstanding", "1", "1", "4").when("peers.buyers.demand", "closed-loop"),
		choose("peers.buyers.stagger", "0s", "300ms"),
		choose("peers.buyers.quantity", "1", "{uniform: {min: 1, max: 6}}"),
		choose("peers.buyers.fill", "all-or-nothing", "partial"),
		choose("peers.buyers.answer_timeout", "900ms", "3s", "15s", "30s").unless("~trouble", "death"),
		choose("peers.buyers.answer_timeout", "15s", "30s").when("~trouble", "death"),
		choose("~stock", "keep", "change", "change", "once", "supply"),
		choose("peers.sellers.sells.change_every", "0s").when("~stock", "once", "supply"),
		choose("peers.sellers.sells.on_sold_out", "wait").when("~stock", "supply"),
		choose("peers.sellers.sells.change_every", "3s", "20s").when("~stock", "keep", "change"),
		choose("peers.sellers.sells.pick", "keep").when("~stock", "keep"),
		choose("peers.sellers.sells.pick", "uniform", "in-turn").when("~stock", "change"),
		choose("peers.sellers.sells.on_sold_out", "same-item", "wait").when("~stock", "keep"),
		choose("peers.sellers.sells.on_sold_out", "another-item", "another-item", "same-item").when("~stock", "change", "once"),
		choose("peers.sellers.restock.quantity", "1", "5", "{uniform: {min: 1, max: 20}}").when("~stock", "keep", "change", "once"),
		choose("peers.sellers.restock.quantity", "40", "{uniform: {min: 1, max: 200}}").when("~stock", "supply"),
		choose("peers.sellers.restock.takes", "0s", "0s", "1s").when("~stock", "change", "once"),
		choose("network.delay", "100us", "2ms", "{exponential: {mean: 10ms}}", "{exponential: {mean: 80ms}}"),
	}
}

// bazaar are the options of a bazaar.
func bazaar() []option {
	return []option{
		choose("traders.delivery", "exactly-once", "exactly-once", "exactly-once", "at-least-once", "at-most-once"),
		choose("peers.buyers.retries", "0", "3", "3").unless("traders.delivery", "at-most-once"),
		choose("warehouse.dedup_deposits", "true", "true", "true", "false"),
		choose("peers.buyers.trader", "random", "sticky", "round-robin", "least-loaded"),
		choose("peers.sellers.answer_timeout", "1s", "5s"),
		choose("traders.count", "1", "2", "2", "3").unless("~trouble", "death"),
		choose("traders.count", "2", "3").when("~trouble", "death"),
		choose("traders.from", "peers", "staff"),
		choose("traders.settle", "200ms", "2s"),
		choose("traders.opening", "200ms", "2s"),
		choose("traders.election.algorithm", "bully", "bully", "appointed"),
		choose("traders.election.terms", "true", "true", "true", "false"),
		choose("traders.election.preempt", "false", "true").when("traders.election.algorithm", "bully"),
		choose("traders.election.announce_gap", "0s", "0s", "100ms"),
		choose("traders.election.mode", "sequential", "at-once"),
		choose("traders.election.vacancy", "carry-on", "replace"),
		choose("traders.election.start_after", "500ms"),
		choose("traders.election.interval", "500ms", "3s"),
		choose("traders.election.answer_timeout", "300ms", "1s", "3s"),
		choose("traders.heartbeat.to", "traders", "everybody"),
		choose("traders.heartbeat.every", "200ms", "1s"),
		choose("traders.heartbeat.dead_after", "1100ms", "4s"),
		choose("traders.takeover_pause", "0s", "0s", "1s"),
		choose("traders.workers", "1", "3", "20").unless("~trouble", "death"),
		choose("traders.workers", "1", "2").when("~trouble", "death"),
		choose("traders.service", "0s", "5ms", "{exponential: {mean: 200ms}}").unless("~trouble", "death"),
		choose("traders.service", "{exponential: {mean: 300ms}}", "1s").when("~trouble", "death"),
		choose("traders.locked", "0s", "1ms", "50ms"),
		choose("traders.ask_again", "500ms", "3s"),
		choose("traders.queue.order", "lamport", "arrival"),
		choose("traders.queue.on_crash", "taken-over", "taken-over", "lost").unless("~trouble", "death"),
		choose("traders.queue.on_crash", "taken-over").when("~trouble", "death"),
		choose("traders.fencing", "false", "true").when("traders.queue.on_crash", "taken-over"),
		choose("traders.confirm", "shipped", "shipped", "cached"),
		choose("traders.cache.mode", "off", "pull", "pull", "ttl"),
		choose("traders.cache.ttl", "50ms", "5s").when("traders.cache.mode", "ttl"),
		choose("traders.cache.warehouse_sync.after_sales", "0", "1", "5"),
		choose("traders.cache.warehouse_sync.every", "0s", "2s", "2s"),
		choose("traders.cache.peer_sync.after_sales", "0", "1", "5"),
		choose("traders.cache.peer_sync.every", "0s", "3s"),
		choose("traders.cache.peer_sync.merge", "min", "latest"),
		choose("traders.cache.peer_sync.takes", "0s", "10ms"),
		choose("traders.cache.on_zero", "ask", "deny"),
		choose("~any order", "any", "fifo"),
		choose("network.order", "any").when("~any order", "any"),
		choose("traders.cache.versions", "ignore", "check").when("network.order", "any").unless("traders.cache.mode", "off"),
		choose("warehouse.writes", "relative", "relative", "absolute"),
		choose("warehouse.parallel", "1", "4"),
		choose("warehouse.write", "4ms", "{exponential: {mean: 60ms}}"),
		choose("warehouse.read", "1ms", "{exponential: {mean: 60ms}}"),
		choose("network.transport", "direct", "direct", "overlay").unless("~trouble", "death"),
		choose("network.transport", "direct").when("~trouble", "death"),
		choose("network.order", "fifo").when("~any order", "fifo"),
		choose("network.loss", "0%", "0%", "2%").unless("~trouble", "death"),
		choose("network.name_server.remember", "true", "false"),
	}
}

// traderless are the options of a traderless market.
func traderless() []option {
	return []option{
		choose("peers.sellers.workers", "1", "5"),
		choose("peers.sellers.service", "0s", "5ms", "{exponential: {mean: 200ms}}"),
		choose("peers.buyers.start", "0s", "{uniform: {min: 0s, max: 20s}}"),
		choose("traderless.routing", "highest-stock", "random", "cheapest", "nearest"),
		choose("traderless.broadcast_every", "0s", "0s", "700ms"),
		choose("traderless.on_fail", "next-seller", "fail"),
		choose("traderless.check", "atomic", "atomic", "check-then-act").when("peers.sellers.workers", "5"),
		choose("traderless.rejoin_every", "100ms", "5s"),
	}
}

// peerToPeer are the options of a peer-to-peer market.
func peerToPeer() []option {
	return []option{
		choose("peers.buyers.retries", "0", "3", "3"),
		choose("peers.topology.max_degree", "2", "3", "6"),
		choose("peers.sellers.workers", "1", "4"),
		choose("peers.sellers.service", "0s", "5ms", "{exponential: {mean: 200ms}}", "{exponential: {mean: 2s}}"),
		choose("peer_to_peer.hop_limit", "1", "3", "10"),
		choose("peer_to_peer.collect", "1ms", "50ms", "800ms"),
		choose("peer_to_peer.replies", "0", "1", "3"),
		choose("network.order", "any", "fifo"),
		choose("network.loss", "0%", "0%", "2%"),
		choose("network.name_server.remember", "true", "false"),
	}
}
