package main

import (
	"souk/bench/recipe"
	"souk/sim/kernel"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// phold is the workload of that name with the draws of a scenario: a word of a
// stream for whom, and a drawn time for when.
type phold struct {
	kernel *kernel.Kernel
	n      int
	stream rng.Stream
	delay  rng.Distribution
	tally  recipe.Tally
}

func newPhold(n uint32) *phold {
	p := &phold{
		kernel: kernel.New(int(n), kernel.Limits{}), n: int(n),
		stream: rng.NewStream(1, "phold", 0), delay: rng.Exponential(float64(900 * vtime.Millisecond)),
	}
	for entity := range n {
		p.schedule(entity)
	}
	return p
}

func (p *phold) schedule(entity uint32) {
	delay := 100*vtime.Millisecond + vtime.FromNanos(p.delay.Draw(&p.stream))
	p.kernel.Schedule(p.kernel.Now().Add(delay), entity, 0, 0, 0)
}

func (p *phold) Tally() recipe.Tally { return p.tally }

func (p *phold) Step(events int) {
	for range events {
		e := p.kernel.Next()
		p.tally.Add(int64(e.At), e.Target)
		p.schedule(uint32(p.stream.IntN(p.n)))
	}
}
