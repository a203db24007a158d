package scenario

import (
	"souk/sim"
	"souk/sim/market"
	"souk/sim/peers"
	"souk/sim/peertopeer"
	"souk/sim/scenario/field"
	"souk/sim/vtime"
)

// peerToPeerMarket is the peer-to-peer bazaar as scenarios know it.
func peerToPeerMarket() marketKind {
	return marketKind{
		name: "peer-to-peer", doc: "a look-up floods from neighbour to neighbour, and the buyer buys directly from a seller that replied",
		fields: peerToPeerFields,
		judge:  (*judge).lookUps,
		idle:   peerToPeerIdle,
		called: "buyer7, seller*, peer3, peer0..peer4 or all",
		stage:  stagePeerToPeer,
	}
}

func peerToPeerFields() []f {
	at := func(c *Config) *peertopeer.Config { return &c.PeerToPeer }
	return []f{
		group("peer_to_peer", "How a buyer finds a seller without a trader."),
		{
			Key: "peer_to_peer.hop_limit", Default: "5", Doc: "How many hops a look-up travels at most.",
			Type: field.Int(func(c *Config) *int { return &at(c).HopLimit }, 1, 1_000_000),
		},
		{
			Key: "peer_to_peer.collect", Default: "500ms", Doc: "How long a buyer waits for replies before it picks one at random; less than peers.buyers.answer_timeout.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &at(c).Collect }, vtime.Microsecond),
		},
		{
			Key: "peer_to_peer.replies", Default: "0", Doc: "The number of replies after which it waits no longer; 0 always waits to the end.",
			Type: field.Int(func(c *Config) *int { return &at(c).Replies }, 0, 1_000_000),
		},
	}
}

func peerToPeerIdle(*Config, *Config) []idleOption { return nil }

// lookUps finds what contradicts that a buyer's patience outlasts its look-ups.
func (j *judge) lookUps() {
	collect, patience := j.c.PeerToPeer.Collect, j.c.Peers.Buyers.AnswerTimeout
	if j.sound("peer_to_peer.collect", "peers.buyers.answer_timeout") && collect >= patience {
		j.refuse("peer_to_peer.collect", "shorter than peers.buyers.answer_timeout",
			"the buyer collects replies for %v, but waits only %v for anything", collect, patience)
	}
}

// longestPurchase is how long a request lives at most once the run has closed and
// nothing goes wrong: each seller can let the buyer wait almost to its deadline
// before it refuses, and answers can be lost.
func longestPurchase(c *Config, sellers int) vtime.Duration {
	waits := vtime.Duration(max(1, sellers) + c.Peers.Buyers.Retries)
	return c.PeerToPeer.Collect + 2*waits*c.Peers.Buyers.AnswerTimeout
}

func stagePeerToPeer(c *Config) *Play {
	cfg := c.PeerToPeer
	cfg.Config = c.Peers
	cfg.Neighbours = c.World.Network.Graph(c.Peers.Number(), c.World.Seed)
	m := peertopeer.New(cfg)
	return &Play{
		System: m, Config: c, Messages: peertopeer.MessageNames(),
		Traits: Traits{
			Items: c.Peers.Items, Workers: c.Peers.Sellers.Workers, Stalls: m.Stalls(),
			Reserved: true, LookUps: true,
			Stale:    "oversell: a seller had it when it replied, and not any more when the purchase came",
			Partial:  c.Peers.Buyers.Fill == peers.Partial,
			VoteKind: -1,
			Patience: longestPurchase(c, m.Stalls()),
			Crash:    c.crash,
			Unmet:    Unmet{Quiescence: "needs a market with copies of the stock", Copies: "needs a market with copies of the stock"},
		},
		run: func(observers []market.Observer) (sim.Result, error) {
			return sim.New[peertopeer.Message](c.World, m, observers...).Run()
		},
	}
}
