package run

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Goal says which direction of a measure is the better one.
type Goal int

// The goals.
const (
	Neither Goal = iota
	More
	Less
)

// Measure is one figure of a run that sweeps tabulate, plot and compare.
type Measure struct {
	Name string
	// Unit follows a value: "s", "sales/s"; empty for plain numbers and shares.
	Unit string
	Doc  string
	Goal Goal
	// Of returns the value: NaN where the run has none, such as a latency
	// without a sale.
	Of func(*Summary) float64
	// Trials is set for a share, and returns the number of which it is one, or 0
	// if there is none to count, as of time; Whole says of what.
	Trials func(*Summary) float64
	Whole  string
	// Phased: the measure can be taken of a phase, as name@phase.
	Phased bool
}

// Share says that the measure is a proportion between 0 and 1.
func (m *Measure) Share() bool { return m.Trials != nil }

// Measures is the table of measures.
func Measures() []Measure {
	return slices.Concat(shares(), speeds(), counts(), costs(), wrongs())
}

// whole is the number of requests of which shares are taken: all that were made
// or, in a phase, all that ended, because those that end in it need not be those
// that were made in it.
func (s *Summary) whole() uint64 {
	q := &s.Requests
	if s.phase {
		return q.Fulfilled + q.Rejected + q.TimedOut + q.Cancelled + q.Lost
	}
	return q.Issued
}

// share is a number of requests as a share of all.
func share(name, doc string, goal Goal, count func(*Requests) uint64) Measure {
	return Measure{
		Name: name, Doc: doc + ", as a share of all requests", Goal: goal, Phased: true, Whole: "requests",
		Trials: func(s *Summary) float64 { return float64(s.whole()) },
		Of:     func(s *Summary) float64 { return quotient(float64(count(&s.Requests)), float64(s.whole())) },
	}
}

func shares() []Measure {
	return []Measure{
		share("oversell", "requests accepted on old news of the stock and refused by who has the goods", Less, func(q *Requests) uint64 { return q.Stale }),
		share("unmet", "requests that ended without goods, for whatever reason", Less, func(q *Requests) uint64 {
			return q.Rejected + q.TimedOut + q.Cancelled + q.Lost
		}),
		share("out_of_stock", "requests for goods that were really gone", Less, func(q *Requests) uint64 { return q.OutOfStock }),
		share("not_offered", "requests for goods that nobody sells", Less, func(q *Requests) uint64 { return q.NotOffered }),
		share("undersell", "requests refused on old news though there were goods", Less, func(q *Requests) uint64 { return q.Undersold }),
		share("timed_out", "requests given up without an answer", Less, func(q *Requests) uint64 { return q.TimedOut }),
		share("served", "requests that ended with goods", More, func(q *Requests) uint64 { return q.Fulfilled }),
	}
}

func speeds() []Measure {
	quantile := func(name, doc string, of func(*Latency) float64) Measure {
		return Measure{
			Name: name, Unit: "s", Goal: Less, Doc: doc + " of the time from a request to its goods", Phased: true,
			Of: func(s *Summary) float64 {
				if s.Speed.Latency.N == 0 {
					return math.NaN()
				}
				return of(&s.Speed.Latency)
			},
		}
	}
	return []Measure{
		{
			Name: "throughput", Unit: "sales/s", Goal: More, Phased: true,
			Doc: "sales per second, from the first request to the close of the run or, of a phase, over its span",
			Of:  func(s *Summary) float64 { return s.Speed.Throughput },
		},
		{
			Name: "pace", Unit: "sales/s", Goal: More, Phased: true,
			Doc: "sales over the time from the first sale to the last",
			Of: func(s *Summary) float64 {
				if s.Speed.Sales < 2 {
					return math.NaN()
				}
				return quotient(float64(s.Speed.Sales), s.Speed.LastSale-s.Speed.FirstSale)
			},
		},
		{
			Name: "duration", Unit: "s", Goal: Less, Phased: true,
			Doc: "time from the first request to the close of the run or, of a phase, its span",
			Of:  func(s *Summary) float64 { return s.Speed.Until - s.Speed.From },
		},
		quantile("latency_mean", "mean", func(l *Latency) float64 { return l.Mean }),
		quantile("latency_p50", "median", func(l *Latency) float64 { return l.P50 }),
		quantile("latency_p95", "95 % quantile", func(l *Latency) float64 { return l.P95 }),
		quantile("latency_p99", "99 % quantile", func(l *Latency) float64 { return l.P99 }),
		quantile("latency_max", "maximum", func(l *Latency) float64 { return l.Max }),
		{
			Name: "longest_gap", Unit: "s", Goal: Less, Doc: "longest time without a sale",
			Of: func(s *Summary) float64 { return s.Speed.Gap },
		},
	}
}

func counts() []Measure {
	count := func(name, unit, doc string, goal Goal, phased bool, of func(*Summary) float64) Measure {
		return Measure{Name: name, Unit: unit, Doc: doc, Goal: goal, Phased: phased, Of: of}
	}
	return []Measure{
		count("issued", "requests", "requests made", Neither, true, func(s *Summary) float64 { return float64(s.Requests.Issued) }),
		count("shipped", "sales", "sales that the warehouse shipped, of a run also those after the close", More, true, func(s *Summary) float64 { return float64(s.Goods.Sales) }),
		count("oversold_units", "units", "units confirmed to a buyer that could not be shipped", Less, false, func(s *Summary) float64 { return float64(s.Requests.OversoldUnits) }),
		count("ghosts", "requests", "requests that were shipped although the buyer believes otherwise", Less, false, func(s *Summary) float64 { return float64(s.Requests.Ghosts) }),
		count("stale_refusals", "refusals", "refusals by who has the goods of requests that were sent on old news", Less, false, func(s *Summary) float64 { return float64(s.Requests.StaleRefusals) }),
		{
			Name: "stale_refusals_per_sale", Unit: "refusals", Goal: Less, Doc: "refusals of requests that were sent on old news, per sale",
			Of: func(s *Summary) float64 { return quotient(float64(s.Requests.StaleRefusals), float64(s.Goods.Sales)) },
		},
		count("retries", "requests", "requests sent again", Less, false, func(s *Summary) float64 { return float64(s.Requests.Retries) }),
		count("taken_over", "requests", "requests that a survivor took over", Neither, false, func(s *Summary) float64 { return float64(s.Cost.TakenOver) }),
		count("false_suspicions", "suspicions", "beliefs that a trader is dead, of one that is not", Less, false, func(s *Summary) float64 { return float64(s.Cost.FalseSuspicions) }),
		count("elections", "elections", "elections that peers called", Less, false, func(s *Summary) float64 { return float64(s.Cost.Elections) }),
		count("seatings", "seatings", "times that a peer took a trader's seat, or took it up again", Neither, false, func(s *Summary) float64 { return float64(s.Cost.Seatings) }),
		count("turnover", "$", "what buyers paid", More, false, func(s *Summary) float64 { return s.Goods.Turnover }),
	}
}

func costs() []Measure {
	perSale := func(name, unit, doc string, of func(*Cost) uint64) Measure {
		return Measure{
			Name: name, Unit: unit, Goal: Less, Doc: doc + " per sale",
			Of: func(s *Summary) float64 { return quotient(float64(of(&s.Cost)), float64(s.Goods.Sales)) },
		}
	}
	return []Measure{
		perSale("messages_per_sale", "messages", "messages, heartbeats among them,", func(c *Cost) uint64 { return c.Messages }),
		perSale("operations_per_sale", "operations", "warehouse operations", func(c *Cost) uint64 { return c.Operations }),
		perSale("broadcasts_per_sale", "messages", "messages that tell buyers what a seller has,", func(c *Cost) uint64 { return c.Broadcasts }),
		{
			Name: "stale_routing", Goal: Less, Whole: "choices", Doc: "choices of a seller by a buyer whose view was wrong about its stock, as a share of all",
			Trials: func(s *Summary) float64 { return float64(s.Cost.Routed) },
			Of:     func(s *Summary) float64 { return quotient(float64(s.Cost.RoutedStale), float64(s.Cost.Routed)) },
		},
		{
			Name: "visits_per_look_up", Unit: "peers", Goal: Less, Doc: "peers that a search of the network reaches",
			Of: func(s *Summary) float64 { return quotient(float64(s.Cost.Visits), float64(s.Cost.LookUps)) },
		},
		{
			Name: "cache_hits", Goal: More, Whole: "decisions", Doc: "decisions from the cache, as a share of those with or without",
			Trials: func(s *Summary) float64 { return float64(s.Cost.decisions()) },
			Of: func(s *Summary) float64 {
				return quotient(float64(s.Cost.FromCache+s.Cost.DeniedByCache), float64(s.Cost.decisions()))
			},
		},
		{
			Name: "warehouse_utilisation", Goal: Neither, Doc: "busy part of the warehouse's bays, on average over time",
			Whole: "the time", Trials: unknown,
			Of: func(s *Summary) float64 { return s.Cost.WarehouseBusy },
		},
		{
			Name: "trader_utilisation", Goal: Neither, Doc: "busy part of the workers, on average over time and traders",
			Whole: "the time", Trials: unknown,
			Of: func(s *Summary) float64 { return average(s.Traders, utilisation) },
		},
		{
			Name: "seller_utilisation", Goal: Neither, Doc: "busy part of the sellers who serve buyers themselves, on average over time and sellers",
			Whole: "the time", Trials: unknown,
			Of: func(s *Summary) float64 { return average(s.Sellers, utilisation) },
		},
		{
			Name: "queue", Unit: "requests", Goal: Less, Doc: "requests that wait at a trader or, without traders, at a seller, on average over time and servers",
			Of: func(s *Summary) float64 {
				return average(slices.Concat(s.Traders, s.Sellers), func(t *Server) float64 { return t.QueueMean })
			},
		},
		{
			Name: "election_messages", Unit: "messages", Goal: Less, Doc: "messages of all elections",
			Of: func(s *Summary) float64 { return float64(s.Cost.ElectionMessages) },
		},
		{
			Name: "elected", Unit: "s", Goal: Less, Doc: "time at which the last of the first elections was decided",
			Of: func(s *Summary) float64 { return s.Cost.ElectedAt },
		},
	}
}

func utilisation(t *Server) float64 { return t.Utilisation }

// unknown is the number of trials of a share of something that has no number.
func unknown(*Summary) float64 { return 0 }

// decisions is the number of times that a trader decided on a request.
func (c *Cost) decisions() uint64 { return c.FromCache + c.FromWarehouse + c.DeniedByCache }

// average is a figure of all servers of a kind.
func average(servers []Server, of func(*Server) float64) float64 {
	var sum float64
	for i := range servers {
		sum += of(&servers[i])
	}
	return quotient(sum, float64(len(servers)))
}

// quotient is a/b, or NaN where there is nothing to divide by.
func quotient(a, b float64) float64 {
	if b == 0 {
		return math.NaN()
	}
	return a / b
}

// FindMeasure returns the measure of that name; name@phase is the measure of a
// phase. The error names what there is instead.
func FindMeasure(name string) (Measure, error) {
	base, phase, phased := strings.Cut(name, "@")
	for _, m := range Measures() {
		switch {
		case m.Name != base:
		case !phased:
			return m, nil
		case !m.Phased:
			return m, fmt.Errorf("%s can't be taken of a phase", base)
		default:
			return m.during(phase), nil
		}
	}
	return Measure{}, fmt.Errorf("there is no measure %q", base)
}

// during is the measure of a phase.
func (m Measure) during(phase string) Measure {
	of, trials := m.Of, m.Trials
	m.Name += "@" + phase
	m.Doc += ", in phase " + phase
	m.Of = func(s *Summary) float64 {
		part := s.during(phase)
		if part == nil {
			return math.NaN()
		}
		return of(part)
	}
	if trials != nil {
		m.Trials = func(s *Summary) float64 {
			part := s.during(phase)
			if part == nil {
				return 0
			}
			return trials(part)
		}
	}
	return m
}

// during returns a summary with the figures of a phase in place of the run's,
// or nil if there is no such phase.
func (s *Summary) during(phase string) *Summary {
	for i := range s.Phases {
		p := &s.Phases[i]
		if p.Name == phase {
			return &Summary{Requests: p.Requests, Speed: p.Speed, Goods: Goods{Sales: p.Speed.Sales, UnitsOut: p.UnitsOut}, phase: true}
		}
	}
	return nil
}
