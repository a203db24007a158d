package scenario

import (
	"fmt"

	"souk/sim"
	"souk/sim/market"
	"souk/sim/network"
	"souk/sim/peers"
	"souk/sim/scenario/field"
	"souk/sim/traderless"
	"souk/sim/vtime"
)

// traderlessMarket is the traderless marketplace as scenarios know it.
func traderlessMarket() marketKind {
	return marketKind{
		name: "traderless", doc: "every buyer connects to every seller and keeps a replica of what each has on sale",
		fields: traderlessFields,
		judge:  (*judge).connections,
		idle:   traderlessIdle,
		called: "buyer7, seller*, peer3, peer0..peer4 or all",
		stage:  stageTraderless,
	}
}

// routings are the routing policies as options.
func routings() []field.Option[traderless.Routing] {
	var options []field.Option[traderless.Routing]
	for i, r := range traderless.Routings() {
		options = append(options, option(r.Name, traderless.Routing(i), r.Doc))
	}
	return options
}

func traderlessFields() []f {
	at := func(c *Config) *traderless.Config { return &c.Traderless }
	return []f{
		group("traderless", "How buyers and sellers deal without a trader."),
		{
			Key: "traderless.routing", Default: "highest-stock", Doc: "Which of the sellers that a buyer believes to have enough it asks.",
			Type: field.Choice(func(c *Config) *traderless.Routing { return &at(c).Routing }, routings()...),
		},
		{
			Key: "traderless.broadcast_every", Default: "0s",
			Doc:  "How often a seller tells all its buyers its stock, if it has changed; 0s tells them at every sale.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &at(c).BroadcastEvery }, 0),
		},
		{
			Key: "traderless.on_fail", Default: "next-seller", Doc: "What a buyer does when the seller has not enough after all.",
			Type: field.Choice(func(c *Config) *traderless.OnFail { return &at(c).OnFail },
				option("next-seller", traderless.NextSeller, "it asks the next best, as long as there is one"),
				option("fail", traderless.FailAtOnce, "the request has failed")),
		},
		{
			Key: "traderless.check", Default: "atomic", Doc: "How a seller makes sure that it has what it sells.",
			Type: field.Choice(func(c *Config) *traderless.Check { return &at(c).Check },
				option("atomic", traderless.Atomic, "it checks and decrements in one step, under a lock"),
				option("check-then-act", traderless.CheckThenAct, "it checks first and decrements when it is through: what happens in between it does not see, and so it sells what it lacks")),
		},
		{
			Key: "traderless.rejoin_every", Default: "5s", Doc: "How long a buyer waits before it tries again to reach a seller that it has no connection to.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &at(c).RejoinEvery }, vtime.Millisecond),
		},
	}
}

func traderlessIdle(c, least *Config) []idleOption {
	return []idleOption{
		{
			"traderless.check", c.Traderless.Check != least.Traderless.Check, c.Peers.Sellers.Workers > 1 || c.Peers.Sellers.ChangeEvery > 0,
			"sellers that serve several purchases at once or change their item: peers.sellers.workers above 1, or sells.change_every above 0s",
		},
	}
}

// mostConnections bounds the market, in which every buyer keeps a row for every
// seller.
const mostConnections = 50_000_000

// connections finds what contradicts that a connection loses nothing, and more
// of them than a machine can hold.
func (j *judge) connections() {
	if n := mostTies(&j.c.Peers); n > mostConnections && j.sound(j.countKeys()...) {
		j.tooLarge = true
		j.refuse("peers.buyers.count", fmt.Sprintf("every buyer connects to every seller; at most %d connections", mostConnections),
			"up to %d connections", n)
	}
	for i := range j.c.World.Faults {
		if key := fmt.Sprintf("faults[%d].memory", i); j.c.World.Faults[i].Amnesia && j.sound(key) {
			j.refuse(key, "leave it out", "who crashes here forgets its connections and what hung on them, and keeps the rest")
		}
	}
	j.unruly()
	for i, l := range j.c.World.Network.Links {
		if key := fmt.Sprintf("network.links[%d].loss", i); l.Loss != nil && j.sound(key) {
			j.refuse(key, "give it a longer delay, or cut it with a partition", "a connection repeats what is lost on the way")
		}
	}
}

// mostTies returns how many connections there are at most: buyers times sellers.
func mostTies(p *peers.Config) int64 {
	buyers, sellers := int64(p.Buyers.Count), int64(p.Sellers.Count)
	switch {
	case len(p.Roles.List) > 0:
		buyers = 0
		for _, role := range p.Roles.List {
			if role == "buyer" {
				buyers++
			}
		}
		sellers = int64(len(p.Roles.List)) - buyers
	case p.Roles.Assign == peers.AtRandom:
		buyers = int64(p.Roles.Count) / 2
		sellers = int64(p.Roles.Count) - buyers
	}
	return buyers * sellers
}

func stageTraderless(c *Config) *Play {
	cfg := c.Traderless
	cfg.Config = c.Peers
	world := c.World
	// Messages travel on connections: they keep their order, and an address is
	// looked up once.
	world.Network.Order, world.Network.NameServer.Remember = network.FIFO, true
	m := traderless.New(cfg)
	return &Play{
		System: m, Config: c, Messages: traderless.MessageNames(), Wire: m.Wire,
		graph: func() network.Graph { return m.Connections() },
		Traits: Traits{
			Items: c.Peers.Items, Workers: c.Peers.Sellers.Workers, Stalls: m.Stalls(),
			Reserved: cfg.Check == traderless.Atomic,
			Stale:    staleWords(cfg.Check),
			Partial:  c.Peers.Buyers.Fill == peers.Partial,
			VoteKind: -1, Broadcasts: traderless.Broadcasts,
			Patience: 2 * vtime.Duration(m.Stalls()+1) * c.Peers.Buyers.AnswerTimeout,
			Crash:    c.crash, SettleWithin: replicaBound(c),
			Unmet: Unmet{
				Quiescence: unmet(assume{replicaBound(c) < endless/2, "delays with a bound"}),
			},
		},
		run: func(observers []market.Observer) (sim.Result, error) {
			return sim.New[traderless.Message](world, m, observers...).Run()
		},
	}
}

// staleWords says what becomes of a buyer whom the last goods escape.
func staleWords(c traderless.Check) string {
	if c == traderless.CheckThenAct {
		return "oversell: a seller said yes, or the buyer believed that it had enough, and it had not"
	}
	return "oversell: a buyer believed that a seller had enough, the seller had not"
}

// replicaBound is how long it takes, once no goods move, until the replicas are
// right: the last broadcast is due, and who lost a connection joins again.
func replicaBound(c *Config) vtime.Duration {
	d := slowest(c)
	if d == endless {
		return endless
	}
	return c.Traderless.BroadcastEvery + 2*c.Traderless.RejoinEvery + 4*d
}
