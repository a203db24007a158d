package validation

import (
	"fmt"
	"math"

	"souk/sim/market"
	"souk/sim/run"
	"souk/sim/vtime"
)

// This file holds the open queues: a trader whose workers are the servers, and
// buyers whose requests are a Poisson stream. Times are in seconds, and the mean
// service time is 1 s.

// counter is the scenario: whatever takes time besides the service takes none,
// and the goods last. The superposition of the buyers' streams is Poisson again.
const counter = `version: 1
run: {time_limit: %[1]ds, warmup: %[2]ds}
peers:
  items: [fish]
  list: %[3]s
  buyers: {demand: open-loop, arrivals: %[4]s, answer_timeout: 1000s}
  sellers: {sells: {change_every: 0s, on_sold_out: same-item}, restock: {quantity: 1000000}}
traders:
  count: 1
  election: {algorithm: appointed}
  settle: 0s
  opening: 0s
  heartbeat: {every: 1h, dead_after: 2h}
  workers: %[5]d
  service: %[6]s
  locked: 0s
  queue: {order: arrival, on_crash: lost}
  cache: {mode: "off"}
warehouse: {read: 0s, write: 0s}
network: {delay: 0s, name_server: {lookup: 0s}}
`

const counterSetting = "open-loop buyers with exponential arrivals, one appointed trader, traders.workers servers, " +
	"traders.service as stated, every other time 0s; the warm-up is deleted"

// station is an open queue.
type station struct {
	// load is the arrival rate: with a service time of 1 s, the mean number of
	// busy servers.
	load    float64
	servers int
	// service is the distribution as a scenario writes it, squaredCV its squared
	// coefficient of variation.
	service   string
	squaredCV float64
}

// buyersOfQueue is how many buyers make up the stream.
const buyersOfQueue = 4

// text returns the scenario, of a run that counts for so many seconds.
func (s *station) text(counted int) string {
	warmup := s.warmup()
	arrivals := exponential(buyersOfQueue / s.load)
	return fmt.Sprintf(counter, warmup+counted, warmup, roles(buyersOfQueue, 1), arrivals, s.servers, s.service)
}

// warmup returns how many seconds to leave out. A queue that starts empty
// approaches its steady state as exp(-t/r), with a relaxation time r of the
// M/M/c of 1/(c mu (1-sqrt rho)^2) <= 4/(c mu (1-rho)^2) (Morse 1955), and with
// other service times about (1+cs^2)/2 of that. After ten relaxation times less
// than 1/20000 of the transient is left.
func (s *station) warmup() int {
	c := float64(s.servers)
	idle := 1 - s.load/c
	relaxation := 2 * (1 + s.squaredCV) / (c * idle * idle)
	return int(math.Ceil(10 * relaxation))
}

// line is what one run of a station tells.
type line struct {
	run.Summary
	waits waits
}

// inSystem is the time average of the requests that wait or are served.
func (l *line) inSystem(servers int) float64 {
	t := &l.Traders[0]
	return t.QueueMean + t.Utilisation*float64(servers)
}

// waits observes how long requests wait for a server.
type waits struct {
	from    vtime.Time
	since   map[market.RequestID]vtime.Time
	n       int
	delayed int
	sum     vtime.Duration
}

func (w *waits) Wants() []market.Kind { return []market.Kind{market.Queued, market.Started} }

func (w *waits) Observe(f *market.Fact) error {
	if f.Kind == market.Queued {
		if f.At >= w.from {
			w.since[f.Request] = f.At
		}
		return nil
	}
	queued, counts := w.since[f.Request]
	if !counts {
		return nil
	}
	delete(w.since, f.Request)
	w.n++
	w.sum += f.At.Sub(queued)
	if f.At > queued {
		w.delayed++
	}
	return nil
}

func (w *waits) mean() float64     { return w.sum.Seconds() / float64(w.n) }
func (w *waits) probable() float64 { return float64(w.delayed) / float64(w.n) }

// gauge is a quantity and how to read it off a run.
type gauge struct {
	Quantity
	read func(*line) float64
}

// measured makes the model of a station.
func (s station) measured(m Model, counted int, gauges ...gauge) Model {
	m.Setting = counterSetting
	for _, g := range gauges {
		m.Quantities = append(m.Quantities, g.Quantity)
	}
	text := s.text(counted)
	m.Measure = func(seed uint64) ([]float64, error) {
		l := line{waits: waits{
			from:  vtime.Time(0).Add(vtime.Duration(s.warmup()) * vtime.Second),
			since: map[market.RequestID]vtime.Time{},
		}}
		report, err := once(m.Name, text, seed, &l.waits)
		if err != nil {
			return nil, err
		}
		l.Summary = report.Summary()
		values := make([]float64, len(gauges))
		for i, g := range gauges {
			values[i] = g.read(&l)
		}
		return values, nil
	}
	return m
}

func utilisation(predicted float64) gauge {
	return gauge{Quantity{Name: "utilisation of a server", Predicted: predicted}, func(l *line) float64 { return l.Traders[0].Utilisation }}
}

func meanWait(predicted float64) gauge {
	return gauge{Quantity{Name: "mean wait Wq", Unit: "s", Predicted: predicted}, func(l *line) float64 { return l.waits.mean() }}
}

func meanTime(predicted float64) gauge {
	return gauge{Quantity{Name: "mean time in system W", Unit: "s", Predicted: predicted}, func(l *line) float64 { return l.Speed.Latency.Mean }}
}

func probabilityOfWaiting(predicted float64) gauge {
	return gauge{Quantity{Name: "probability of waiting C", Predicted: predicted}, func(l *line) float64 { return l.waits.probable() }}
}

// erlangC is the probability that a request has to wait, of c servers offered a
// load of a: Erlang's second formula, by the recursion for his first.
func erlangC(c int, a float64) float64 {
	b := 1.0
	for k := 1; k <= c; k++ {
		b = a * b / (float64(k) + a*b)
	}
	rho := a / float64(c)
	return b / (1 - rho*(1-b))
}

// pollaczekKhinchine is the mean wait in an M/G/1 queue of service time 1.
func pollaczekKhinchine(rho, squaredCV float64) float64 {
	return rho * (1 + squaredCV) / (2 * (1 - rho))
}

func queues(e Effort) []Model {
	return []Model{
		mm1(0.5, e.of(6_000, 500_000), e.of(14, 12)),
		mm1(0.8, e.of(14_000, 1_000_000), e.of(20, 16)),
		mm1(0.95, e.of(30_000, 1_000_000), e.of(8, 12)),
		mmc(2, 1.6, e.of(8_000, 320_000), e.of(16, 12)),
		mmc(4, 3.2, e.of(4_000, 160_000), e.of(16, 12)),
		mg1("md1-rho-0.8", "M/D/1: one server, constant service", "1s", 0, e.of(8_000, 400_000), e.of(14, 12)),
		mg1("mg1-uniform", "M/G/1: one server, service uniform from 0 to 2", "{uniform: {min: 0s, max: 2s}}", 1.0/3,
			e.of(8_000, 400_000), e.of(14, 12)),
		mg1("mg1-cs2-4", "M/G/1: one server, gamma service with cs^2 = 4", "{gamma: {mean: 1s, cv: 2}}", 4,
			e.of(12_000, 800_000), e.of(14, 12)),
	}
}

// mm1 is the M/M/1 queue of utilisation rho.
func mm1(rho float64, counted, replications int) Model {
	s := station{load: rho, servers: 1, service: exponential(1), squaredCV: 1}
	w := 1 / (1 - rho)
	return s.measured(Model{
		Name:  fmt.Sprintf("mm1-rho-%g", rho),
		Title: fmt.Sprintf("M/M/1: one server, exponential service, rho = %g", rho),
		Formula: "L = rho/(1-rho), W = 1/(mu-lambda), Wq = rho W; the time in the system is exponential, " +
			"so that 95 % of it are below -ln(0.05) W",
		Source:       "A. K. Erlang, 1917; L. Kleinrock, Queueing Systems I, 1975, 3.2",
		Replications: replications,
	}, counted,
		utilisation(rho),
		gauge{Quantity{Name: "mean number in system L", Unit: "requests", Predicted: rho * w}, func(l *line) float64 { return l.inSystem(1) }},
		meanWait(rho*w), meanTime(w),
		gauge{
			Quantity{Name: "95th percentile of the time in system", Unit: "s", Predicted: math.Log(20) * w},
			func(l *line) float64 { return l.Speed.Latency.P95 },
		})
}

// mmc is the M/M/c queue with an offered load of a.
func mmc(c int, a float64, counted, replications int) Model {
	s := station{load: a, servers: c, service: exponential(1), squaredCV: 1}
	wait := erlangC(c, a)
	return s.measured(Model{
		Name:         fmt.Sprintf("mm%d-load-%g", c, a),
		Title:        fmt.Sprintf("M/M/%d: %d servers, exponential service, offered load a = %g", c, c, a),
		Formula:      "C = Erlang's C(c, a), Wq = C/(c mu - lambda)",
		Source:       "A. K. Erlang, 1917; L. Kleinrock, Queueing Systems I, 1975, 3.5",
		Replications: replications,
	}, counted, utilisation(a/float64(c)), probabilityOfWaiting(wait), meanWait(wait/(float64(c)-a)))
}

// mg1 is the M/G/1 queue of utilisation 0.8.
func mg1(name, title, service string, squaredCV float64, counted, replications int) Model {
	const rho = 0.8
	s := station{load: rho, servers: 1, service: service, squaredCV: squaredCV}
	wait := pollaczekKhinchine(rho, squaredCV)
	return s.measured(Model{
		Name: name, Title: title + ", rho = 0.8",
		Formula:      "Wq = rho (1 + cs^2) / (2 mu (1 - rho)), W = Wq + 1/mu",
		Source:       "F. Pollaczek, 1930; A. Y. Khinchine, 1932",
		Replications: replications,
	}, counted, utilisation(rho), meanWait(wait), meanTime(wait+1))
}
