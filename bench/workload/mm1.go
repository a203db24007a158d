package workload

import "souk/bench/recipe"

// The events of mm1, and what the tally knows them by.
const (
	arrival   = 0
	departure = 1
)

// mm1 is a queue before one server. Arrivals and services draw from streams of
// their own, so that programs of processes, whose draws interleave otherwise,
// draw the same.
type mm1 struct {
	engine
	arrivals, services recipe.Stream
	delays             *recipe.Exponential
	tally              recipe.Tally
	busy               bool
	waiting            int
}

func newMM1(uint32) Run {
	m := &mm1{engine: newEngine(1), arrivals: 1, services: 2, delays: recipe.NewExponential()}
	m.schedule(m.delays.Delay(m.arrivals.Next()), 0, arrival)
	return m
}

func (m *mm1) Tally() recipe.Tally { return m.tally }

func (m *mm1) Step(departures int) {
	for departures > 0 {
		_, kind := m.next()
		now := m.now()
		m.tally.Add(now, uint32(kind))
		switch kind {
		case arrival:
			m.schedule(now+m.delays.Delay(m.arrivals.Next()), 0, arrival)
			if m.busy {
				m.waiting++
			} else {
				m.busy = true
				m.serve(now)
			}
		case departure:
			departures--
			if m.waiting > 0 {
				m.waiting--
				m.serve(now)
			} else {
				m.busy = false
			}
		}
	}
}

func (m *mm1) serve(now int64) {
	m.schedule(now+m.delays.Delay(m.services.Next())*8/10, 0, departure)
}
