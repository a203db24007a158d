// Package network decides, for each message, how long it is under way and
// whether it arrives. It holds topology, transports, links, regions, loss,
// order and partitions; it schedules nothing and never looks into a message.
package network

import (
	"souk/sim/actor"
	"souk/sim/rng"
	"souk/sim/table"
	"souk/sim/vtime"
)

// Transport says how a message finds its receiver.
type Transport int

// The transports.
const (
	// Direct: a name server maps the receiver's id to its address, then the
	// message goes straight there.
	Direct Transport = iota
	// Overlay: among peers, a message travels neighbour by neighbour along the
	// graph, each hop a link delay. Services off the graph are reached directly.
	Overlay
)

// Order says whether messages between the same two actors can overtake.
type Order int

// The orders.
const (
	// Any: each message has its own delay, so a later one can arrive first.
	Any Order = iota
	// FIFO: as on one connection, a message never arrives before an earlier
	// one of the same sender to the same receiver; on an overlay, over the same
	// link.
	FIFO
)

// TopologyKind says where the graph of peers comes from.
type TopologyKind int

// The kinds of topology.
const (
	RandomGraph TopologyKind = iota
	GivenGraph
)

// Topology describes the overlay graph.
type Topology struct {
	Kind      TopologyKind
	MaxDegree int
	Adjacency [][]int
}

// Link overrides the delay, the loss or both between two groups of actors, in
// that direction. A nil Delay or Loss leaves it as it would be without the link.
// Of several links that match and give one, the last counts.
type Link struct {
	From, To []string
	Delay    rng.Distribution
	Loss     *rng.Probability
}

// Region is a machine or place with its members.
type Region struct {
	Name    string
	Members []string
}

// Latency is the delay between two regions, both ways; a region named twice
// gives the delay within it.
type Latency struct {
	Between []string
	Delay   rng.Distribution
}

// Config describes a network.
type Config struct {
	Topology   Topology
	Transport  Transport
	Order      Order
	Delay      rng.Distribution
	Loss       rng.Probability
	NameServer NameServer
	Links      []Link
	Regions    []Region
	Latencies  []Latency
}

// Fate is what becomes of a message that was sent.
type Fate uint8

// The fates. All but Carried and Held lose the message; ReceiverDown is found
// out on arrival, by the world. Held waits for the end of a clog: see Clogged.
const (
	Carried Fate = iota
	LostAtRandom
	Cut
	NoName
	NoRoute
	ReceiverDown
	Held
)

func (f Fate) String() string {
	return [...]string{"carried", "lost", "cut off by a partition", "name server down", "no route", "receiver down", "held"}[f]
}

// Finder resolves selectors such as trader* to actors.
type Finder func(selector string) []actor.ID

// Network is the state of the wires.
type Network struct {
	cfg   Config
	seed  uint64
	peers int
	find  Finder
	// streams holds one stream a sender. Every send draws exactly a look-up
	// time, a delay and a loss, in that order and even if the message is
	// doomed, so that a fault more or less does not shift later draws.
	streams []rng.Stream
	// region is an actor's region, or -1.
	region  []int16
	latency [][]rng.Distribution
	links   []linkSets
	cuts    []cut
	// nameless holds the ids of the name server's outages in force.
	nameless []int
	// addresses holds the pairs of whom the first knows the address of the second,
	// arrivals when the last message of a pair arrives.
	addresses table.Hash[struct{}]
	arrivals  table.Hash[vtime.Time]
	routes    routes
	// troubles are the disturbances in force, draws the streams of all that ever
	// were, by id.
	troubles []trouble
	draws    map[int][]rng.Stream
	// copies are the arrivals of the copies of the message last carried, delays
	// what those of the last one that troubles touched take.
	copies []vtime.Time
	delays []vtime.Duration
	// touched counts, by id, the messages to which a trouble did something.
	touched []uint64
	// struck are the places of the troubles that struck the present message.
	struck []int
}

// pair is the key of what is kept of two actors; it is not 0.
func pair(from, to actor.ID) uint64 { return uint64(uint32(from))<<32 | uint64(uint32(to)+1) }

// linkSets is a Link with its selectors resolved.
type linkSets struct {
	from, to []bool
	delay    rng.Distribution
	loss     *rng.Probability
}

// New returns the network of actors numbered from 0, of whom the first peers
// sit on the graph.
func New(cfg Config, seed uint64, actors, peers int, find Finder) *Network {
	n := &Network{
		cfg: cfg, seed: seed, peers: peers, find: find,
		streams: make([]rng.Stream, actors),
	}
	for i := range n.streams {
		n.streams[i] = rng.NewStream(seed, "network", streamKey(i, peers))
	}
	n.placeRegions(actors)
	if cfg.Transport == Overlay {
		n.routes = newRoutes(cfg.Graph(peers, seed))
	}
	n.links = make([]linkSets, len(cfg.Links))
	n.RolesMoved()
	return n
}

// streamKey numbers the streams of services from -1 down, so that one more peer
// does not change what they draw.
func streamKey(id, peers int) int {
	if id < peers {
		return id
	}
	return peers - 1 - id
}

// Graph returns the overlay graph of so many peers. It is generated from its
// own stream, so it is the same whenever and however often it is asked for.
func (c *Config) Graph(peers int, seed uint64) Graph {
	if c.Topology.Kind == GivenGraph {
		return Given(c.Topology.Adjacency)
	}
	return RandomConnected(peers, c.Topology.MaxDegree, seed)
}

func (n *Network) placeRegions(actors int) {
	if len(n.cfg.Regions) == 0 {
		return
	}
	index := func(name string) int {
		for i, r := range n.cfg.Regions {
			if r.Name == name {
				return i
			}
		}
		return -1
	}
	n.region = make([]int16, actors)
	for i := range n.region {
		n.region[i] = -1
	}
	for i, r := range n.cfg.Regions {
		for _, selector := range r.Members {
			for _, id := range n.find(selector) {
				n.region[id] = int16(i)
			}
		}
	}
	n.latency = make([][]rng.Distribution, len(n.cfg.Regions))
	for i := range n.latency {
		n.latency[i] = make([]rng.Distribution, len(n.cfg.Regions))
	}
	for _, l := range n.cfg.Latencies {
		a, b := index(l.Between[0]), index(l.Between[len(l.Between)-1])
		n.latency[a][b], n.latency[b][a] = l.Delay, l.Delay
	}
}

// RolesMoved resolves the links' selectors anew: trader1 may now be another
// peer.
func (n *Network) RolesMoved() {
	for i, l := range n.cfg.Links {
		n.links[i] = linkSets{from: n.set(l.From), to: n.set(l.To), delay: l.Delay, loss: l.Loss}
	}
}

func (n *Network) set(selectors []string) []bool {
	in := make([]bool, len(n.streams))
	for _, s := range selectors {
		for _, id := range n.find(s) {
			in[id] = true
		}
	}
	return in
}

// Carry sends a message of origin's off from where it is towards a receiver.
// It returns the actor that it reaches next (the receiver, or a neighbour on
// the way) and when. After an intermediate hop the world calls Carry again from
// there.
func (n *Network) Carry(origin, from, to actor.ID, now vtime.Time) (next actor.ID, at vtime.Time, fate Fate) {
	next = to
	routed := n.cfg.Transport == Overlay && int(from) < n.peers && int(to) < n.peers
	if routed {
		next = n.routes.next(from, to)
	}
	hop := next
	if hop == actor.None {
		hop = to
	}
	draw := &n.streams[from]
	lookup := vtime.FromNanos(n.cfg.NameServer.Lookup.Draw(draw))
	delay := vtime.FromNanos(n.delay(from, hop).Draw(draw))
	lost := draw.Chance(n.loss(from, hop))
	var harm harm
	n.copies, n.struck = n.copies[:0], n.struck[:0]
	if len(n.troubles) > 0 {
		harm = n.suffer(from, hop)
	}
	switch {
	case next == actor.None:
		return actor.None, now, NoRoute
	case lost || harm.lost:
		n.credit(Lossy)
		return next, now, LostAtRandom
	case from == origin && n.severed(origin, to):
		return next, now, Cut
	}
	if !routed && from != to {
		switch n.address(from, to) {
		case unknown:
			return next, now, NoName
		case found:
			delay += lookup
		}
	}
	at = now.Add(delay)
	if len(n.struck) > 0 {
		at, fate = n.harmed(harm, from, next, now, at)
		return next, at, fate
	}
	return next, n.InOrder(from, next, at), Carried
}

// delay is the link's own if one matches, else the regions', else the default.
func (n *Network) delay(from, to actor.ID) rng.Distribution {
	for i := len(n.links) - 1; i >= 0; i-- {
		if l := &n.links[i]; l.delay != nil && l.from[from] && l.to[to] {
			return l.delay
		}
	}
	if n.region != nil && n.region[from] >= 0 && n.region[to] >= 0 {
		if d := n.latency[n.region[from]][n.region[to]]; d != nil {
			return d
		}
	}
	return n.cfg.Delay
}

// loss is the link's own if one matches, else the default.
func (n *Network) loss(from, to actor.ID) rng.Probability {
	for i := len(n.links) - 1; i >= 0; i-- {
		if l := &n.links[i]; l.loss != nil && l.from[from] && l.to[to] {
			return *l.loss
		}
	}
	return n.cfg.Loss
}

// InOrder returns when a message that would arrive at some time may: on a
// network that keeps order, not before one that was sent earlier.
func (n *Network) InOrder(from, to actor.ID, at vtime.Time) vtime.Time {
	if n.cfg.Order != FIFO {
		return at
	}
	last, _ := n.arrivals.At(pair(from, to))
	*last = max(at, *last)
	return *last
}
