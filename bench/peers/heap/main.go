// Heap is the program of a comparison that schedules as most Go programs do:
// container/heap over a slice of pointers to events.
package main

import (
	"container/heap"
	"fmt"

	"souk/bench/program"
	"souk/bench/recipe"
)

type event struct {
	at   int64
	seq  uint64
	who  uint32
	kind uint16
}

type queue []*event

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return q[i].at < q[j].at || q[i].at == q[j].at && q[i].seq < q[j].seq
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(*event)) }
func (q *queue) Pop() any {
	last := len(*q) - 1
	e := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	return e
}

// simulation is what the workloads have in common.
type simulation struct {
	pending queue
	seq     uint64
	n       uint32
	stream  recipe.Stream
	delays  *recipe.Exponential
	tally   recipe.Tally
}

func newSimulation(n uint32) *simulation {
	return &simulation{n: n, stream: 1, delays: recipe.NewExponential()}
}

func (s *simulation) schedule(at int64, who uint32, kind uint16) {
	s.seq++
	heap.Push(&s.pending, &event{at, s.seq, who, kind})
}

func (s *simulation) next() *event { return heap.Pop(&s.pending).(*event) }

func (s *simulation) Tally() recipe.Tally { return s.tally }

type hold struct{ *simulation }

func (h hold) Step(events int) {
	for range events {
		e := h.next()
		h.tally.Add(e.at, e.who)
		h.schedule(e.at+h.delays.Delay(h.stream.Next()), e.who, 0)
	}
}

type phold struct{ *simulation }

func (p phold) between(word uint64) int64 { return recipe.Second/10 + p.delays.Delay(word)*9/10 }

func (p phold) Step(events int) {
	for range events {
		e := p.next()
		p.tally.Add(e.at, e.who)
		word := p.stream.Next()
		p.schedule(e.at+p.between(word), recipe.Below(word, p.n), 0)
	}
}

const (
	arrival   = 0
	departure = 1
)

// mm1 draws arrivals from the simulation's stream.
type mm1 struct {
	*simulation
	services recipe.Stream
	busy     bool
	waiting  int
}

func (m *mm1) serve(now int64) {
	m.schedule(now+m.delays.Delay(m.services.Next())*8/10, 0, departure)
}

func (m *mm1) Step(departures int) {
	for departures > 0 {
		e := m.next()
		m.tally.Add(e.at, uint32(e.kind))
		switch e.kind {
		case arrival:
			m.schedule(e.at+m.delays.Delay(m.stream.Next()), 0, arrival)
			if m.busy {
				m.waiting++
			} else {
				m.busy = true
				m.serve(e.at)
			}
		case departure:
			departures--
			if m.waiting > 0 {
				m.waiting--
				m.serve(e.at)
			} else {
				m.busy = false
			}
		}
	}
}

func main() {
	program.Main(start)
}

func start(workload string, n uint32) (program.Workload, error) {
	s := newSimulation(n)
	switch workload {
	case "hold":
		for i := range n {
			s.schedule(s.delays.Delay(s.stream.Next()), i, 0)
		}
		return hold{s}, nil
	case "phold":
		p := phold{s}
		for i := range n {
			s.schedule(p.between(s.stream.Next()), i, 0)
		}
		return p, nil
	case "mm1":
		s.schedule(s.delays.Delay(s.stream.Next()), 0, arrival)
		return &mm1{simulation: s, services: 2}, nil
	}
	return nil, fmt.Errorf("container/heap has no workload %q", workload)
}
