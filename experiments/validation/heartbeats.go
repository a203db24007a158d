package validation

import (
	"errors"
	"fmt"
	"math"

	"souk/sim/market"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/vtime"
)

// This file holds how long it takes until a trader is believed dead because
// heartbeats got lost.

// lossy is the scenario: two traders, of whom the second hears the first badly.
// Nobody ever trades. A heartbeat takes 100 ms, so that after k lost ones the
// last is k+0.9 beats old when the next beat looks at it, and after k-1 it is
// k-0.1.
const lossy = `version: 1
run: {time_limit: 1000000h}
peers: {items: [fish], list: [buyer, buyer, buyer]}
traders:
  count: 2
  election: {algorithm: appointed}
  settle: 1000000h
  heartbeat: {every: 1s, dead_after: %[1]s}
network: {delay: 100ms, name_server: {lookup: 0s}, links: [{from: [trader0], to: [trader1], loss: %[2]s}]}
`

// runLength is the mean number of trials until k of them in a row have failed,
// each with probability p.
func runLength(p float64, k int) float64 {
	return (math.Pow(p, -float64(k)) - 1) / (1 - p)
}

func heartbeats(e Effort) []Model {
	return []Model{
		falseSuspicion(0.1, 3, e.of(75, 1_000), e.of(16, 20)),
		falseSuspicion(0.5, 4, e.of(180, 2_500), e.of(12, 15)),
	}
}

func falseSuspicion(p float64, k, runs, replications int) Model {
	m := Model{
		Name:    fmt.Sprintf("heartbeat-p-%g-k-%d", p, k),
		Title:   fmt.Sprintf("False suspicion: heartbeats lost with probability p = %g, k = %d misses in a row", p, k),
		Formula: "mean beats until then = (p^-k - 1)/(1 - p)",
		Source:  "W. Feller, An Introduction to Probability Theory I, 1950, XIII.7 (success runs)",
		Setting: "two appointed traders, traders.heartbeat.every 1s, dead_after k+0.5 s, network.links with loss p from trader0 to trader1; " +
			"each value is a mean over runs up to the first suspicion",
		Quantities:   []Quantity{{Name: "beats to the first false suspicion", Unit: "beats", Predicted: runLength(p, k)}},
		Replications: replications,
	}
	text := fmt.Sprintf(lossy, seconds(float64(k)+0.5), fmt.Sprintf("%g%%", 100*p))
	m.Measure = func(seed uint64) ([]float64, error) {
		mean, err := average(m.Name, text, seed, runs, beatsToSuspicion)
		return []float64{mean}, err
	}
	return m
}

func beatsToSuspicion(cfg *scenario.Config) (float64, error) {
	s := suspicion{}
	_, err := run.Once(cfg, run.Options{Observers: []market.Observer{&s}})
	switch {
	case err == nil:
		return 0, errors.New("the run ended before anybody was suspected")
	case !errors.Is(err, errSuspected):
		return 0, err
	}
	// The watcher notices a beat after the last miss.
	return s.at.Sub(0).Seconds() - 1, nil
}

// errSuspected ends a run: what was waited for has happened.
var errSuspected = errors.New("suspected")

// suspicion ends the run at the first suspicion, which must be that of the
// trader in seat 0.
type suspicion struct{ at vtime.Time }

func (*suspicion) Wants() []market.Kind { return []market.Kind{market.Suspected} }

func (s *suspicion) Observe(f *market.Fact) error {
	if f.Slot != 0 {
		return fmt.Errorf("seat %d is suspected, and all of its heartbeats arrive", f.Slot)
	}
	s.at = f.At
	return errSuspected
}
