package validation

import (
	"fmt"
	"math"

	"souk/sim/run"
)

// This file holds how stale the replicas of the traderless market are, and what
// that costs: how many purchases are refused because a replica still showed what
// was gone.
//
// All buyers together ask at rate l, and messages take exactly D. What the
// seller sells it sells at rate l too, a delay later, and a buyer that looks at
// its replica sees the market as it was D ago (or, when the seller tells its
// stock every T, between D and D+T ago). Since the sales are Poisson and the
// looks of an open loop are random moments (PASTA: Wolff 1982), theory is exact.

// replicated is the scenario of one seller with more goods than anybody needs.
const replicated = `version: 1
market: traderless
run: {time_limit: %[1]ds, warmup: 20s}
peers:
  roles: sellers-first
  items: [oil]
  buyers: {count: 10, demand: open-loop, arrivals: %[2]s}
  sellers: {count: 1, sells: {change_every: 0s, on_sold_out: wait}, restock: {quantity: 1000000}, service: 0s}
traderless: {broadcast_every: %[3]s}
network: {delay: %[4]s, name_server: {lookup: 0s}}
`

// rationed is the scenario of one seller that puts a single unit on sale from
// time to time.
const rationed = `version: 1
market: traderless
run: {time_limit: %[1]ds}
peers:
  roles: sellers-first
  items: [oil]
  buyers: {count: 10, demand: open-loop, arrivals: %[2]s}
  sellers: {count: 1, sells: {change_every: %[3]s, pick: keep, on_sold_out: wait}, restock: {quantity: 1}, service: 0s}
traderless: {broadcast_every: %[4]s}
network: {delay: %[5]s, name_server: {lookup: 0s}}
`

// buyers is how many share the rate; they are many only to be a market.
const buyers = 10

func replicas(e Effort) []Model {
	var models []Model
	for _, d := range []float64{0.1, 0.5, 2} {
		models = append(models, staleReplica(d, 0, e))
	}
	models = append(models, staleReplica(0.05, 1, e), staleReplica(0.5, 2, e))
	for _, d := range []float64{0.05, 0.25, 1} {
		models = append(models, lateBuyers(d, 0, e))
	}
	return append(models, lateBuyers(0.25, 1, e))
}

// staleReplica is the model of buyers that look at replicas.
func staleReplica(delay, period float64, e Effort) Model {
	const rate = 1
	m := Model{
		Name:    fmt.Sprintf("replica-d-%g-t-%g", delay, period),
		Title:   fmt.Sprintf("Replica fed by a message a sale that takes D, sales of rate l; l = 1, D = %g", delay),
		Formula: "P(stale) = 1 - exp(-lD)",
		Source:  "the number of sales that are under way to a replica is Poisson with mean lD; PASTA",
		Setting: "market: traderless, one seller, ten open-loop buyers, peers.sellers.service 0s; the stock that each choice of the " +
			"seller was based on is compared with the seller's",
		Quantities:   []Quantity{{Name: "stale fraction", Predicted: 1 - math.Exp(-rate*delay)}},
		Replications: e.of(12, 20),
	}
	if period > 0 {
		m.Title = fmt.Sprintf("Replica told the stock every T, a delay D late; l = 1, D = %g, T = %g", delay, period)
		m.Formula = "P(stale) = 1 - exp(-lD) (1 - exp(-lT))/(lT)"
		m.Source = "the formula of cache-age: what a replica shows is between D and D+T old"
		m.Setting += "; traderless.broadcast_every = T"
		m.Quantities[0].Predicted = ageUnder(rate, delay, period)
	}
	p := m.Quantities[0].Predicted
	looks := e.of(int(300*(1-p)/p)+300, 30_000)
	text := fmt.Sprintf(replicated, 20+looks/rate, exponential(buyers/rate), seconds(period), seconds(delay))
	m.Measure = func(seed uint64) ([]float64, error) {
		report, err := once(m.Name, text, seed)
		if err != nil {
			return nil, err
		}
		c := &report.Meter.Counts
		return []float64{float64(c.RoutedStale) / float64(c.Routed)}, nil
	}
	return m
}

// lateBuyers is the model of buyers that come too late for the last unit. The
// first purchase after the unit is known reaches the seller a delay later, and
// that it is gone takes another to be known: whoever buys in these 2D is
// refused.
func lateBuyers(delay, period float64, e Effort) Model {
	const rate = 2
	m := Model{
		Name:    fmt.Sprintf("late-d-%g-t-%g", delay, period),
		Title:   fmt.Sprintf("Purchases that come too late for the last unit; buyers of rate l, a delay of D; l = 2, D = %g", delay),
		Formula: "refusals per sale = 2 l D",
		Source:  "the unit looks unsold for 2D after the purchase that gets it was sent; Poisson arrivals in that span",
		Setting: "market: traderless, one seller that puts one unit on sale every so often, ten open-loop buyers, " +
			"peers.sellers.service 0s",
		Quantities:   []Quantity{{Name: "refusals per sale", Predicted: 2 * rate * delay}},
		Replications: e.of(12, 20),
	}
	// Twelve mean gaps after the last buyer can come too late, the next unit is
	// put on sale; that nobody bought the last one by then has a chance of 6e-6.
	// The odd part keeps the seller's broadcasts from always meeting its changes
	// at the same phase.
	every := 3*delay + period + 12/rate + 0.137
	if period > 0 {
		m.Title = fmt.Sprintf("The same, with the stock told every T; l = 2, D = %g, T = %g", delay, period)
		m.Formula = "refusals per sale = l (2D + T/2)"
		m.Setting += "; traderless.broadcast_every = T"
		m.Quantities[0].Predicted += rate * period / 2
	}
	sales := e.of(600, 6_000)
	text := fmt.Sprintf(rationed, int(float64(sales)*every), exponential(buyers/rate), seconds(every), seconds(period), seconds(delay))
	m.Measure = func(seed uint64) ([]float64, error) {
		report, err := once(m.Name, text, seed)
		if err != nil {
			return nil, err
		}
		return []float64{refusalsPerSale(report)}, nil
	}
	return m
}

func refusalsPerSale(r *run.Report) float64 {
	return float64(r.Meter.Counts.StaleRefusals) / float64(r.Meter.Counts.Sales)
}
