package scenario

import (
	"reflect"
	"slices"
	"strings"

	"souk/sim/network"
	"souk/sim/peers"
)

// idleOption is an option that does nothing as others stand.
type idleOption struct {
	key string
	// changed: it is not at its default; works: it has an effect here.
	changed, works bool
	// needs says where it would have one.
	needs string
}

// meantFor names the markets in which a key means something.
func (j *judge) meantFor(key string) []string {
	var names []string
	for m, kind := range markets() {
		doc := *j.doc
		doc.Config.Market = Market(m)
		if !slices.Contains(doc.Pointless(), key) {
			names = append(names, kind.name)
		}
	}
	return names
}

// idle refuses options that were changed from their default and have no effect
// as the others stand: whoever sets them expects something to happen.
func (j *judge) idle() {
	b, d := &j.c.Peers, &j.least.Peers
	options := append(markets()[j.c.Market].idle(j.c, j.least), []idleOption{
		{"peers.count", b.Roles.Count != d.Roles.Count, b.Roles.Assign == peers.AtRandom, "roles: random; otherwise set peers.buyers.count and peers.sellers.count"},
		{"peers.buyers.count", b.Buyers.Count != d.Buyers.Count, len(b.Roles.List) == 0, "a scenario without peers.list"},
		{"peers.sellers.count", b.Sellers.Count != d.Sellers.Count, len(b.Roles.List) == 0, "a scenario without peers.list"},
		{"peers.topology.neighbours", len(j.c.World.Network.Topology.Adjacency) > 0, j.c.World.Network.Topology.Kind == network.GivenGraph, "kind: given"},
		{"peers.buyers.arrivals", !reflect.DeepEqual(b.Buyers.Arrivals, d.Buyers.Arrivals), b.Buyers.Demand == peers.OpenLoop, "demand: open-loop"},
		{"peers.buyers.think", !reflect.DeepEqual(b.Buyers.Think, d.Buyers.Think), b.Buyers.Demand == peers.ClosedLoop, "demand: closed-loop"},
		{"peers.buyers.outstanding", b.Buyers.Outstanding != d.Buyers.Outstanding, b.Buyers.Demand == peers.ClosedLoop, "demand: closed-loop"},
		{"peers.buyers.start", !reflect.DeepEqual(b.Buyers.Start, d.Buyers.Start), b.Buyers.Demand != peers.Scripted, "demand: closed-loop or open-loop"},
		{"peers.buyers.stagger", b.Buyers.Stagger != d.Buyers.Stagger, b.Buyers.Demand != peers.Scripted, "demand: closed-loop or open-loop"},
		{"peers.buyers.on_refusal", b.Buyers.OnRefusal != d.Buyers.OnRefusal, b.Buyers.Demand != peers.Scripted && len(b.Items) > 1, "buyers that choose among several items"},
		{"peers.sellers.restock.takes", !reflect.DeepEqual(b.Sellers.RestockTakes, d.Sellers.RestockTakes), b.Sellers.SoldOut != peers.Wait, "sellers that restock when sold out: sells.on_sold_out other than wait"},
		{"peers.sellers.sells.pick", b.Sellers.Pick != d.Sellers.Pick, b.Sellers.ChangeEvery > 0 || b.Sellers.SoldOut == peers.AnotherItem, "sellers that pick again: sells.change_every above 0s, or on_sold_out: another-item"},
	}...)
	options = append(options, j.c.idleChaos(j.least)...)
	for _, option := range options {
		if option.changed && !option.works && j.sound(option.key, "peers.roles", "peers.list", "peers.items", "peers.buyers.demand", "peers.topology.kind", "peers.sellers.sells.change_every", "peers.sellers.sells.on_sold_out", "traders.cache.mode") {
			j.refuse(option.key, "it is for "+option.needs, "%s has no effect here", option.key)
		}
	}
	for _, key := range j.doc.Pointless() {
		if j.sound(key) {
			j.refuse(key, "leave it out; it is for market: "+strings.Join(j.meantFor(key), " or "),
				"%s means nothing in market: %s", key, markets()[j.c.Market].name)
		}
	}
	if j.sound("run.warmup", "run.time_limit") && j.c.WarmUp >= j.c.World.TimeLimit {
		j.refuse("run.warmup", "shorter than run.time_limit", "nothing would be measured")
	}
}
