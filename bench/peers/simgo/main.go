// Simgo is the program of a comparison that runs on simgo: handlers of time-outs
// where events are enough, processes for the queue before a server. Its time is
// a float64, in which we count nanoseconds, exactly; simultaneous events fire in
// the order in which they were scheduled.
package main

import (
	"fmt"

	"github.com/fschuetz04/simgo"

	"souk/bench/program"
	"souk/bench/recipe"
)

type simulation struct {
	*simgo.Simulation
	n      uint32
	left   int // events until Step is over
	stream recipe.Stream
	delays *recipe.Exponential
	tally  recipe.Tally
}

func (s *simulation) Tally() recipe.Tally { return s.tally }

func (s *simulation) Step(events int) {
	for s.left = events; s.left > 0; {
		s.Simulation.Step()
	}
}

// add tells the tally of an event.
func (s *simulation) add(who uint32) { s.tally.Add(int64(s.Now()), who) }

func (s *simulation) planHold(wait int64, i uint32) {
	s.Timeout(float64(wait)).AddHandler(func(*simgo.Event) {
		s.left--
		s.add(i)
		s.planHold(s.delays.Delay(s.stream.Next()), i)
	})
}

func (s *simulation) between(word uint64) int64 { return recipe.Second/10 + s.delays.Delay(word)*9/10 }

func (s *simulation) planPhold(wait int64, entity uint32) {
	s.Timeout(float64(wait)).AddHandler(func(*simgo.Event) {
		s.left--
		s.add(entity)
		word := s.stream.Next()
		s.planPhold(s.between(word), recipe.Below(word, s.n))
	})
}

// mm1 is a process for the source and one for each customer.
type mm1 struct {
	*simulation
	services recipe.Stream
	server   resource
}

func (m *mm1) source(proc simgo.Process) {
	for {
		proc.Wait(proc.Timeout(float64(m.delays.Delay(m.stream.Next()))))
		m.add(0)
		proc.Process(m.customer)
	}
}

func (m *mm1) customer(proc simgo.Process) {
	proc.Wait(m.server.request(proc))
	proc.Wait(proc.Timeout(float64(m.delays.Delay(m.services.Next()) * 8 / 10)))
	m.left--
	m.add(1)
	m.server.release()
}

// resource is a server with a queue, built from events as simgo's examples do.
type resource struct {
	busy    bool
	waiting []*simgo.Event
}

func (r *resource) request(proc simgo.Process) *simgo.Event {
	turn := proc.Event()
	if r.busy {
		r.waiting = append(r.waiting, turn)
	} else {
		r.busy = true
		turn.Trigger()
	}
	return turn
}

func (r *resource) release() {
	if len(r.waiting) == 0 {
		r.busy = false
		return
	}
	turn := r.waiting[0]
	r.waiting = r.waiting[1:]
	turn.Trigger()
}

func main() { program.Main(start) }

func start(workload string, n uint32) (program.Workload, error) {
	s := &simulation{Simulation: simgo.NewSimulation(), n: n, stream: 1, delays: recipe.NewExponential()}
	switch workload {
	case "hold":
		for i := range n {
			s.planHold(s.delays.Delay(s.stream.Next()), i)
		}
	case "phold":
		for i := range n {
			s.planPhold(s.between(s.stream.Next()), i)
		}
	case "mm1":
		m := &mm1{simulation: s, services: 2}
		s.Process(m.source)
		return m, nil
	default:
		return nil, fmt.Errorf("simgo has no workload %q", workload)
	}
	return s, nil
}
