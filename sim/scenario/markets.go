package scenario

import (
	"slices"

	"souk/sim/scenario/field"
)

// Market names one of the systems that can be run.
type Market int

// The markets.
const (
	Bazaar Market = iota
	Traderless
	PeerToPeer
)

// marketKind is all that a scenario needs to know of a market. A market is one
// package under sim, one file here, and a line in the table below.
type marketKind struct {
	name, doc string
	// fields are the options of this market alone.
	fields func() []f
	// judge finds contradictions between them.
	judge func(*judge)
	// idle lists those that can be without effect as the others stand.
	idle func(c, least *Config) []idleOption
	// called are examples of what selectors can name.
	called string
	// stage builds the market.
	stage func(*Config) *Play
}

// markets is the table of systems, in the order of their constants.
func markets() []marketKind {
	return []marketKind{bazaarMarket(), traderlessMarket(), peerToPeerMarket()}
}

// marketOptions are the systems as options.
func marketOptions() []field.Option[Market] {
	var options []field.Option[Market]
	for i, m := range markets() {
		options = append(options, option(m.name, Market(i), m.doc))
	}
	return options
}

// in says that a field means something in certain markets only.
func in(where ...Market) func(*Config) bool {
	return func(c *Config) bool { return slices.Contains(where, c.Market) }
}

// own returns the fields that single markets have.
func own() []f {
	var all []f
	for i, m := range markets() {
		for _, field := range m.fields() {
			field.Only = in(Market(i))
			all = append(all, field)
		}
	}
	return all
}

// Play builds the scenario's market. It can be run once.
func (c *Config) Play() *Play { return markets()[c.Market].stage(c) }
