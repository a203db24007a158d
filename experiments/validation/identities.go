package validation

import (
	"fmt"
	"strings"

	"souk/scenarios"
	"souk/sim/actor"
	"souk/sim/bazaar"
	"souk/sim/market"
	"souk/sim/run"
	"souk/sim/scenario/field"
	"souk/sim/vtime"
)

// This file holds what must be true of every single run, in whole numbers:
// messages, requests and nanoseconds. No statistics are involved.

func identities() []Model {
	return []Model{bullyWorstCase(), littlesLaw(), flowBalance(), busyTime()}
}

// dyingElection is the scenario of the bully algorithm's worst case: the highest
// peer is dead, the lowest calls.
const dyingElection = `version: 1
run: {time_limit: 30s}
peers: {items: [fish], list: [%[1]s]}
traders: {count: 1, election: {starter: 0}}
faults: [{at: 0s, crash: peer%[2]d}]
`

// ballots counts the messages of an election, those of the winner to the dead
// peer apart.
type ballots struct {
	dead             actor.ID
	sent, toTheGrave int
	// won is the event in which the winner knew.
	won uint64
}

func (b *ballots) Wants() []market.Kind { return []market.Kind{market.Elected, market.MessageSent} }

func (b *ballots) Observe(f *market.Fact) error {
	switch {
	case f.Kind == market.Elected:
		b.won = f.Event
	case f.N != int64(bazaar.Vote):
	case f.Event == b.won && b.won > 0 && f.Peer == b.dead:
		b.toTheGrave++
	default:
		b.sent++
	}
	return nil
}

func bullyWorstCase() Model {
	m := Model{
		Name:    "bully-worst-case",
		Title:   "Messages of a bully election in its worst case: n peers, the highest dead, the lowest calls",
		Formula: "(n-1)^2 + n - 2; Souk's winner does not know that the peer above it is dead, and sends one more: to that one",
		Source:  "H. Garcia-Molina, IEEE Transactions on Computers C-31(1), 1982",
		Setting: "traders.election.algorithm bully, starter 0, the highest peer crashes at 0s; network delays as by default, drawn anew " +
			"for each seed. Counted are the election messages but for the winner's to the dead peer, which stand apart",
		Replications: 5,
	}
	sizes := []int{2, 3, 4, 5, 6, 8, 12, 20}
	for _, n := range sizes {
		m.Quantities = append(m.Quantities, Quantity{
			Name: fmt.Sprintf("messages, n = %d", n), Unit: "messages", Predicted: float64((n-1)*(n-1) + n - 2), Exact: true,
		})
	}
	m.Quantities = append(m.Quantities, Quantity{
		Name: "messages of the winner to the dead peer, all n", Unit: "messages", Predicted: float64(len(sizes)), Exact: true,
	})
	m.Measure = func(seed uint64) ([]float64, error) {
		var values []float64
		toTheGrave := 0
		for _, n := range sizes {
			b := ballots{dead: actor.ID(n - 1)}
			list := strings.TrimSuffix(strings.Repeat("buyer, ", n), ", ")
			if _, err := once(m.Name, fmt.Sprintf(dyingElection, list, n-1), seed, &b); err != nil {
				return nil, err
			}
			values = append(values, float64(b.sent))
			toTheGrave += b.toTheGrave
		}
		return append(values, float64(toTheGrave)), nil
	}
	return m
}

// shops are the shipped scenarios that the models run.
var shops = []string{"bazaar", "flash-sale", "two-regions"}

// shipped runs a scenario that ships with Souk, watched by an observer.
func shipped(name string, seed uint64, observer market.Observer, set ...field.Override) (*run.Report, error) {
	src, err := scenarios.Files.ReadFile(name + ".yaml")
	if err != nil {
		return nil, err
	}
	cfg, err := read(name, string(src), set...)
	if err != nil {
		return nil, err
	}
	return run.Once(cfg.Under(seed), run.Options{Observers: []market.Observer{observer}})
}

// withoutFaults are the overrides of a calm run.
var withoutFaults = []field.Override{{Key: "faults", Value: "[]"}}

// area integrates a number over time, in nanoseconds.
type area struct {
	level, sum int64
	since      vtime.Time
}

func (a *area) set(at vtime.Time, level int64) {
	a.sum += a.level * int64(at.Sub(a.since))
	a.since, a.level = at, level
}

func (a *area) add(at vtime.Time, change int64) { a.set(at, a.level+change) }

// stays integrates how many requests are in the market, and adds up how long
// each of them was.
type stays struct {
	inMarket area
	sojourns vtime.Duration
}

func (s *stays) Wants() []market.Kind { return []market.Kind{market.Issued, market.Ended} }

func (s *stays) Observe(f *market.Fact) error {
	if f.Kind == market.Issued {
		s.inMarket.add(f.At, 1)
		return nil
	}
	s.inMarket.add(f.At, -1)
	s.sojourns += f.At.Sub(f.Since)
	return nil
}

// nothing is a quantity that must be 0.
func nothing(name, unit string) Quantity { return Quantity{Name: name, Unit: unit, Exact: true} }

func littlesLaw() Model {
	return Model{
		Name:    "little-exact",
		Title:   "Little's law on the sample path, for runs that start and end empty",
		Formula: "integral of N(t) dt = sum of the sojourn times",
		Source:  "J. D. C. Little, 1961; S. Stidham, 1974 (the sample-path form)",
		Setting: "the shipped scenarios bazaar (with its crash and takeover), flash-sale and two-regions (with its partition), drained; " +
			"N(t) counts requests from issue to outcome, a sojourn is what the buyer says it was",
		Quantities: []Quantity{
			nothing("difference in bazaar", "ns"), nothing("difference in flash-sale", "ns"), nothing("difference in two-regions", "ns"),
		},
		Replications: 3,
		Measure: func(seed uint64) ([]float64, error) {
			var values []float64
			for _, name := range shops {
				var s stays
				if _, err := shipped(name, seed, &s); err != nil {
					return nil, err
				}
				values = append(values, float64(s.inMarket.sum-int64(s.sojourns)))
			}
			return values, nil
		},
	}
}

// balance counts what goes into a server and what comes out.
type balance struct{ counts [market.Kinds]int64 }

func (b *balance) Wants() []market.Kind {
	return []market.Kind{
		market.Issued, market.Ended, market.Queued, market.Started, market.Finished, market.Answered,
		market.WorkBegan, market.WorkEnded,
	}
}

func (b *balance) Observe(f *market.Fact) error {
	b.counts[f.Kind]++
	return nil
}

func flowBalance() Model {
	pairs := []struct {
		what    string
		in, out market.Kind
	}{
		{"requests issued less ended", market.Issued, market.Ended},
		{"requests queued less started", market.Queued, market.Started},
		{"requests started less finished", market.Started, market.Finished},
		{"requests queued less answered", market.Queued, market.Answered},
		{"warehouse operations begun less ended", market.WorkBegan, market.WorkEnded},
	}
	m := Model{
		Name:         "flow-balance",
		Title:        "Flow balance at every server, for runs that start and end empty",
		Formula:      "arrivals = departures",
		Source:       "P. J. Denning and J. P. Buzen, ACM Computing Surveys 10(3), 1978",
		Setting:      "the shipped scenario bazaar without its crash, drained",
		Replications: 3,
	}
	for _, p := range pairs {
		m.Quantities = append(m.Quantities, nothing(p.what, "operations"))
	}
	m.Measure = func(seed uint64) ([]float64, error) {
		var b balance
		if _, err := shipped("bazaar", seed, &b, withoutFaults...); err != nil {
			return nil, err
		}
		var values []float64
		for _, p := range pairs {
			values = append(values, float64(b.counts[p.in]-b.counts[p.out]))
		}
		return values, nil
	}
	return m
}

// constantTimes is the scenario of servers whose times are fixed: a trader's
// worker spends 400 ms on its own and 100 ms under the lock, waits 5 ms for the
// question to reach the warehouse, 30 ms and 40 ms for its read and write, and
// 5 ms for the answer; with a worker each, two traders never wait for one of
// the four bays.
const constantTimes = `version: 1
run: {time_limit: 10m}
peers:
  buyers: {count: 8, think: {exponential: {mean: 1s}}}
  sellers: {count: 4}
traders:
  count: 2
  workers: 1
  service: 400ms
  locked: 100ms
  cache: {mode: "off"}
warehouse: {read: 30ms, write: 40ms, parallel: 4}
network: {delay: 5ms, name_server: {lookup: 0s}}
`

// work adds up how long servers are at work, and what they do.
type work struct {
	workers, bays        area
	started, decided, in int64
}

func (w *work) Wants() []market.Kind {
	return []market.Kind{
		market.Started, market.Finished, market.WorkBegan, market.WorkEnded, market.Asked, market.Deposited,
	}
}

func (w *work) Observe(f *market.Fact) error {
	switch f.Kind {
	case market.Started:
		w.started++
		w.workers.add(f.At, 1)
	case market.Finished:
		w.workers.add(f.At, -1)
	case market.WorkBegan, market.WorkEnded:
		w.bays.set(f.At, f.N)
	case market.Asked:
		w.decided++
	case market.Deposited:
		w.in++
	}
	return nil
}

func busyTime() Model {
	const ms = int64(vtime.Millisecond)
	m := Model{
		Name:    "busy-time",
		Title:   "Busy time of servers with constant times",
		Formula: "busy time = number of services x service time",
		Source:  "P. J. Denning and J. P. Buzen, ACM Computing Surveys 10(3), 1978 (utilisation law)",
		Setting: "two traders with one worker each, traders.service 400ms, locked 100ms, cache off, network.delay 5ms, warehouse read 30ms, " +
			"write 40ms: a worker is busy for 580 ms a request, a bay of the warehouse for 70 ms a request and 40 ms a deposit",
		Quantities:   []Quantity{nothing("traders' busy time less the sum of services", "ns"), nothing("warehouse's busy time less the sum of services", "ns")},
		Replications: 3,
	}
	m.Measure = func(seed uint64) ([]float64, error) {
		var w work
		if _, err := once(m.Name, constantTimes, seed, &w); err != nil {
			return nil, err
		}
		return []float64{
			float64(w.workers.sum - w.started*580*ms),
			float64(w.bays.sum - w.decided*70*ms - w.in*40*ms),
		}, nil
	}
	return m
}
