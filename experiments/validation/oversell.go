package validation

import (
	"fmt"

	"souk/sim/run"
	"souk/sim/scenario"
)

// This file holds the oversell of the last unit: when one of N traders has sold
// it, each of the others still sells it once if a request comes before its
// cache knows. Souk's own setting is the model: each trader takes what it sells
// off its own count.

// lastUnit is the scenario. Demand begins at a random moment of the refresh
// period, long after all caches have a copy, and goes on until long after the
// last of them knows that the unit is gone.
const lastUnit = `version: 1
run: {time_limit: %[1]ds}
peers:
  items: [fish]
  list: %[2]s
  buyers: {demand: open-loop, arrivals: %[3]s, start: {uniform: {min: 2s, max: 3s}}}
  sellers: {sells: {change_every: 0s, on_sold_out: wait}, restock: {quantity: 1}}
traders:
  count: %[4]d
  election: {algorithm: appointed}
  settle: 0s
  opening: 0s
  heartbeat: {every: 1h, dead_after: 2h}
  workers: 20
  service: 0s
  locked: 0s
  confirm: cached
  queue: {on_crash: lost}
  cache: {mode: pull, on_zero: deny, warehouse_sync: {after_sales: 0, every: 1s}, peer_sync: {after_sales: 0}}
warehouse: {read: 0s, write: 0s, parallel: 20}
network: {delay: 0s, name_server: {lookup: 0s}, links: [{from: [warehouse], to: [trader*], delay: 50ms}]}
`

func oversells(e Effort) []Model {
	return []Model{
		oversell(3, 1, e.of(200, 4_000), e.of(10, 15)),
		oversell(5, 0.2, e.of(350, 4_000), e.of(10, 15)),
	}
}

// oversell is the model of n traders, each of which gets requests at a rate.
func oversell(n int, rate float64, runs, replications int) Model {
	m := Model{
		Name:    fmt.Sprintf("oversell-n-%d", n),
		Title:   fmt.Sprintf("Oversell of the last unit by N = %d traders, each asked at rate l = %g; D = 0.05, T = 1", n, rate),
		Formula: "(N-1) P(stale), P(stale) = 1 - exp(-lD) (1 - exp(-lT))/(lT)",
		Source:  "the formula of cache-age, for each of the N-1 other traders; at most one unit each, since each counts its own sales",
		Setting: "one unit on sale; an open-loop buyer picks a trader at random; traders.confirm cached, on_zero deny, caches refreshed " +
			"every T, a delay of D from the warehouse, every other time 0s; each value is a mean over short runs",
		Quantities:   []Quantity{{Name: "units oversold", Unit: "units", Predicted: float64(n-1) * ageUnder(rate, 0.05, 1)}},
		Replications: replications,
	}
	all := float64(n) * rate
	// The last sale of interest comes D+T after the first request; that this one
	// is not there 12 mean gaps after the start has a chance of 6e-6.
	limit := 3 + 2 + int(12/all)
	text := fmt.Sprintf(lastUnit, limit, roles(1, n), exponential(1/all), n)
	m.Measure = func(seed uint64) ([]float64, error) {
		mean, err := average(m.Name, text, seed, runs, oversoldUnits)
		return []float64{mean}, err
	}
	return m
}

func oversoldUnits(cfg *scenario.Config) (float64, error) {
	report, err := run.Once(cfg, run.Options{})
	if err != nil {
		return 0, err
	}
	return float64(report.Summary().Requests.OversoldUnits), nil
}
