package scenario

import (
	"fmt"
	"slices"

	"souk/sim"
	"souk/sim/actor"
	"souk/sim/bazaar"
	"souk/sim/bazaar/cache"
	"souk/sim/bazaar/election"
	"souk/sim/market"
	"souk/sim/network"
	"souk/sim/peers"
	"souk/sim/rng"
	"souk/sim/scenario/field"
	"souk/sim/vtime"
)

// bazaarMarket is the trader bazaar as scenarios know it.
func bazaarMarket() marketKind {
	return marketKind{
		name: "bazaar", doc: "peers elect traders, who sell for the sellers out of a common warehouse",
		fields: func() []f {
			return slices.Concat(dealingFields(), traderFields(), cacheFields(), warehouseFields())
		},
		judge: (*judge).traders,
		idle: func(c, least *Config) []idleOption {
			return []idleOption{
				{"traders.cache.ttl", c.Bazaar.Traders.Cache.TTL != least.Bazaar.Traders.Cache.TTL, c.Bazaar.Traders.Cache.Mode == cache.TTL, "mode: ttl"},
				{"traders.cache.versions", c.Bazaar.Traders.Cache.Versions != least.Bazaar.Traders.Cache.Versions, c.Bazaar.Traders.Cache.Mode != cache.Off && c.World.Network.Order == network.Any, "traders with a cache, and network.order: any"},
				{"traders.election.preempt", c.Bazaar.Traders.Election.Preempt, c.Bazaar.Traders.Election.Algorithm == election.Bully, "algorithm: bully"},
				{"traders.fencing", c.Bazaar.Traders.Fencing, c.Bazaar.Traders.OnCrash == bazaar.TakenOver, "traders.queue.on_crash: taken-over, where another trader can have the queue of one that is alive"},
				{"peers.buyers.retries", c.Peers.Buyers.Retries != least.Peers.Buyers.Retries, c.Bazaar.Traders.Delivery != market.AtMostOnce, "a traders.delivery that repeats requests"},
			}
		},
		called: "buyer7, seller*, peer3, peer0..peer4, trader1, warehouse, store or all",
		stage:  stageBazaar,
	}
}

func dealingFields() []f {
	return []f{
		{
			Key: "peers.buyers.trader", Default: "random", Doc: "Which trader a buyer asks.",
			Type: field.Choice(func(c *Config) *bazaar.Choice { return &c.Bazaar.Choice },
				option("random", bazaar.RandomTrader, "each equally likely"),
				option("sticky", bazaar.Sticky, "the first one chosen, until it is gone"),
				option("round-robin", bazaar.RoundRobin, "one after the other"),
				option("least-loaded", bazaar.LeastLoaded, "the one whose queue was shortest when it last answered")),
		},
		{
			Key: "peers.sellers.answer_timeout", Default: "15s", Doc: "How long a seller waits before it sends a deposit again.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.Bazaar.DepositTimeout }, vtime.Millisecond),
		},
	}
}

func traderFields() []f {
	return append(electionFields(), []f{
		{
			Key: "traders.settle", Default: "15s", Doc: "The wait from the last election to the sellers' first deposits.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.Bazaar.Traders.Settle }, 0),
		},
		{
			Key: "traders.opening", Default: "10s", Doc: "The wait from the deposits to the first purchases.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.Bazaar.Traders.Opening }, 0),
		},
		group("traders.heartbeat", "How the traders watch over each other."),
		{
			Key: "traders.heartbeat.every", Default: "1s", Doc: "How often a trader tells the others that it is alive.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.Bazaar.Traders.HeartbeatEvery }, vtime.Millisecond),
		},
		{
			Key: "traders.heartbeat.dead_after", Default: "5s", Doc: "The silence after which a trader is believed dead.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.Bazaar.Traders.DeadAfter }, vtime.Millisecond),
		},
		{
			Key: "traders.heartbeat.to", Default: "traders", Doc: "Whom a trader tells that it is alive.",
			Type: field.Choice(func(c *Config) *bool { return &c.Bazaar.Traders.HeartbeatAll },
				option("traders", false, "the other traders, who tell everybody of a death"),
				option("everybody", true, "all peers: each learns who leads, notices silence itself and, with vacancy: replace, calls an election at once")),
		},
		{
			Key: "traders.takeover_pause", Default: "0s",
			Doc:  "How long a trader serves nothing after it announced another's death, so that all take note; 0s is not at all.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.Bazaar.Traders.TakeoverPause }, 0),
		},
		{
			Key: "traders.commission", Default: "20%", Doc: "The trader's part of a price; the seller gets the rest.",
			Type: field.Share(func(c *Config) *market.Share { return &c.Bazaar.Traders.Commission }),
		},
		{
			Key: "traders.workers", Default: "20", Doc: "How many requests a trader serves at once.",
			Type: field.Int(func(c *Config) *int { return &c.Bazaar.Traders.Workers }, 1, 100_000),
		},
		{
			Key: "traders.service", Default: "5ms", Doc: "A worker's own time for a request, outside the lock.",
			Type: field.DurationDist(func(c *Config) *rng.Distribution { return &c.Bazaar.Traders.Service }),
		},
		{
			Key: "traders.locked", Default: "1ms", Doc: "A worker's time under the trader's one write lock.",
			Type: field.DurationDist(func(c *Config) *rng.Distribution { return &c.Bazaar.Traders.Locked }),
		},
		{
			Key: "traders.queue.order", Default: "lamport", Doc: "In which order a trader serves its queue.",
			Type: field.Choice(func(c *Config) *bazaar.Order { return &c.Bazaar.Traders.Order },
				option("lamport", bazaar.Lamport, "by the logical time at which the buyer asked, then by buyer"),
				option("arrival", bazaar.Arrival, "first come, first served")),
		},
		{
			Key: "traders.queue.on_crash", Default: "taken-over", Doc: "What becomes of a trader's queue when it dies.",
			Type: field.Choice(func(c *Config) *bazaar.OnCrash { return &c.Bazaar.Traders.OnCrash },
				option("taken-over", bazaar.TakenOver, "it is kept in a shared store, from which a survivor takes it over"),
				option("lost", bazaar.LostQueue, "it dies with the trader; the buyers must ask again")),
		},
		{
			Key: "traders.confirm", Default: "shipped", Doc: "When a buyer is told that it will get its goods.",
			Type: field.Choice(func(c *Config) *bazaar.Confirm { return &c.Bazaar.Traders.Confirm },
				option("shipped", bazaar.WhenShipped, "once the warehouse has shipped"),
				option("cached", bazaar.WhenCached, "as soon as the cache says yes; the warehouse may still refuse")),
		},
		{
			Key: "traders.delivery", Default: "exactly-once", Doc: "How often a request takes effect when messages are lost and actors crash.",
			Type: field.Choice(func(c *Config) *market.Delivery { return &c.Bazaar.Traders.Delivery },
				option("exactly-once", market.ExactlyOnce, "it is repeated until it is answered, and the warehouse keeps receipts"),
				option("at-least-once", market.AtLeastOnce, "it is repeated, and nobody keeps receipts: some take effect twice"),
				option("at-most-once", market.AtMostOnce, "nobody repeats what may have taken effect: some are lost, and their buyers are told so; buyers do not retry")),
		},
		{
			Key: "traders.fencing", Default: "false", Doc: "Whether the warehouse and the queue store turn down writes of a trader whose term is over, before another takes over its queue.",
			Type: field.Bool(func(c *Config) *bool { return &c.Bazaar.Traders.Fencing }),
		},
		{
			Key: "traders.ask_again", Default: "10s", Doc: "How long a trader waits for the warehouse before it repeats a question.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.Bazaar.Traders.AskAgain }, vtime.Millisecond),
		},
	}...)
}

// algorithms are the election algorithms as options.
func algorithms() []field.Option[election.Algorithm] {
	var options []field.Option[election.Algorithm]
	for i, a := range election.Algorithms() {
		options = append(options, option(a.Name, election.Algorithm(i), a.Doc))
	}
	return options
}

// cacheModes are the cache policies as options.
func cacheModes() []field.Option[cache.Mode] {
	var options []field.Option[cache.Mode]
	for i, k := range cache.Kinds() {
		options = append(options, option(k.Name, cache.Mode(i), k.Doc))
	}
	return options
}

func electionFields() []f {
	return []f{
		group("traders", "The elected peers who take orders; they neither buy nor sell."),
		{
			Key: "traders.count", Default: "2", Doc: "How many there are.",
			Type: field.Int(func(c *Config) *int { return &c.Bazaar.Traders.Count }, 1, 1000),
		},
		{
			Key: "traders.from", Default: "peers", Doc: "Who can become one.",
			Type: field.Choice(func(c *Config) *bool { return &c.Staffed },
				option("peers", false, "buyers and sellers, who then neither buy nor sell"),
				option("staff", true, "as many further peers, numbered after all others, who do nothing else")),
		},
		group("traders.election", "How they are chosen."),
		{
			Key: "traders.election.algorithm", Default: "bully", Doc: "Who wins.",
			Type: field.Choice(func(c *Config) *election.Algorithm { return &c.Bazaar.Traders.Election.Algorithm },
				algorithms()...),
		},
		{
			Key: "traders.election.mode", Default: "sequential", Doc: "How several traders are elected.",
			Type: field.Choice(func(c *Config) *election.Mode { return &c.Bazaar.Traders.Election.Mode },
				option("sequential", election.Sequential, "one election after another; the elected no longer stand"),
				option("at-once", election.AtOnce, "a single election seats them all")),
		},
		{
			Key: "traders.election.starter", Default: "2", Doc: "The peer that calls the first election.",
			Type: field.Int(func(c *Config) *actor.ID { return &c.Bazaar.Traders.Election.Starter }, 0, mostPeers),
		},
		{
			Key: "traders.election.start_after", Default: "4s", Doc: "When it does so.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.Bazaar.Traders.Election.StartDelay }, 0),
		},
		{
			Key: "traders.election.restarter", Default: "0", Doc: "The peer that calls the following ones.",
			Type: field.Int(func(c *Config) *actor.ID { return &c.Bazaar.Traders.Election.Restarter }, 0, mostPeers),
		},
		{
			Key: "traders.election.interval", Default: "10s", Doc: "The time between one election and the next.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.Bazaar.Traders.Election.Interval }, 0),
		},
		{
			Key: "traders.election.answer_timeout", Default: "5s", Doc: "How long a peer waits for an answer before it takes all higher ones for dead.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.Bazaar.Traders.Election.AnswerTimeout }, vtime.Millisecond),
		},
		{
			Key: "traders.election.vacancy", Default: "carry-on", Doc: "What happens when a trader is gone for good.",
			Type: field.Choice(func(c *Config) *election.Vacancy { return &c.Bazaar.Traders.Election.Vacancy },
				option("carry-on", election.CarryOn, "the others do its work"),
				option("replace", election.Replace, "another one is elected")),
		},
		{
			Key: "traders.election.terms", Default: "true", Doc: "Whether a peer heeds the terms of victories: without, one that comes late or twice counts like a new one.",
			Type: field.Bool(func(c *Config) *bool { return &c.Terms }),
		},
		{
			Key: "traders.election.preempt", Default: "false",
			Doc:  "Whether a peer that is back, or learns of a leader with a lower id, calls an election though all seats are taken, and takes the lowest leader's seat.",
			Type: field.Bool(func(c *Config) *bool { return &c.Bazaar.Traders.Election.Preempt }),
		},
		{
			Key: "traders.election.announce_gap", Default: "0s",
			Doc:  "The time between one message of a victory's announcement and the next, in order of id; a crash in between leaves the rest untold.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.Bazaar.Traders.Election.AnnounceGap }, 0),
		},
	}
}

func cacheFields() []f {
	at := func(c *Config) *cache.Config { return &c.Bazaar.Traders.Cache }
	return []f{
		group("traders.cache", "What a trader believes of the stock."),
		{
			Key: "traders.cache.mode", Default: "pull", Doc: "Whether there is a cache.",
			Type: field.Choice(func(c *Config) *cache.Mode { return &at(c).Mode }, cacheModes()...),
		},
		{
			Key: "traders.cache.ttl", Default: "10s",
			Doc:  "Mode ttl: for how long a copy is good; the next request after that asks the warehouse.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &at(c).TTL }, vtime.Millisecond),
		},
		{
			Key: "traders.cache.warehouse_sync.after_sales", Default: "5",
			Doc:  "Refresh from the warehouse after so many sales of this trader; 0 is never.",
			Type: field.Int(func(c *Config) *int { return &at(c).WarehouseSync.AfterSales }, 0, 1_000_000_000),
		},
		{
			Key: "traders.cache.warehouse_sync.every", Default: "0s", Doc: "Refresh from the warehouse every so often; 0s is never.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &at(c).WarehouseSync.Every }, 0),
		},
		{
			Key: "traders.cache.peer_sync.after_sales", Default: "1",
			Doc:  "Tell the other traders the changed counts after so many sales; 0 is never.",
			Type: field.Int(func(c *Config) *int { return &at(c).PeerSync.AfterSales }, 0, 1_000_000_000),
		},
		{
			Key: "traders.cache.peer_sync.every", Default: "0s", Doc: "Tell them every so often; 0s is never.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &at(c).PeerSync.Every }, 0),
		},
		{
			Key: "traders.cache.peer_sync.merge", Default: "min", Doc: "What a trader makes of another's count.",
			Type: field.Choice(func(c *Config) *cache.Merge { return &at(c).Merge },
				option("min", cache.Min, "keep the smaller of the two"),
				option("latest", cache.Latest, "take the other's")),
		},
		{
			Key: "traders.cache.peer_sync.takes", Default: "0s", Doc: "A worker's time for each trader that it tells.",
			Type: field.DurationDist(func(c *Config) *rng.Distribution { return &c.Bazaar.Traders.PeerSyncTakes }),
		},
		{
			Key: "traders.cache.versions", Default: "ignore", Doc: "What a trader does with a snapshot of the stock that is older than its last: the network can reorder them.",
			Type: field.Choice(func(c *Config) *cache.Versions { return &at(c).Versions },
				option("ignore", cache.Ignore, "what arrives last counts"),
				option("check", cache.Check, "it drops it: the version in the cache never decreases")),
		},
		{
			Key: "traders.cache.on_zero", Default: "ask", Doc: "What a trader does when its cache shows too little of an item that it knows.",
			Type: field.Choice(func(c *Config) *cache.OnZero { return &at(c).OnZero },
				option("ask", cache.Ask, "ask the warehouse"),
				option("deny", cache.Deny, "refuse the request")),
		},
	}
}

func warehouseFields() []f {
	return []f{
		group("warehouse", "The one authoritative stock."),
		{
			Key: "warehouse.dedup_deposits", Default: "true",
			Doc:  "Whether the warehouse knows a deposit that is sent again, because its answer is missing, by its number; otherwise it stores it again.",
			Type: field.Bool(func(c *Config) *bool { return &c.DedupDeposits }),
		},
		{
			Key: "warehouse.read", Default: "{lognormal: {median: 3ms, p99: 12ms}}", Doc: "The time of a read.",
			Type: field.DurationDist(func(c *Config) *rng.Distribution { return &c.Bazaar.Warehouse.Read }),
		},
		{
			Key: "warehouse.write", Default: "{lognormal: {median: 4ms, p99: 15ms}}", Doc: "The time of a write.",
			Type: field.DurationDist(func(c *Config) *rng.Distribution { return &c.Bazaar.Warehouse.Write }),
		},
		{
			Key: "warehouse.parallel", Default: "4", Doc: "How many operations it serves at once.",
			Type: field.Int(func(c *Config) *int { return &c.Bazaar.Warehouse.Parallel }, 1, 100_000),
		},
		{
			Key: "warehouse.writes", Default: "relative", Doc: "How stock is written.",
			Type: field.Choice(func(c *Config) *bazaar.Writes { return &c.Bazaar.Warehouse.Writes },
				option("relative", bazaar.Relative, "so many fewer, checked and applied at once"),
				option("absolute", bazaar.Absolute, "the new count, as the trader computed it: updates can be lost")),
		},
	}
}

// takeoverBound is the time within which a dead trader's queue is in other
// hands: its silence must last, the next beat must notice it, and a claim must
// go to the store and back. Only where messages neither get lost nor take long
// can it be said.
func takeoverBound(c *Config) vtime.Duration {
	const roundTrips = 5 * vtime.Second
	n, t := &c.World.Network, &c.Bazaar.Traders
	calm := n.Transport == network.Direct && n.Loss == 0 && len(n.Links)+len(n.Latencies) == 0
	if !calm || n.Delay.Mean() > float64(100*vtime.Millisecond) {
		return 0
	}
	return t.DeadAfter + 2*t.HeartbeatEvery + roundTrips
}

func stageBazaar(c *Config) *Play {
	cfg := c.Bazaar
	cfg.Config = c.Peers
	cfg.Traders.Election.Termless, cfg.Warehouse.Twice = !c.Terms, !c.DedupDeposits
	b := bazaar.New(cfg)
	t := &c.Bazaar.Traders
	settle, agree := settleBound(c), agreeBound(c)
	return &Play{
		System: b, Config: c, Messages: bazaar.MessageNames(),
		Traits: Traits{
			Items: c.Peers.Items, Seats: t.Count, Workers: t.Workers, Bays: c.Bazaar.Warehouse.Parallel,
			Commission: t.Commission,
			Strict:     t.Cache.Mode == cache.Off && c.Bazaar.Warehouse.Writes == bazaar.Relative,
			Stale:      "oversell: a trader accepted on its cache, the warehouse refused",
			Partial:    c.Peers.Buyers.Fill == peers.Partial,
			Durable:    t.OnCrash == bazaar.TakenOver,
			Delivery:   t.Delivery,
			Fenced:     t.Fencing,
			Versions:   t.Cache.Versions == cache.Check,
			Numbered:   c.DedupDeposits,
			Termless:   !c.Terms,
			Preempt:    t.Election.Preempt,
			HeardByAll: t.HeartbeatAll,
			VoteKind:   int(bazaar.Vote),
			Patience:   2 * vtime.Duration(c.Peers.Buyers.Retries+1) * c.Peers.Buyers.AnswerTimeout,

			TakeoverWithin: takeoverBound(c),
			Increasing:     t.Cache.Merge == cache.Latest && c.pushes(),
			Replaced:       t.Election.Vacancy == election.Replace,
			PullEvery:      t.Cache.WarehouseSync.Every, TTL: timeToLive(&t.Cache),
			SettleWithin: settle, AgreeWithin: agree,
			AgreeFrom: t.Election.StartDelay + agree,
			Unmet:     bazaarUnmet(c, settle, agree),
			Crash:     c.crash,
		},
		run: func(observers []market.Observer) (sim.Result, error) {
			return sim.New[bazaar.Message](c.World, b, observers...).Run()
		},
	}
}

// timeToLive is for how long a copy is believed; 0 is for ever.
func timeToLive(c *cache.Config) vtime.Duration {
	if c.Mode != cache.TTL {
		return 0
	}
	return c.TTL
}

// traders finds what is wrong with the bazaar's traders.
func (j *judge) traders() {
	t := &j.c.Bazaar.Traders
	if n := j.c.Peers.Number(); n >= 2 && j.sound(j.countKeys()...) {
		if j.sound("traders.count") && t.Count >= n {
			j.refuse("traders.count", fmt.Sprintf("traders neither buy nor sell, so at most %d of %d peers can be traders", n-1, n),
				"%d traders of %d peers", t.Count, n)
		}
		j.isPeer("traders.election.starter", int(t.Election.Starter), n)
		j.isPeer("traders.election.restarter", int(t.Election.Restarter), n)
	}
	if j.sound("traders.heartbeat.every", "traders.heartbeat.dead_after") && t.DeadAfter <= t.HeartbeatEvery {
		j.refuse("traders.heartbeat.dead_after", "longer than traders.heartbeat.every, or every trader is always believed dead",
			"%v of silence with a heartbeat every %v", t.DeadAfter, t.HeartbeatEvery)
	}
}

func (j *judge) isPeer(key string, id, peers int) {
	if j.sound(key) && id >= peers {
		j.refuse(key, fmt.Sprintf("the peers are numbered from 0 to %d", peers-1), "%s: there is no peer %d", key, id)
	}
}
