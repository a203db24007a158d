package validation

import (
	"fmt"
	"math"

	"souk/sim/market"
	"souk/sim/vtime"
)

// This file holds how fresh a cache is, and how often it is hit.
//
// Two traders get a Poisson stream of requests each, because the buyer's one
// stream is Poisson and it picks a trader at random. What one of them sells are
// the updates of which the other's cache does not know; its own requests are
// the random moments at which the cache is looked at (Poisson arrivals see time
// averages: Wolff 1982).

// refreshed is the scenario: caches that are refreshed every second, and a
// snapshot that takes a while to come.
const refreshed = `version: 1
run: {time_limit: %[1]ds}
peers:
  items: [fish]
  list: %[2]s
  buyers: {demand: open-loop, arrivals: %[3]s}
  sellers: {sells: {change_every: 0s, on_sold_out: wait}, restock: {quantity: 1000000}}
traders:
  count: 2
  election: {algorithm: appointed}
  settle: 0s
  opening: 0s
  heartbeat: {every: 1h, dead_after: 2h}
  workers: 20
  service: 0s
  locked: 0s
  queue: {on_crash: lost}
  cache: {mode: pull, warehouse_sync: {after_sales: 0, every: 1s}, peer_sync: {after_sales: 0}}
warehouse: {read: 0s, write: 0s, parallel: 20}
network: {delay: 0s, name_server: {lookup: 0s}, links: [{from: [warehouse], to: [trader*], delay: %[4]s}]}
`

// ageUnder returns the probability that something was updated, at a rate of l,
// since a copy was taken that is shown from an age of d on and replaced every t.
// Its age is uniform from d to d+t.
func ageUnder(l, d, t float64) float64 {
	return 1 - math.Exp(-l*d)*(1-math.Exp(-l*t))/(l*t)
}

// staleness observes how often a trader's cache shows another count than the
// warehouse has. It knows one row of stock.
type staleness struct {
	from     vtime.Time
	count    int64
	n, stale int
}

func (s *staleness) Wants() []market.Kind {
	return []market.Kind{market.Deposited, market.Sold, market.Accepted}
}

func (s *staleness) Observe(f *market.Fact) error {
	switch f.Kind {
	case market.Deposited:
		s.count += int64(f.Qty)
	case market.Sold:
		s.count -= int64(f.Qty)
	case market.Accepted:
		if f.At < s.from {
			return nil
		}
		s.n++
		if f.N != s.count {
			s.stale++
		}
	}
	return nil
}

func caches(e Effort) []Model {
	replications := e.of(12, 20)
	var models []Model
	for _, x := range []float64{0.1, 0.5, 1, 2, 5} {
		models = append(models, freshness(Model{
			Name:         fmt.Sprintf("stale-x-%g", x),
			Title:        fmt.Sprintf("Cache refreshed every T, Poisson updates of rate l, x = lT = %g", x),
			Formula:      "stale fraction = 1 - (1 - exp(-x))/x",
			Replications: replications,
		}, x, 0, e))
	}
	models = append(models, freshness(Model{
		Name:         "cache-age",
		Title:        "Cache whose copy is D late: age uniform from D to D+T, writes of rate l; l = 1, D = 0.05, T = 1",
		Formula:      "P(stale) = 1 - exp(-lD) (1 - exp(-lT))/(lT)",
		Replications: replications,
	}, 1, 0.05, e))
	for _, x := range []float64{0.25, 1, 4} {
		models = append(models, onDemand(x, e.of(2_000, 30_000), replications))
	}
	return models
}

// freshness is the model of a cache that is refreshed every second, with updates
// of a rate and snapshots that are under way for a delay.
func freshness(m Model, rate, delay float64, e Effort) Model {
	predicted := ageUnder(rate, delay, 1)
	// What is rare takes more looks to see as sharply.
	looks := e.of(int(200*(1-predicted)/predicted)+200, 30_000)
	m.Source = "J. Cho and H. Garcia-Molina, ACM TODS 28(4), 2003 (freshness under a fixed refresh period)"
	m.Setting = "two traders with traders.cache.mode pull and warehouse_sync.every = T; an open-loop buyer picks one at random; " +
		"the delay D is that of the link from the warehouse; every other time 0s. The cached count that each sale saw is compared " +
		"with the warehouse's"
	m.Quantities = []Quantity{{Name: "stale fraction", Predicted: predicted}}
	both := 2 * rate
	const fill = 5 // seconds, until both caches have a copy
	text := fmt.Sprintf(refreshed, fill+int(float64(looks)/both), roles(1, 2), exponential(1/both), seconds(delay))
	m.Measure = func(seed uint64) ([]float64, error) {
		s := staleness{from: vtime.Time(0).Add(fill * vtime.Second)}
		if _, err := once(m.Name, text, seed, &s); err != nil {
			return nil, err
		}
		return []float64{float64(s.stale) / float64(s.n)}, nil
	}
	return m
}

// expiring is the scenario of a cache that is good for a second.
const expiring = `version: 1
run: {time_limit: %[1]ds}
peers:
  items: [fish]
  list: %[2]s
  buyers: {demand: open-loop, arrivals: %[3]s}
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
  cache: {mode: ttl, ttl: 1s, warehouse_sync: {after_sales: 0}}
warehouse: {read: 0s, write: 0s}
network: {delay: 0s, name_server: {lookup: 0s}}
`

// onDemand is the model of a cache that is filled by a miss and expires.
func onDemand(x float64, requests, replications int) Model {
	m := Model{
		Name:         fmt.Sprintf("ttl-x-%g", x),
		Title:        fmt.Sprintf("Cache filled on demand, good for a TTL, Poisson requests; x = rate x TTL = %g", x),
		Formula:      "hit ratio = x/(1+x): on average x hits follow each miss",
		Source:       "J. Jung, A. W. Berger and H. Balakrishnan, IEEE INFOCOM 2003",
		Setting:      "one trader with traders.cache.mode ttl, an open-loop buyer, every time 0s",
		Quantities:   []Quantity{{Name: "hit ratio", Predicted: x / (1 + x)}},
		Replications: replications,
	}
	text := fmt.Sprintf(expiring, int(float64(requests)/x), roles(1, 1), exponential(1/x))
	m.Measure = func(seed uint64) ([]float64, error) {
		report, err := once(m.Name, text, seed)
		if err != nil {
			return nil, err
		}
		c := report.Summary().Cost
		return []float64{float64(c.FromCache) / float64(c.FromCache+c.FromWarehouse)}, nil
	}
	return m
}
