package scenario

import (
	"reflect"

	"souk/sim/bazaar"
	"souk/sim/bazaar/cache"
	"souk/sim/network"
)

// idle refuses options that were changed from their default and have no effect
// as the others stand: whoever sets them expects something to happen.
func (j *judge) idle() {
	b, d := &j.c.Bazaar, &j.least.Bazaar
	for _, option := range []struct {
		key     string
		changed bool
		works   bool
		needs   string
	}{
		{"peers.count", b.Roles.Count != d.Roles.Count, b.Roles.Assign == bazaar.AtRandom, "roles: random; otherwise set peers.buyers.count and peers.sellers.count"},
		{"peers.buyers.count", b.Buyers.Count != d.Buyers.Count, len(b.Roles.List) == 0, "a scenario without peers.list"},
		{"peers.sellers.count", b.Sellers.Count != d.Sellers.Count, len(b.Roles.List) == 0, "a scenario without peers.list"},
		{"peers.topology.neighbours", len(j.c.World.Network.Topology.Adjacency) > 0, j.c.World.Network.Topology.Kind == network.GivenGraph, "kind: given"},
		{"peers.buyers.script", len(b.Buyers.Script) > 0, b.Buyers.Demand == bazaar.Scripted, "demand: script"},
		{"peers.buyers.arrivals", !reflect.DeepEqual(b.Buyers.Arrivals, d.Buyers.Arrivals), b.Buyers.Demand == bazaar.OpenLoop, "demand: open-loop"},
		{"peers.buyers.think", !reflect.DeepEqual(b.Buyers.Think, d.Buyers.Think), b.Buyers.Demand == bazaar.ClosedLoop, "demand: closed-loop"},
		{"peers.buyers.outstanding", b.Buyers.Outstanding != d.Buyers.Outstanding, b.Buyers.Demand == bazaar.ClosedLoop, "demand: closed-loop"},
		{"peers.buyers.start", !reflect.DeepEqual(b.Buyers.Start, d.Buyers.Start), b.Buyers.Demand != bazaar.Scripted, "demand: closed-loop or open-loop"},
		{"peers.buyers.stagger", b.Buyers.Stagger != d.Buyers.Stagger, b.Buyers.Demand != bazaar.Scripted, "demand: closed-loop or open-loop"},
		{"peers.buyers.on_refusal", b.Buyers.OnRefusal != d.Buyers.OnRefusal, b.Buyers.Demand != bazaar.Scripted && len(b.Items) > 1, "buyers that choose among several items"},
		{"peers.sellers.sells.pick", b.Sellers.Pick != d.Sellers.Pick, b.Sellers.ChangeEvery > 0 || b.Sellers.SoldOut == bazaar.AnotherItem, "sellers that pick again: sells.change_every above 0s, or on_sold_out: another-item"},
		{"traders.cache.ttl", b.Traders.Cache.TTL != d.Traders.Cache.TTL, b.Traders.Cache.Mode == cache.TTL, "mode: ttl"},
	} {
		if option.changed && !option.works && j.sound(option.key, "peers.roles", "peers.list", "peers.items", "peers.buyers.demand", "peers.topology.kind", "peers.sellers.sells.change_every", "peers.sellers.sells.on_sold_out", "traders.cache.mode") {
			j.refuse(option.key, "it is for "+option.needs, "%s has no effect here", option.key)
		}
	}
	if j.sound("run.warmup", "run.time_limit") && j.c.WarmUp >= j.c.World.TimeLimit {
		j.refuse("run.warmup", "shorter than run.time_limit", "nothing would be measured")
	}
}
