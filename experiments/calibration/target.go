package calibration

import (
	"fmt"

	"souk/scenarios"
	"souk/sim/market"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/scenario/field"
	"souk/sim/vtime"
)

// Target is a published number, which a single run of the report gave.
type Target struct {
	Name      string  `json:"name"`
	Unit      string  `json:"unit"`
	Published float64 `json:"published"`
}

// cell is a setting of the report: a scenario, what is set in it, and how a run
// is measured, one value for each of its targets.
type cell struct {
	scenario string
	set      []field.Override
	measure  func(*scenario.Config) ([]float64, error)
	targets  []Target
}

// cells are the report's experiments 1, 2 and 3.
func cells() []cell {
	var all []cell
	for _, mode := range []struct {
		name      string
		published [3]float64
	}{
		{"cached", [3]float64{25, 22, 15}},
		{"cacheless", [3]float64{63, 55, 40}},
	} {
		for i, seconds := range mode.published {
			all = append(all, cell{
				scenario: "exp1-" + mode.name,
				set:      []field.Override{{Key: "traders.count", Value: fmt.Sprint(i + 1)}, atOnce},
				measure:  timeToShip,
				targets:  []Target{{fmt.Sprintf("1 %s, traders %d", mode.name, i+1), "s", seconds}},
			})
		}
	}
	for _, ratio := range []struct {
		// buyers and sellers before one of them, the last, becomes the trader.
		name, buyers, sellers string
		published             float64
	}{
		{"3/6", "3", "7", 10},
		{"4/5", "4", "6", 30},
		{"5/4", "5", "5", 37.5},
		{"7/2", "8", "2", 62.5},
	} {
		all = append(all, cell{
			scenario: "exp2-oversell",
			set: []field.Override{
				{Key: "peers.buyers.count", Value: ratio.buyers},
				{Key: "peers.sellers.count", Value: ratio.sellers},
			},
			measure: unmetShare,
			targets: []Target{{"2 unmet, buyers/sellers " + ratio.name, "%", ratio.published}},
		})
	}
	return append(all, cell{
		scenario: "exp3-fault",
		set:      []field.Override{atOnce},
		measure:  servedAroundFault,
		targets:  []Target{{"3 two traders", "served", 40}, {"3 one died", "served", 25}},
	})
}

// atOnce ends a run whose measure is known when it closes; what is under way
// then would take longer than the run.
var atOnce = field.Override{Key: "run.drain", Value: "0s"}

// config reads the cell's scenario with the parameters at a point, or, without
// one, as it stands.
func (c *cell) config(point []float64) (*scenario.Config, error) {
	name := c.scenario + ".yaml"
	src, err := scenarios.Files.ReadFile(name)
	if err != nil {
		return nil, err
	}
	set := append([]field.Override{}, c.set...)
	for i, p := range Parameters() {
		if point != nil && p.in(c.scenario) {
			set = append(set, field.Override{Key: p.Key, Value: p.YAML(point[i])})
		}
	}
	doc, problems := scenario.Read(name, src, set)
	return &doc.Config, problems.Err()
}

// timeToShip is the time from the first request to the last good, in seconds.
func timeToShip(c *scenario.Config) ([]float64, error) {
	report, err := run.Once(c, run.Options{})
	if err != nil {
		return nil, err
	}
	speed := report.Summary().Speed
	return []float64{speed.Until - speed.From}, nil
}

// unmetShare is the share of all requests that were not fulfilled, in percent.
func unmetShare(c *scenario.Config) ([]float64, error) {
	report, err := run.Once(c, run.Options{})
	if err != nil {
		return nil, err
	}
	requests := report.Summary().Requests
	return []float64{100 * float64(requests.Issued-requests.Fulfilled) / float64(requests.Issued)}, nil
}

// servedAroundFault counts what was sold in the window before the scenario's
// fault and in the one after it.
func servedAroundFault(c *scenario.Config) ([]float64, error) {
	fault := vtime.Time(0).Add(c.World.Faults[0].At)
	s := salesAround{before: fault.Add(-window), fault: fault, after: fault.Add(window)}
	if _, err := c.Play().Run(&s); err != nil {
		return nil, err
	}
	return s.served[:], nil
}

// window is how long the report counted on each side of the fault.
const window = 60 * vtime.Second

// salesAround counts sales in two windows.
type salesAround struct {
	before, fault, after vtime.Time
	served               [2]float64
}

// Wants lists the one fact that counts.
func (s *salesAround) Wants() []market.Kind { return []market.Kind{market.Sold} }

// Observe counts a sale.
func (s *salesAround) Observe(f *market.Fact) error {
	switch {
	case f.At < s.before || f.At >= s.after:
	case f.At < s.fault:
		s.served[0]++
	default:
		s.served[1]++
	}
	return nil
}
