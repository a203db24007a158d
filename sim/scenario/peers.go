package scenario

import (
	"souk/sim/network"
	"souk/sim/peers"
	"souk/sim/rng"
	"souk/sim/scenario/field"
	"souk/sim/vtime"
)

// mostPeers bounds a market: actor ids are 31-bit numbers, and a machine's
// memory ends earlier.
const mostPeers = 100_000_000

func peerFields() []f {
	return []f{
		group("peers", "Who takes part."),
		{
			Key: "peers.items", Default: "[fish, salt, boar]", Doc: "What is traded.",
			Type: field.Strings(func(c *Config) *[]string { return &c.Peers.Items }),
		},
		{
			Key: "peers.roles", Default: "shuffled", Doc: "How the roles are dealt out to the peers, who are numbered from 0.",
			Type: field.Choice(func(c *Config) *peers.Assign { return &c.Peers.Roles.Assign },
				option("shuffled", peers.Shuffled, "peers.buyers.count buyers and peers.sellers.count sellers in random order"),
				option("alternating", peers.Alternating, "the same numbers, but a buyer and a seller in turn"),
				option("sellers-first", peers.SellersFirst, "the same numbers, but first all sellers, then all buyers"),
				option("random", peers.AtRandom, "each of peers.count peers draws buyer or seller of one of the items")),
		},
		{
			Key: "peers.count", Default: "10", Doc: "The number of peers, for roles: random only.",
			Type: field.Int(func(c *Config) *int { return &c.Peers.Roles.Count }, 1, mostPeers),
		},
		{
			Key: "peers.list", Doc: "The role of each peer instead: buyer, seller, or the item that a seller sells first.",
			Type: field.Strings(func(c *Config) *[]string { return &c.Peers.Roles.List }),
		},
		group("peers.topology", "The graph of neighbours along which messages of the overlay transport travel."),
		{
			Key: "peers.topology.kind", Default: "random-connected", Doc: "Where the graph comes from.", Only: in(Bazaar, PeerToPeer),
			Type: field.Choice(func(c *Config) *network.TopologyKind { return &c.World.Network.Topology.Kind },
				option("random-connected", network.RandomGraph, "generated from the seed"),
				option("given", network.GivenGraph, "peers.topology.neighbours")),
		},
		{
			Key: "peers.topology.max_degree", Default: "3", Doc: "The most neighbours that a peer has.", Only: in(Bazaar, PeerToPeer),
			Type: field.Int(func(c *Config) *int { return &c.World.Network.Topology.MaxDegree }, 1, 1000),
		},
		{
			Key: "peers.topology.neighbours", Doc: "For each peer, the numbers of its neighbours; an edge need stand only once.", Only: in(Bazaar, PeerToPeer),
			Type: field.IntLists(func(c *Config) *[][]int { return &c.World.Network.Topology.Adjacency }, 0, mostPeers),
		},
	}
}

func buyerFields() []f {
	const command = "a command such as buy oil 1, list or leave"
	script := field.New(
		field.Field[peers.Line]{
			Key: "at", Required: true, Doc: "When, from the start of the run.",
			Type: field.Duration(func(l *peers.Line) *vtime.Duration { return &l.At }, 0),
		},
		field.Field[peers.Line]{
			Key: "buyer", Required: true, Doc: "Who, such as buyer3.",
			Type: field.String(func(l *peers.Line) *string { return &l.Buyer }),
		},
		field.Field[peers.Line]{
			Key: "command", Required: true,
			Doc:  "What it is told: buy oil 1, or, in the traderless market, list (which writes into the trace what the buyer knows) or leave.",
			Type: field.Parsed(func(l *peers.Line) *peers.Command { return &l.Command }, command, peers.ParseCommand),
		},
	)
	return []f{
		group("peers.buyers", "Those who buy."),
		{
			Key: "peers.buyers.count", Default: "5", Doc: "How many there are.",
			Type: field.Int(func(c *Config) *int { return &c.Peers.Buyers.Count }, 0, mostPeers),
		},
		{
			Key: "peers.buyers.demand", Default: "closed-loop", Doc: "What makes a buyer ask.",
			Type: field.Choice(func(c *Config) *peers.Demand { return &c.Peers.Buyers.Demand },
				option("closed-loop", peers.ClosedLoop, "it thinks, asks, waits for the outcome, and thinks again"),
				option("open-loop", peers.OpenLoop, "requests arrive whether or not earlier ones have ended"),
				option("script", peers.Scripted, "only what peers.buyers.script says")),
		},
		{
			Key: "peers.buyers.think", Default: "{exponential: {mean: 10s}}",
			Doc:  "Closed loop: the time from an outcome to the next request.",
			Type: field.DurationDist(func(c *Config) *rng.Distribution { return &c.Peers.Buyers.Think }),
		},
		{
			Key: "peers.buyers.arrivals", Default: "{exponential: {mean: 10s}}",
			Doc:  "Open loop: the time from one request of a buyer to its next.",
			Type: field.DurationDist(func(c *Config) *rng.Distribution { return &c.Peers.Buyers.Arrivals }),
		},
		{
			Key: "peers.buyers.script", Doc: "Commands of certain buyers at certain times; these buyers do nothing else.",
			Type: field.Objects(func(c *Config) *[]peers.Line { return &c.Peers.Buyers.Script }, script),
		},
		{
			Key: "peers.buyers.start", Default: "0s", Doc: "Each buyer's own delay after purchases open; in a market without traders, after which it comes.",
			Type: field.DurationDist(func(c *Config) *rng.Distribution { return &c.Peers.Buyers.Start }),
		},
		{
			Key: "peers.buyers.stagger", Default: "0s",
			Doc:  "How much later than the buyer with the next lower number each buyer starts, so that they take turns.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.Peers.Buyers.Stagger }, 0),
		},
		{
			Key: "peers.buyers.outstanding", Default: "1", Doc: "Closed loop: how many requests a buyer has under way at once.",
			Type: field.Int(func(c *Config) *int { return &c.Peers.Buyers.Outstanding }, 1, 1000),
		},
		{
			Key: "peers.buyers.quantity", Default: "1", Doc: "How many units a request is for.",
			Type: field.CountDist(func(c *Config) *rng.Distribution { return &c.Peers.Buyers.Quantity }),
		},
		{
			Key: "peers.buyers.fill", Default: "all-or-nothing", Doc: "What happens when no seller has the whole quantity.",
			Type: field.Choice(func(c *Config) *peers.Fill { return &c.Peers.Buyers.Fill },
				option("all-or-nothing", peers.AllOrNothing, "the request fails"),
				option("partial", peers.Partial, "the buyer gets what a seller has")),
		},
		{
			Key: "peers.buyers.wants", Doc: "How much each item is wanted, as weights in the order of peers.items; empty is equally.",
			Type: field.Ints(func(c *Config) *[]int { return &c.Peers.Buyers.Weights }, 0, 1_000_000),
		},
		{
			Key: "peers.buyers.on_refusal", Default: "another-item", Doc: "What a buyer wants after a request that got no goods.",
			Type: field.Choice(func(c *Config) *peers.OnRefusal { return &c.Peers.Buyers.OnRefusal },
				option("another-item", peers.WantAnother, "an item other than the one refused"),
				option("any-item", peers.WantAny, "any item, as after a purchase")),
		},
		{
			Key: "peers.buyers.answer_timeout", Default: "15s", Doc: "How long a buyer waits before it asks again or, in the traderless market, hangs up.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.Peers.Buyers.AnswerTimeout }, vtime.Millisecond),
		},
		{
			Key: "peers.buyers.retries", Default: "3", Doc: "How often it asks again before it gives up.",
			Only: in(Bazaar, PeerToPeer),
			Type: field.Int(func(c *Config) *int { return &c.Peers.Buyers.Retries }, 0, 1000),
		},
	}
}

func sellerFields() []f {
	return []f{
		group("peers.sellers", "Those who sell."),
		{
			Key: "peers.sellers.count", Default: "5", Doc: "How many there are.",
			Type: field.Int(func(c *Config) *int { return &c.Peers.Sellers.Count }, 0, mostPeers),
		},
		{
			Key: "peers.sellers.sells.pick", Default: "uniform", Doc: "How a seller picks its next item.",
			Type: field.Choice(func(c *Config) *peers.Pick { return &c.Peers.Sellers.Pick },
				option("uniform", peers.Uniform, "another than its last, each equally likely"),
				option("in-turn", peers.InTurn, "the next in the list of items"),
				option("keep", peers.Keep, "its last again: it sells one item throughout")),
		},
		{
			Key: "peers.sellers.sells.first", Doc: "The item that every seller sells first; empty picks one for each.",
			Type: field.String(func(c *Config) *string { return &c.Peers.Sellers.First }),
		},
		{
			Key: "peers.sellers.sells.change_every", Default: "50s",
			Doc:  "T_g: how often a seller picks its next item and offers it; 0s is never.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.Peers.Sellers.ChangeEvery }, 0),
		},
		{
			Key: "peers.sellers.sells.on_sold_out", Default: "another-item", Doc: "What a seller does when told that its goods are gone.",
			Type: field.Choice(func(c *Config) *peers.SoldOut { return &c.Peers.Sellers.SoldOut },
				option("another-item", peers.AnotherItem, "pick another item and offer it"),
				option("same-item", peers.SameItem, "offer the same item again"),
				option("wait", peers.Wait, "nothing, until its next pick")),
		},
		{
			Key: "peers.sellers.restock.quantity", Default: "10", Doc: "N_g: how many units a seller then offers.",
			Type: field.CountDist(func(c *Config) *rng.Distribution { return &c.Peers.Sellers.Restock }),
		},
		{
			Key: "peers.sellers.restock.takes", Default: "0s", Doc: "The time from when a seller knows that its goods are gone until it offers goods again.",
			Type: field.DurationDist(func(c *Config) *rng.Distribution { return &c.Peers.Sellers.RestockTakes }),
		},
		{
			Key: "peers.sellers.price", Default: "{uniform: {min: 5, max: 10}}", Doc: "The price of a unit, in whole dollars.",
			Type: field.WholeDollarsDist(func(c *Config) *rng.Distribution { return &c.Peers.Sellers.Price }),
		},
		{
			Key: "peers.sellers.workers", Default: "1", Doc: "How many purchases a seller serves at once.",
			Only: in(Traderless, PeerToPeer),
			Type: field.Int(func(c *Config) *int { return &c.Peers.Sellers.Workers }, 1, 100_000),
		},
		{
			Key: "peers.sellers.service", Default: "5ms", Doc: "A seller's time for a purchase.",
			Only: in(Traderless, PeerToPeer),
			Type: field.DurationDist(func(c *Config) *rng.Distribution { return &c.Peers.Sellers.Service }),
		},
	}
}
