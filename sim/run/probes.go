package run

import (
	"souk/sim/market"
	"souk/sim/scenario"
)

// Probe is a quantity that changes in the course of a run, of which a scenario
// can expect something always or eventually.
type Probe struct {
	Name, Doc string
	// Means says whether there is such a thing in a scenario; nil is in every one.
	Means func(*scenario.Config) bool
	// kinds are the facts that can change it. gauge makes the function that tells
	// by how much a fact does; the quantity starts at 0.
	kinds []market.Kind
	gauge func(actors int) func(*market.Fact) int64
}

// Probes is the table of probes.
func Probes() []Probe {
	return []Probe{
		{
			Name: "leaders", Doc: "peers that run and believe that they lead", Means: hasTraders,
			kinds: []market.Kind{market.Elected, market.Returned, market.Resigned, market.Crashed},
			gauge: func(actors int) func(*market.Fact) int64 {
				return switches(actors, market.Elected, market.Returned)
			},
		},
		{
			Name: "down", Doc: "peers and services that are down",
			kinds: []market.Kind{market.Crashed, market.Restarted},
			gauge: func(actors int) func(*market.Fact) int64 { return switches(actors, market.Crashed) },
		},
		{
			Name: "paused", Doc: "peers and services that stand still",
			kinds: []market.Kind{market.Paused, market.Resumed, market.Crashed},
			gauge: func(actors int) func(*market.Fact) int64 { return switches(actors, market.Paused) },
		},
		{
			Name: "faults", Doc: "faults in force",
			kinds: []market.Kind{market.FaultBegan, market.FaultEnded},
			gauge: difference(market.FaultBegan),
		},
		{
			Name: "live", Doc: "requests without an outcome",
			kinds: []market.Kind{market.Issued, market.Ended},
			gauge: difference(market.Issued),
		},
		{
			Name: "stock", Doc: "units on hand, of all items",
			kinds: []market.Kind{market.Deposited, market.Sold, market.Withdrawn},
			gauge: func(int) func(*market.Fact) int64 {
				return func(f *market.Fact) int64 {
					if f.Kind == market.Deposited {
						return int64(f.Qty)
					}
					return -int64(f.Qty)
				}
			},
		},
	}
}

func hasTraders(c *scenario.Config) bool { return c.Market == scenario.Bazaar }

// switches counts the actors for whom the last fact was one of those that turn
// them on.
func switches(actors int, on ...market.Kind) func(*market.Fact) int64 {
	state := make([]bool, actors)
	return func(f *market.Fact) int64 {
		now := false
		for _, kind := range on {
			now = now || f.Kind == kind
		}
		switch before := state[f.Actor]; {
		case before == now:
			return 0
		case now:
			state[f.Actor] = true
			return 1
		}
		state[f.Actor] = false
		return -1
	}
}

// difference counts facts of one kind less all others.
func difference(up market.Kind) func(int) func(*market.Fact) int64 {
	return func(int) func(*market.Fact) int64 {
		return func(f *market.Fact) int64 {
			if f.Kind == up {
				return 1
			}
			return -1
		}
	}
}
