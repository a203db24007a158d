package scenario

import (
	"souk/sim/peertopeer"
	"souk/sim/scenario/field"
	"souk/sim/vtime"
)

// peerToPeerMarket is the peer-to-peer bazaar as scenarios know it.
func peerToPeerMarket() marketKind {
	return marketKind{
		name: "peer-to-peer", doc: "a look-up floods from neighbour to neighbour, and the buyer buys directly from a seller that replied",
		fields: peerToPeerFields,
		judge:  func(*judge) {},
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
			Key: "peer_to_peer.collect", Default: "500ms", Doc: "How long a buyer waits for replies before it picks one at random.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &at(c).Collect }, vtime.Microsecond),
		},
		{
			Key: "peer_to_peer.replies", Default: "0", Doc: "The number of replies after which it waits no longer; 0 always waits to the end.",
			Type: field.Int(func(c *Config) *int { return &at(c).Replies }, 0, 1_000_000),
		},
	}
}

func peerToPeerIdle(*Config, *Config) []idleOption { return nil }
