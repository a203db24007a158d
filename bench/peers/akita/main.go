// Akita is the program of a comparison that runs on Akita's serial engine. Its
// time is a float64, in which we count nanoseconds, exactly; its heap does not
// keep simultaneous events in order.
package main

import (
	"fmt"
	"os"

	"github.com/sarchlab/akita/v4/sim"

	"souk/bench/program"
	"souk/bench/recipe"
)

// event is an event for one entity.
type event struct {
	*sim.EventBase
	who uint32
}

// simulation is what the workloads have in common.
type simulation struct {
	*sim.SerialEngine
	meter
	n      uint32
	stream recipe.Stream
	delays *recipe.Exponential
	tally  recipe.Tally
}

func (s *simulation) schedule(at int64, who uint32, handler sim.Handler) {
	s.Schedule(event{sim.NewEventBase(sim.VTimeInSec(at), handler), who})
}

type hold struct{ *simulation }

func (h *hold) Handle(e sim.Event) error {
	now, i := int64(e.Time()), e.(event).who
	h.tally.Add(now, i)
	h.schedule(now+h.delays.Delay(h.stream.Next()), i, h)
	h.count(h.tally)
	return nil
}

type phold struct{ *simulation }

func (p *phold) between(word uint64) int64 { return recipe.Second/10 + p.delays.Delay(word)*9/10 }

func (p *phold) Handle(e sim.Event) error {
	now := int64(e.Time())
	p.tally.Add(now, e.(event).who)
	word := p.stream.Next()
	p.schedule(now+p.between(word), recipe.Below(word, p.n), p)
	p.count(p.tally)
	return nil
}

// The events of mm1.
type (
	arrival   struct{ *sim.EventBase }
	departure struct{ *sim.EventBase }
)

// mm1 draws arrivals from the simulation's stream.
type mm1 struct {
	*simulation
	services recipe.Stream
	busy     bool
	waiting  int
}

func (m *mm1) Handle(e sim.Event) error {
	now := int64(e.Time())
	switch e.(type) {
	case arrival:
		m.tally.Add(now, 0)
		m.expect(now)
		if m.busy {
			m.waiting++
		} else {
			m.busy = true
			m.serve(now)
		}
	case departure:
		m.tally.Add(now, 1)
		if m.waiting > 0 {
			m.waiting--
			m.serve(now)
		} else {
			m.busy = false
		}
		m.count(m.tally)
	}
	return nil
}

func (m *mm1) expect(now int64) {
	at := now + m.delays.Delay(m.stream.Next())
	m.Schedule(arrival{sim.NewEventBase(sim.VTimeInSec(at), m)})
}

func (m *mm1) serve(now int64) {
	at := now + m.delays.Delay(m.services.Next())*8/10
	m.Schedule(departure{sim.NewEventBase(sim.VTimeInSec(at), m)})
}

func main() {
	job, err := program.Parse(os.Args[1:])
	if err == nil {
		err = run(job)
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// run returns only if the job cannot be done: meter ends the process.
func run(job program.Job) error {
	sim.UseSequentialIDGenerator()
	s := &simulation{SerialEngine: sim.NewSerialEngine(), n: uint32(job.N), stream: 1, delays: recipe.NewExponential()}
	switch job.Workload {
	case "hold":
		h := &hold{s}
		for i := range s.n {
			s.schedule(s.delays.Delay(s.stream.Next()), i, h)
		}
	case "phold":
		p := &phold{s}
		for i := range s.n {
			s.schedule(p.between(s.stream.Next()), i, p)
		}
	case "mm1":
		m := &mm1{simulation: s, services: 2}
		m.expect(0)
	default:
		return fmt.Errorf("akita has no workload %q", job.Workload)
	}
	s.meter = newMeter(job)
	return s.Run()
}
