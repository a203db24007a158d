package scenario

import (
	"souk/sim/bazaar"
	"souk/sim/network"
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
			Type: field.Strings(func(c *Config) *[]string { return &c.Bazaar.Items }),
		},
		{
			Key: "peers.roles", Default: "shuffled", Doc: "How the roles are dealt out to the peers, who are numbered from 0.",
			Type: field.Choice(func(c *Config) *bazaar.Assign { return &c.Bazaar.Roles.Assign },
				option("shuffled", bazaar.Shuffled, "peers.buyers.count buyers and peers.sellers.count sellers in random order"),
				option("alternating", bazaar.Alternating, "the same numbers, but a buyer and a seller in turn"),
				option("random", bazaar.AtRandom, "each of peers.count peers draws buyer or seller of one of the items")),
		},
		{
			Key: "peers.count", Default: "10", Doc: "The number of peers, for roles: random only.",
			Type: field.Int(func(c *Config) *int { return &c.Bazaar.Roles.Count }, 1, mostPeers),
		},
		{
			Key: "peers.list", Doc: "The role of each peer instead: buyer, seller, or the item that a seller sells first.",
			Type: field.Strings(func(c *Config) *[]string { return &c.Bazaar.Roles.List }),
		},
		group("peers.topology", "The graph of neighbours along which messages of the overlay transport travel."),
		{
			Key: "peers.topology.kind", Default: "random-connected", Doc: "Where the graph comes from.",
			Type: field.Choice(func(c *Config) *network.TopologyKind { return &c.World.Network.Topology.Kind },
				option("random-connected", network.RandomGraph, "generated from the seed"),
				option("given", network.GivenGraph, "peers.topology.neighbours")),
		},
		{
			Key: "peers.topology.max_degree", Default: "3", Doc: "The most neighbours that a peer has.",
			Type: field.Int(func(c *Config) *int { return &c.World.Network.Topology.MaxDegree }, 1, 1000),
		},
		{
			Key: "peers.topology.neighbours", Doc: "For each peer, the numbers of its neighbours; an edge need stand only once.",
			Type: field.IntLists(func(c *Config) *[][]int { return &c.World.Network.Topology.Adjacency }, 0, mostPeers),
		},
	}
}

func buyerFields() []f {
	script := field.New(
		field.Field[bazaar.Wish]{
			Key: "at", Required: true, Doc: "When, from the start of the run.",
			Type: field.Duration(func(w *bazaar.Wish) *vtime.Duration { return &w.At }, 0),
		},
		field.Field[bazaar.Wish]{
			Key: "buyer", Required: true, Doc: "Who, such as buyer3.",
			Type: field.String(func(w *bazaar.Wish) *string { return &w.Buyer }),
		},
		field.Field[bazaar.Wish]{
			Key: "item", Required: true, Doc: "What.",
			Type: field.String(func(w *bazaar.Wish) *string { return &w.Item }),
		},
		field.Field[bazaar.Wish]{
			Key: "quantity", Default: "1", Doc: "How many units.",
			Type: field.Int(func(w *bazaar.Wish) *int { return &w.Quantity }, 1, 1_000_000),
		},
	)
	return []f{
		group("peers.buyers", "Those who buy."),
		{
			Key: "peers.buyers.count", Default: "5", Doc: "How many there are.",
			Type: field.Int(func(c *Config) *int { return &c.Bazaar.Buyers.Count }, 0, mostPeers),
		},
		{
			Key: "peers.buyers.demand", Default: "closed-loop", Doc: "What makes a buyer ask.",
			Type: field.Choice(func(c *Config) *bazaar.Demand { return &c.Bazaar.Buyers.Demand },
				option("closed-loop", bazaar.ClosedLoop, "it thinks, asks, waits for the outcome, and thinks again"),
				option("open-loop", bazaar.OpenLoop, "requests arrive whether or not earlier ones have ended"),
				option("script", bazaar.Scripted, "only what peers.buyers.script lists")),
		},
		{
			Key: "peers.buyers.think", Default: "{exponential: {mean: 10s}}",
			Doc:  "Closed loop: the time from an outcome to the next request.",
			Type: field.DurationDist(func(c *Config) *rng.Distribution { return &c.Bazaar.Buyers.Think }),
		},
		{
			Key: "peers.buyers.arrivals", Default: "{exponential: {mean: 10s}}",
			Doc:  "Open loop: the time from one request of a buyer to its next.",
			Type: field.DurationDist(func(c *Config) *rng.Distribution { return &c.Bazaar.Buyers.Arrivals }),
		},
		{
			Key: "peers.buyers.script", Doc: "The requests of demand: script.",
			Type: field.Objects(func(c *Config) *[]bazaar.Wish { return &c.Bazaar.Buyers.Script }, script),
		},
		{
			Key: "peers.buyers.start", Default: "0s", Doc: "Each buyer's own delay after purchases open.",
			Type: field.DurationDist(func(c *Config) *rng.Distribution { return &c.Bazaar.Buyers.Start }),
		},
		{
			Key: "peers.buyers.stagger", Default: "0s",
			Doc:  "How much later than the buyer with the next lower number each buyer starts, so that they take turns.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.Bazaar.Buyers.Stagger }, 0),
		},
		{
			Key: "peers.buyers.outstanding", Default: "1", Doc: "Closed loop: how many requests a buyer has under way at once.",
			Type: field.Int(func(c *Config) *int { return &c.Bazaar.Buyers.Outstanding }, 1, 1000),
		},
		{
			Key: "peers.buyers.quantity", Default: "1", Doc: "How many units a request is for.",
			Type: field.CountDist(func(c *Config) *rng.Distribution { return &c.Bazaar.Buyers.Quantity }),
		},
		{
			Key: "peers.buyers.fill", Default: "all-or-nothing", Doc: "What happens when no seller has the whole quantity.",
			Type: field.Choice(func(c *Config) *bazaar.Fill { return &c.Bazaar.Buyers.Fill },
				option("all-or-nothing", bazaar.AllOrNothing, "the request fails"),
				option("partial", bazaar.Partial, "the buyer gets what the oldest offer has")),
		},
		{
			Key: "peers.buyers.wants", Doc: "How much each item is wanted, as weights in the order of peers.items; empty is equally.",
			Type: field.Ints(func(c *Config) *[]int { return &c.Bazaar.Buyers.Weights }, 0, 1_000_000),
		},
		{
			Key: "peers.buyers.on_refusal", Default: "another-item", Doc: "What a buyer wants after a request that got no goods.",
			Type: field.Choice(func(c *Config) *bazaar.OnRefusal { return &c.Bazaar.Buyers.OnRefusal },
				option("another-item", bazaar.WantAnother, "an item other than the one refused"),
				option("any-item", bazaar.WantAny, "any item, as after a purchase")),
		},
		{
			Key: "peers.buyers.trader", Default: "random", Doc: "Which trader a buyer asks.",
			Type: field.Choice(func(c *Config) *bazaar.Choice { return &c.Bazaar.Buyers.Trader },
				option("random", bazaar.RandomTrader, "each equally likely"),
				option("sticky", bazaar.Sticky, "the first one chosen, until it is gone"),
				option("round-robin", bazaar.RoundRobin, "one after the other"),
				option("least-loaded", bazaar.LeastLoaded, "the one whose queue was shortest when it last answered")),
		},
		{
			Key: "peers.buyers.answer_timeout", Default: "15s", Doc: "How long a buyer waits before it asks again.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.Bazaar.Buyers.AnswerTimeout }, vtime.Millisecond),
		},
		{
			Key: "peers.buyers.retries", Default: "3", Doc: "How often it asks again before it gives up.",
			Type: field.Int(func(c *Config) *int { return &c.Bazaar.Buyers.Retries }, 0, 1000),
		},
	}
}

func sellerFields() []f {
	return []f{
		group("peers.sellers", "Those who sell."),
		{
			Key: "peers.sellers.count", Default: "5", Doc: "How many there are.",
			Type: field.Int(func(c *Config) *int { return &c.Bazaar.Sellers.Count }, 0, mostPeers),
		},
		{
			Key: "peers.sellers.sells.pick", Default: "uniform", Doc: "How a seller picks its next item.",
			Type: field.Choice(func(c *Config) *bazaar.Pick { return &c.Bazaar.Sellers.Pick },
				option("uniform", bazaar.Uniform, "another than its last, each equally likely"),
				option("in-turn", bazaar.InTurn, "the next in the list of items"),
				option("keep", bazaar.Keep, "its last again: it sells one item throughout")),
		},
		{
			Key: "peers.sellers.sells.first", Doc: "The item that every seller sells first; empty picks one for each.",
			Type: field.String(func(c *Config) *string { return &c.Bazaar.Sellers.First }),
		},
		{
			Key: "peers.sellers.sells.change_every", Default: "50s",
			Doc:  "T_g: how often a seller picks its next item and deposits it; 0s is never.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.Bazaar.Sellers.ChangeEvery }, 0),
		},
		{
			Key: "peers.sellers.sells.on_sold_out", Default: "another-item", Doc: "What a seller does when told that its goods are gone.",
			Type: field.Choice(func(c *Config) *bazaar.SoldOut { return &c.Bazaar.Sellers.SoldOut },
				option("another-item", bazaar.AnotherItem, "pick another item and deposit it"),
				option("same-item", bazaar.SameItem, "deposit the same item again"),
				option("wait", bazaar.Wait, "nothing, until its next pick")),
		},
		{
			Key: "peers.sellers.restock.quantity", Default: "10", Doc: "N_g: how many units a deposit has.",
			Type: field.CountDist(func(c *Config) *rng.Distribution { return &c.Bazaar.Sellers.Restock }),
		},
		{
			Key: "peers.sellers.price", Default: "{uniform: {min: 5, max: 10}}", Doc: "The price of a unit, in whole dollars.",
			Type: field.WholeDollarsDist(func(c *Config) *rng.Distribution { return &c.Bazaar.Sellers.Price }),
		},
		{
			Key: "peers.sellers.answer_timeout", Default: "15s", Doc: "How long a seller waits before it sends a deposit again.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.Bazaar.Sellers.AnswerTimeout }, vtime.Millisecond),
		},
	}
}
