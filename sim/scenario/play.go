package scenario

import (
	"io"

	"souk/sim"
	"souk/sim/actor"
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
	// Wire, if set, returns the text of a message from what the market noted in a
	// fact about it.
	Wire func(*market.Fact) string
	// Traits is what observers need to know of the market's rules.
	Traits Traits
	// graph is set by a market whose peers are not on the overlay graph.
	graph func() network.Graph
	run   func(observers []market.Observer) (sim.Result, error)
}

// Traits are the properties of a market on which measures and invariants
// depend.
type Traits struct {
	Items []string
	// Seats is the number of traders. Without any, sellers serve buyers at their
	// stalls, which are so many.
	Seats, Stalls int
	// Workers is how many requests a trader, or a seller without traders, serves
	// at once.
	Workers    int
	Bays       int
	Commission market.Share
	// Strict: whoever has the goods decides every request on what is there, and
	// nobody is told yes before.
	Strict bool
	// Reserved: goods are taken off the stock before a buyer is told that it will
	// get them.
	Reserved bool
	// Stale says in words what a stale rejection is in this market.
	Stale string
	// Partial: an order may get a part of its quantity.
	Partial bool
	// Durable: a trader's queue outlives it.
	Durable bool
	// Delivery is how often a request takes effect.
	Delivery market.Delivery
	// Fenced: writes of a trader whose term is over are turned down.
	Fenced bool
	// Versions: a trader never goes back to an older snapshot of the stock.
	Versions bool
	// Numbered: a deposit that is sent again is stored once.
	Numbered bool
	// Termless: a peer believes every victory that it hears of, whatever its term.
	Termless bool
	// Preempt: peers with higher ids than the leaders' take their seats.
	Preempt bool
	// HeardByAll: traders' heartbeats reach all peers.
	HeardByAll bool
	// LookUps: buyers search the network, peer by peer.
	LookUps bool
	// TakeoverWithin and Patience are the bounds that check.Setting explains.
	TakeoverWithin, Patience vtime.Duration
	// Increasing and Replaced are the rules, and the durations the times, that
	// check.Setting explains.
	Increasing, Replaced                                 bool
	PullEvery, TTL, SettleWithin, AgreeWithin, AgreeFrom vtime.Duration
	// Unmet says which assumptions of invariants this scenario does not meet.
	Unmet Unmet
	// Crash says that a fault, by its place in the plan, is a crash.
	Crash func(plan int) bool
	// VoteKind is the kind of election messages, or -1.
	VoteKind int
	// Broadcasts counts, among the messages sent by kind, those with which
	// sellers tell all their buyers what they have; nil if there are none.
	Broadcasts func(sent *[256]uint64) uint64
}

// Run runs the market before the observers.
func (p *Play) Run(observers ...market.Observer) (sim.Result, error) { return p.run(observers) }

// Graph returns who is next to whom: the overlay graph of the peers, or the
// connections of a market that has its own.
func (p *Play) Graph() network.Graph {
	if p.graph != nil {
		return p.graph()
	}
	return p.Config.World.Network.Graph(p.Peers(), p.Config.World.Seed)
}
