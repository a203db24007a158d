package main

import (
	"context"
	"fmt"
	"strings"

	"souk/bench/program"
)

// What a whole market may cost.
const (
	mostPholds    = 4.0 // events of PHOLD for an event of the bazaar
	mostObservers = 0.2 // of a market's event, for the meter and all checkers
)

// market is what an event of one took, in nanoseconds, a value a round.
type market struct {
	name               string
	pending            int
	watched, unwatched []float64
	// bare is an event of PHOLD with as many events pending, and the same draws.
	bare []float64
}

// marketBuyers is the size at which whole markets are compared with PHOLD.
const marketBuyers = 1000

// runMarkets runs each market, with and without observers, and PHOLD beside it.
func (m *measurement) runMarkets(ctx context.Context) error {
	if m.markets == nil {
		m.markets = []*market{{name: "bazaar"}, {name: "traderless"}, {name: "peer-to-peer"}}
	}
	for _, k := range m.markets {
		job := program.Job{Workload: k.name, N: marketBuyers, Warm: 200_000, Events: max(int(4e6*m.share), 100_000)}
		watched, err := m.start(ctx, m.whole, job)
		if err != nil {
			return err
		}
		job.Workload += "-unwatched"
		unwatched, err := m.start(ctx, m.whole, job)
		if err != nil {
			return err
		}
		if watched.Tally != unwatched.Tally {
			return fmt.Errorf("%w: %s, with observers and without", errDisagree, k.name)
		}
		k.pending = watched.Pending
		bare, err := m.start(ctx, m.whole, program.Job{Workload: "phold-drawn", N: k.pending, Warm: 10 * k.pending, Events: job.Events})
		if err != nil {
			return err
		}
		k.watched = append(k.watched, perEvent(watched))
		k.unwatched = append(k.unwatched, perEvent(unwatched))
		k.bare = append(k.bare, perEvent(bare))
	}
	return nil
}

// marketsSection has what an event of a whole market costs.
func (m *measurement) marketsSection(b *strings.Builder) {
	fmt.Fprintf(b, `
## Whole markets

An event of a market of %d buyers, from `+"`sim experiment scale`"+`: a message is delivered, an actor steps, and what it says is routed and scheduled; meter and all checkers are on. It is compared with an event of PHOLD with as many events pending and the simulator's own draws, and with the market that nobody watches.

| | pending | ns | in events of PHOLD | for observers |
|---|---|---|---|---|
`, marketBuyers)
	for _, k := range m.markets {
		pholds := over(k.watched, k.bare)
		shares := make([]float64, len(k.watched))
		for i := range shares {
			shares[i] = 1 - k.unwatched[i]/k.watched[i]
		}
		observers := spreadOf(shares)
		fmt.Fprintf(b, "| %s | %d | %s | %s%s | %s; ≤ %g %s |\n", k.name, k.pending, spreadOf(k.watched),
			pholds, atMost(k.name == "bazaar", pholds, mostPholds), observers, mostObservers, verdict(observers.median <= mostObservers))
	}
}

// atMost says how a figure compares with a goal that it has.
func atMost(has bool, s spread, most float64) string {
	if !has {
		return ""
	}
	return fmt.Sprintf("; ≤ %g %s", most, verdict(s.median <= most))
}
