// Package scenario turns a scenario file into a run. Its field table is the
// one place that knows every option: it drives the reading, the defaults, the
// units, the error messages, `sim check --explain`, `--set` and the JSON
// Schema.
package scenario

import (
	"slices"

	"souk/sim"
	"souk/sim/bazaar"
	"souk/sim/market"
	"souk/sim/peers"
	"souk/sim/peertopeer"
	"souk/sim/scenario/field"
	"souk/sim/traderless"
	"souk/sim/vtime"
)

// Stop is when a run closes; 0 means that the number does not matter.
type Stop struct {
	// Shipped counts sales, Requests outcomes, Issued wishes.
	Shipped, Requests, Issued uint64
}

// Phase is a named span of a run, from From up to, but not including, Until.
type Phase struct {
	Name        string
	From, Until vtime.Duration
}

// Config is a scenario, ready to run.
type Config struct {
	Version int
	Name    string
	About   string
	Market  Market
	Stop    Stop
	// WarmUp is the time before which nothing is measured.
	WarmUp vtime.Duration
	// Phases are spans of the run that the summary counts apart.
	Phases []Phase
	// Timeline is the step of the recorded time series.
	Timeline vtime.Duration
	World    sim.Config
	// Chaos is random trouble. What it drew are the last of World.Faults.
	Chaos Chaos
	// drawn is how many they are.
	drawn int
	// table reads them; nil without chaos.
	table *field.Table[Config]
	// Peers are those of whichever market runs; the rest of the configuration of
	// each market stands in its own field.
	Peers      peers.Config
	Bazaar     bazaar.Config
	Traderless traderless.Config
	PeerToPeer peertopeer.Config
	// Expect is what the run is held to; it changes nothing in it.
	Expect []field.Statement
	// Staffed: the bazaar's traders are peers of their own.
	Staffed bool
	// Terms: its peers heed the terms of elections.
	Terms bool
	// DedupDeposits: its warehouse stores a deposit once, however often it is sent.
	DedupDeposits bool
}

// Under returns the scenario under another seed, with the chaos of that one; the
// two share what neither changes.
func (c *Config) Under(seed uint64) *Config {
	other := *c
	other.World.Seed, other.Peers.Seed = seed, seed
	if c.table != nil {
		given := len(c.World.Faults) - c.drawn
		plans := other.plans()
		other.World.Faults, other.drawn = slices.Concat(c.World.Faults[:given], plans), len(plans)
	}
	return &other
}

// Document is a scenario file that was read.
type Document = field.Document[Config]

// Reader reads scenarios. Making one takes longer than reading with it, so who
// reads many keeps it. It may be shared.
type Reader struct {
	table *field.Table[Config]
	// least is the scenario in which everything is left to the defaults.
	least Config
}

// NewReader returns a reader.
func NewReader() *Reader {
	r := &Reader{table: Table()}
	doc, _ := r.table.Read("", []byte("version: 1\n"), nil)
	r.least = doc.Config
	return r
}

// Read reads a scenario with a reader of its own.
func Read(name string, src []byte, overrides []field.Override) (*Document, field.Problems) {
	return NewReader().Read(name, src, overrides)
}

// Fields reads a scenario field by field: its problems are those of single
// fields, not the contradictions between them.
func (r *Reader) Fields(name string, src []byte, overrides []field.Override) (*Document, field.Problems) {
	return r.table.Read(name, src, overrides)
}

// Read reads a scenario. name is how messages call the file. All mistakes are
// returned, those of single fields as well as contradictions between them.
func (r *Reader) Read(name string, src []byte, overrides []field.Override) (*Document, field.Problems) {
	doc, problems := r.Fields(name, src, overrides)
	if doc.Config.Staffed && doc.Config.Market == Bazaar {
		doc.Config.Peers.Staff = doc.Config.Bazaar.Traders.Count
	}
	if len(problems) > 0 {
		problems = append(problems, r.contradictions(doc, problems)...)
		return doc, problems
	}
	problems = r.contradictions(doc, nil)
	c := &doc.Config
	c.World.Stop = c.Stop.rules()
	c.World.CountFrom = c.WarmUp
	c.World.Faults = effective(c.World.Faults)
	if len(problems) == 0 && len(c.Chaos.Kinds) > 0 {
		c.table = r.table
	}
	*c = *c.Under(c.World.Seed)
	return doc, problems
}

// rules turns the stop condition into the facts that the world counts.
func (s Stop) rules() []sim.StopRule {
	var rules []sim.StopRule
	add := func(kind market.Kind, count uint64) {
		if count > 0 {
			rules = append(rules, sim.StopRule{Fact: kind, Count: count})
		}
	}
	add(market.Sold, s.Shipped)
	add(market.Ended, s.Requests)
	add(market.Issued, s.Issued)
	return rules
}
