package metrics

import (
	"souk/sim/market"
	"souk/sim/vtime"
)

// Phase counts what happens in a named span of a run: from From up to, but not
// including, Until. A request counts as issued in the phase in which it was
// made, and by its outcome in the phase in which it ended.
type Phase struct {
	Name        string
	From, Until vtime.Duration

	Issued    uint64
	Outcomes  [market.Outcomes]uint64
	Undersold uint64
	Sales     uint64
	UnitsSold int64
	// FirstSale and LastSale are times of the run; 0 without a sale.
	FirstSale, LastSale vtime.Time
	// Latency is of the requests that were fulfilled in the phase.
	Latency Sample
}

// Phases measures the phases of a run. It must see each fact after the meter
// does, which knows whether the warehouse could have filled a denied request.
type Phases struct {
	List   []Phase
	meter  *Meter
	closed bool
}

// NewPhases returns an observer without phases.
func NewPhases(m *Meter) *Phases { return &Phases{meter: m} }

// Add adds a phase.
func (p *Phases) Add(name string, from, until vtime.Duration) {
	p.List = append(p.List, Phase{Name: name, From: from, Until: until})
}

// Wants lists the facts that are counted.
func (p *Phases) Wants() []market.Kind {
	return []market.Kind{market.Issued, market.Denied, market.Sold, market.Ended, market.Closing}
}

// Observe counts a fact in every phase that is on. All phases end when the run
// closes: what is shipped during the drain is in none.
func (p *Phases) Observe(f *market.Fact) error {
	p.closed = p.closed || f.Kind == market.Closing
	if p.closed {
		return nil
	}
	for i := range p.List {
		ph := &p.List[i]
		if f.At < vtime.Time(ph.From) || f.At >= vtime.Time(ph.Until) {
			continue
		}
		switch f.Kind {
		case market.Issued:
			ph.Issued++
		case market.Denied:
			if p.meter.couldFill(f) {
				ph.Undersold++
			}
		case market.Sold:
			if ph.Sales == 0 {
				ph.FirstSale = f.At
			}
			ph.LastSale = f.At
			ph.Sales++
			ph.UnitsSold += int64(f.Qty)
		case market.Ended:
			ph.Outcomes[f.Outcome]++
			if f.Outcome == market.Fulfilled {
				ph.Latency.Add(f.At.Sub(f.Since))
			}
		}
	}
	return nil
}
