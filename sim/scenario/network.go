package scenario

import (
	"souk/sim/network"
	"souk/sim/rng"
	"souk/sim/scenario/field"
)

func networkFields() []f {
	at := func(c *Config) *network.Config { return &c.World.Network }
	return []f{
		group("network", "How messages travel."),
		{
			Key: "network.transport", Default: "direct", Doc: "How a message finds its receiver.", Only: in(Bazaar),
			Type: field.Choice(func(c *Config) *network.Transport { return &at(c).Transport },
				option("direct", network.Direct, "a name server tells the address"),
				option("overlay", network.Overlay, "from neighbour to neighbour; services are reached directly")),
		},
		{
			Key: "network.order", Default: "any", Doc: "Whether messages between the same two can overtake each other.", Only: in(Bazaar, PeerToPeer),
			Type: field.Choice(func(c *Config) *network.Order { return &at(c).Order },
				option("any", network.Any, "they can"),
				option("fifo", network.FIFO, "they cannot, as on one connection")),
		},
		{
			Key: "network.delay", Default: "{lognormal: {median: 2ms, p99: 12ms}}", Doc: "The delay of a link.",
			Type: field.DurationDist(func(c *Config) *rng.Distribution { return &at(c).Delay }),
		},
		{
			Key: "network.loss", Default: "0%", Doc: "The chance that a message, or one hop of it, is lost.", Only: in(Bazaar, PeerToPeer),
			Type: field.Probability(func(c *Config) *rng.Probability { return &at(c).Loss }),
		},
		{
			Key: "network.name_server.lookup", Default: "200us", Doc: "The time that looking up an address takes.",
			Type: field.DurationDist(func(c *Config) *rng.Distribution { return &at(c).NameServer.Lookup }),
		},
		{
			Key: "network.name_server.remember", Default: "false", Doc: "Whether an address, once known, is kept; otherwise every message looks it up.", Only: in(Bazaar, PeerToPeer),
			Type: field.Bool(func(c *Config) *bool { return &at(c).NameServer.Remember }),
		},
		{
			Key: "network.links", Doc: "Delays and losses between certain actors; the last that matches and gives one counts.",
			Type: field.Objects(func(c *Config) *[]network.Link { return &at(c).Links }, linkTable()),
		},
		{
			Key: "network.regions", Doc: "Machines or places, and who is there.",
			Type: field.Objects(func(c *Config) *[]network.Region { return &at(c).Regions }, regionTable()),
		},
		{
			Key: "network.latencies", Doc: "Delays between two regions, or within one that is named alone.",
			Type: field.Objects(func(c *Config) *[]network.Latency { return &at(c).Latencies }, latencyTable()),
		},
	}
}

func linkTable() *field.Table[network.Link] {
	type f = field.Field[network.Link]
	return field.New(
		f{
			Key: "from", Required: true, Doc: "The senders, such as trader*.",
			Type: field.Strings(func(l *network.Link) *[]string { return &l.From }),
		},
		f{
			Key: "to", Required: true, Doc: "The receivers, such as warehouse.",
			Type: field.Strings(func(l *network.Link) *[]string { return &l.To }),
		},
		f{
			Key: "delay", Doc: "The delay in that direction; without it, as without the link.",
			Type: field.DurationDist(func(l *network.Link) *rng.Distribution { return &l.Delay }),
		},
		f{
			Key: "loss", Doc: "The chance that a message is lost in that direction; without it, network.loss.",
			Type: field.MaybeProbability(func(l *network.Link) **rng.Probability { return &l.Loss }),
		},
	)
}

func regionTable() *field.Table[network.Region] {
	type f = field.Field[network.Region]
	return field.New(
		f{
			Key: "name", Required: true, Doc: "What the region is called.",
			Type: field.String(func(r *network.Region) *string { return &r.Name }),
		},
		f{
			Key: "members", Required: true, Doc: "Who is there, such as [peer0..peer4, warehouse].",
			Type: field.Strings(func(r *network.Region) *[]string { return &r.Members }),
		},
	)
}

func latencyTable() *field.Table[network.Latency] {
	type f = field.Field[network.Latency]
	return field.New(
		f{
			Key: "between", Required: true, Doc: "Two regions, or one for the delay within it.",
			Type: field.Strings(func(l *network.Latency) *[]string { return &l.Between }),
		},
		f{
			Key: "delay", Required: true, Doc: "The delay, both ways.",
			Type: field.DurationDist(func(l *network.Latency) *rng.Distribution { return &l.Delay }),
		},
	)
}
