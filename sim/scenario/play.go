package scenario

import (
	"io"

	"souk/sim"
	"souk/sim/actor"
	"souk/sim/bazaar"
	"souk/sim/bazaar/cache"
	"souk/sim/market"
	"souk/sim/network"
	"souk/sim/vtime"
)

// System is what every market offers to those who watch it.
type System interface {
	market.Auditor
	Actors() int
	Peers() int
	Name(actor.ID) string
	Find(selector string) []actor.ID
	// WriteStock writes the authoritative stock as JSON documents.
	WriteStock(io.Writer) error
}

// Play is a market on stage: built, not yet run.
type Play struct {
	System
	Config *Config
	// Messages names the market's messages, by kind.
	Messages []string
	// Traits is what observers need to know of the market's rules.
	Traits Traits
	run    func(observers []market.Observer) (sim.Result, error)
}

// Traits are the properties of a market on which measures and invariants
// depend.
type Traits struct {
	Items      []string
	Seats      int
	Workers    int
	Bays       int
	Commission market.Share
	// Strict: the warehouse decides every request before anybody is told yes.
	Strict bool
	// Partial: an order may get a part of its quantity.
	Partial bool
	// Durable: a trader's queue outlives it.
	Durable bool
	// TakeoverWithin and Patience are the bounds that check.Setting explains.
	TakeoverWithin, Patience vtime.Duration
	// VoteKind is the kind of election messages, or -1.
	VoteKind int
}

// markets is the table of systems, in the order of their constants.
func markets() []func(*Config) *Play {
	return []func(*Config) *Play{Bazaar: stageBazaar}
}

// Play builds the scenario's market. It can be run once.
func (c *Config) Play() *Play { return markets()[c.Market](c) }

// Run runs the market before the observers.
func (p *Play) Run(observers ...market.Observer) (sim.Result, error) { return p.run(observers) }

// Graph returns the overlay graph of the peers.
func (p *Play) Graph() network.Graph {
	return p.Config.World.Network.Graph(p.Peers(), p.Config.World.Seed)
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
	b := bazaar.New(c.Bazaar)
	t := &c.Bazaar.Traders
	return &Play{
		System: b, Config: c, Messages: bazaar.MessageNames(),
		Traits: Traits{
			Items: c.Bazaar.Items, Seats: t.Count, Workers: t.Workers, Bays: c.Bazaar.Warehouse.Parallel,
			Commission: t.Commission,
			Strict:     t.Cache.Mode == cache.Off && c.Bazaar.Warehouse.Writes == bazaar.Relative,
			Partial:    c.Bazaar.Buyers.Fill == bazaar.Partial,
			Durable:    t.OnCrash == bazaar.TakenOver,
			VoteKind:   int(bazaar.Vote),
			Patience:   2 * vtime.Duration(c.Bazaar.Buyers.Retries+1) * c.Bazaar.Buyers.AnswerTimeout,

			TakeoverWithin: takeoverBound(c),
		},
		run: func(observers []market.Observer) (sim.Result, error) {
			return sim.New[bazaar.Message](c.World, b, observers...).Run()
		},
	}
}
