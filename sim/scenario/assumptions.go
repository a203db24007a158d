package scenario

import (
	"fmt"
	"math"

	"souk/sim/bazaar"
	"souk/sim/bazaar/cache"
	"souk/sim/bazaar/election"
	"souk/sim/fault"
	"souk/sim/network"
	"souk/sim/peers"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// Unmet says, for each invariant that holds under assumptions only, which of them
// this scenario does not meet; empty if it meets all. check.Unmet says which is
// which.
type Unmet struct {
	Oversell, OneLeader, Agreement, FIFO, Quiescence, Copies, Age, Standing string
}

// assume is one assumption: what a scenario needs, and whether it has it.
type assume struct {
	met   bool
	needs string
}

// unmet names the first assumption that is not met.
func unmet(list ...assume) string {
	for _, a := range list {
		if !a.met {
			return "needs " + a.needs
		}
	}
	return ""
}

// kindOf returns the name of a fault's kind.
func kindOf(p *fault.Plan) string { return fault.Kinds()[p.Given()[0]].Name }

// lasting says that a plan is a crash from which nobody comes back.
func lasting(p *fault.Plan) bool { return kindOf(p) == "crash" && p.For == nil }

// only says that every fault of the scenario is of the given sort.
func (c *Config) only(sort func(*fault.Plan) bool) bool {
	for i := range c.World.Faults {
		if !sort(&c.World.Faults[i]) {
			return false
		}
	}
	return true
}

func never(*fault.Plan) bool { return false }

// crash says that a plan, by its place, is a crash.
func (c *Config) crash(plan int) bool { return kindOf(&c.World.Faults[plan]) == "crash" }

// reliable says that no link loses a message.
func reliable(n *network.Config) bool {
	for i := range n.Links {
		if l := n.Links[i].Loss; l != nil && *l > 0 {
			return false
		}
	}
	return n.Loss == 0
}

// slowest bounds the time that a message takes without trouble, look-up and all
// hops. It is vtime.Never's distance where nothing does.
func slowest(c *Config) vtime.Duration {
	n := &c.World.Network
	delay := n.Delay.Most()
	for i := range n.Links {
		if d := n.Links[i].Delay; d != nil {
			delay = max(delay, d.Most())
		}
	}
	for i := range n.Latencies {
		delay = max(delay, n.Latencies[i].Delay.Most())
	}
	if n.Transport == network.Overlay {
		delay *= float64(max(1, c.Peers.Number()-1))
	}
	return most(delay + n.NameServer.Lookup.Most())
}

// latest is how long a message can be under way that faults held back, after they
// are over: each of them can add its own.
func latest(c *Config) vtime.Duration {
	late := float64(slowest(c))
	for i := range c.World.Faults {
		if extra := c.World.Faults[i].Extra; extra != nil {
			late += extra.Most()
		}
	}
	return most(late)
}

// endless is longer than any run.
const endless = vtime.Duration(math.MaxInt64 / 64)

// most turns a longest time in nanoseconds into a duration below endless.
func most(ns float64) vtime.Duration {
	if !(ns < float64(endless)) {
		return endless
	}
	return vtime.FromNanos(ns)
}

func longest(d rng.Distribution) vtime.Duration { return most(d.Most()) }

// bazaarUnmet judges the assumptions of a bazaar's invariants.
func bazaarUnmet(c *Config, settle, agree vtime.Duration) Unmet {
	t, n := &c.Bazaar.Traders, &c.World.Network
	calm := assume{c.only(never), "a scenario without faults"}
	cached := assume{t.Cache.Mode != cache.Off, "traders.cache.mode: pull or ttl"}
	noLoss := assume{reliable(n), "network.loss: 0%"}
	relative := assume{c.relative(), "warehouse.writes: relative"}
	// What is begun while somebody is slow takes long even after that.
	steady := assume{c.only(func(p *fault.Plan) bool { return kindOf(p) != "slow" }), "nobody who is slowed down"}
	work := longest(t.Service) + longest(t.Locked) + longest(t.PeerSyncTakes)*vtime.Duration(t.Count)
	refreshed := assume{t.Cache.WarehouseSync.Every > 0, "traders.cache.warehouse_sync.every above 0s"}
	s := &c.Peers.Sellers
	return Unmet{
		Oversell: unmet(cached, relative,
			assume{c.DedupDeposits, "warehouse.dedup_deposits: true"},
			assume{t.Cache.Merge == cache.Min || !c.peersSync(), "traders.cache.peer_sync.merge: min, or no peer_sync"},
			assume{s.ChangeEvery == 0 && s.SoldOut == peers.Wait, "sellers that deposit once: sells.change_every: 0s and sells.on_sold_out: wait"}),
		OneLeader: c.oneLeader(),
		Agreement: unmet(noLoss,
			assume{c.Terms, "traders.election.terms: true"},
			assume{agree < endless/2, "delays with a bound"},
			assume{t.Election.Algorithm == election.Bully, "traders.election.algorithm: bully"},
			c.toldOfLife(), c.patientWatch(), c.patientVote()),
		FIFO: unmet(calm,
			assume{t.Count == 1, "traders.count: 1"},
			assume{n.Order == network.FIFO && n.Transport == network.Direct, "network.order: fifo and network.transport: direct"},
		),
		Standing:   unmet(steady, assume{work < 30*vtime.Second, "work that takes less than 30s"}),
		Quiescence: unmet(cached, relative, refreshed, noLoss, steady, assume{settle < endless/2, "delays with a bound"}),
		Copies:     unmet(cached, relative),
		Age:        unmet(cached, calm, noLoss, assume{t.Cache.WarehouseSync.Every > 0 || t.Cache.Mode == cache.TTL, "traders.cache.warehouse_sync.every above 0s or traders.cache.mode: ttl"}),
	}
}

// announcing is how long a victory is told from the first peer to the last.
func (c *Config) announcing() vtime.Duration {
	return vtime.Duration(c.Peers.Number()) * c.Bazaar.Traders.Election.AnnounceGap
}

// toldOfLife: peers that hear of no heartbeat keep an outdated view for ever.
func (c *Config) toldOfLife() assume {
	return assume{c.Bazaar.Traders.HeartbeatAll, "traders.heartbeat.to: everybody"}
}

// relative says that the warehouse checks and applies each write at once.
func (c *Config) relative() bool { return c.Bazaar.Warehouse.Writes == bazaar.Relative }

// peersSync says that traders tell each other what they sold.
func (c *Config) peersSync() bool { return c.Bazaar.Traders.Count > 1 && c.pushes() }

// pushes says that a trader tells whoever else it holds for one what it sold: even
// with one seat there can be two for a while.
func (c *Config) pushes() bool {
	sync := &c.Bazaar.Traders.Cache.PeerSync
	return sync.AfterSales > 0 || sync.Every > 0
}

// slowestNews is how long the news of an election can be under way.
func (c *Config) slowestNews() vtime.Duration { return slowest(c) + c.announcing() }

// patientWatch: a heartbeat that takes its time makes nobody believe in a death.
// The winner of an election at once waits for the one that it seats.
func (c *Config) patientWatch() assume {
	t := &c.Bazaar.Traders
	least := t.HeartbeatEvery + c.slowestNews()
	if t.Election.Mode == election.AtOnce {
		least += c.slowestNews()
	}
	watched := t.Count > 1 || t.HeartbeatAll
	return assume{t.DeadAfter > least || !watched, fmt.Sprintf("traders.heartbeat.dead_after above every + the longest delay, here %v", least)}
}

// patientVote: an answer that takes its time wins nobody an election.
func (c *Config) patientVote() assume {
	least := 2 * c.slowestNews()
	return assume{
		c.Bazaar.Traders.Election.AnswerTimeout >= least,
		fmt.Sprintf("traders.election.answer_timeout of twice the longest delay, here %v", least),
	}
}

// oneLeader judges what it takes that never more peers lead than there are seats:
// nobody is believed dead in error, and no election is won because an answer took
// too long. A crash from which nobody comes back is no harm.
func (c *Config) oneLeader() string {
	t, n := &c.Bazaar.Traders, &c.World.Network
	d := c.slowestNews()
	return unmet(
		assume{c.only(func(p *fault.Plan) bool { return lasting(p) || kindOf(p) == "resign" }), "no faults but resignations and crashes for good"},
		assume{!t.Election.Preempt, "traders.election.preempt: false"},
		assume{c.Terms, "traders.election.terms: true"},
		assume{reliable(n), "network.loss: 0%"},
		assume{d < endless/8, "delays with a bound"},
		c.patientWatch(),
		c.patientVote(),
		assume{t.Election.Interval >= 2*d || t.Count == 1 && t.Election.Vacancy == election.CarryOn, fmt.Sprintf("traders.election.interval of twice the longest delay, here %v", 2*d)},
	)
}

// settleBound is how long it takes, once no goods move, until the caches are right:
// the last news from other traders is old itself, a refresh that was lost must be
// given up, the next one is due, and the warehouse serves those of all traders.
func settleBound(c *Config) vtime.Duration {
	t := &c.Bazaar.Traders
	read, write := longest(c.Bazaar.Warehouse.Read), longest(c.Bazaar.Warehouse.Write)
	d := latest(c)
	if d == endless || read == endless || write == endless {
		return endless
	}
	return t.AskAgain + t.Cache.PeerSync.Every + 2*t.Cache.WarehouseSync.Every + 3*d + vtime.Duration(t.Count)*(read+write)
}

// agreeBound is how long it takes, once trouble is over, until all agree who leads:
// a silence must last and be noticed; the next election waits its interval, and for
// those who should have called it before; it and its announcement take their time.
// Each vacant seat takes one. It is endless where messages can be.
func agreeBound(c *Config) vtime.Duration {
	t := &c.Bazaar.Traders
	d := latest(c)
	if d == endless {
		return endless
	}
	return t.DeadAfter + 2*t.HeartbeatEvery + electionsTake(c, d+c.announcing())
}

// electionsTake is how long it takes to fill all seats.
func electionsTake(c *Config, d vtime.Duration) vtime.Duration {
	e := &c.Bazaar.Traders.Election
	return vtime.Duration(c.Bazaar.Traders.Count) * (e.Interval + 10*e.AnswerTimeout + 4*d)
}
