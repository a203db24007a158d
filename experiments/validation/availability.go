package validation

import "fmt"

// This file holds how much of the time a trader that crashes is there.

// mortal is the scenario: one trader that crashes and comes back, and buyers who
// ask once and give up at once.
const mortal = `version: 1
run: {time_limit: %[1]ds, warmup: 1000s, drain: 10s}
peers:
  items: [fish]
  list: %[2]s
  buyers: {demand: open-loop, arrivals: {exponential: {mean: 5s}}, retries: 0, answer_timeout: 1ms}
  sellers: {sells: {change_every: 0s, on_sold_out: wait}, restock: {quantity: 1000000}}
traders:
  count: 1
  election: {algorithm: appointed}
  settle: 0s
  opening: 0s
  heartbeat: {every: 1h, dead_after: 2h}
  service: 0s
  locked: 0s
  queue: {on_crash: lost}
  cache: {mode: "off"}
warehouse: {read: 0s, write: 0s}
network: {delay: 0s, name_server: {lookup: 0s}}
faults: [{at: 30s, crash: trader0, for: %[3]s, every: %[4]s}]
`

func availabilities(e Effort) []Model {
	return []Model{
		available(90, 10, e.of(30_000, 500_000), e.of(8, 15)),
		available(20, 30, e.of(25_000, 300_000), e.of(12, 15)),
	}
}

// available is the model of a trader that is up and down for so many seconds on
// average.
func available(up, down float64, counted, replications int) Model {
	share := up / (up + down)
	m := Model{
		Name:    fmt.Sprintf("availability-%g", share),
		Title:   fmt.Sprintf("Availability of a crashing trader: MTTF = %g s, MTTR = %g s", up, down),
		Formula: "MTTF/(MTTF + MTTR)",
		Source:  "R. E. Barlow and F. Proschan, Mathematical Theory of Reliability, 1965; R. W. Wolff, 1982 (arrivals see time averages)",
		Setting: "faults: crash trader0 with exponential every and for; open-loop buyers, retries 0, every other time 0s; " +
			"the first 1000 s are deleted",
		Quantities: []Quantity{
			{Name: "share of the time in office", Predicted: share},
			{Name: "share of requests answered", Predicted: share},
		},
		Replications: replications,
	}
	text := fmt.Sprintf(mortal, 1000+counted, roles(1, 1), exponential(down), exponential(up))
	m.Measure = func(seed uint64) ([]float64, error) {
		report, err := once(m.Name, text, seed)
		if err != nil {
			return nil, err
		}
		s := report.Summary()
		return []float64{s.Traders[0].Availability, float64(s.Requests.Fulfilled) / float64(s.Requests.Issued)}, nil
	}
	return m
}
