package workload

import "souk/bench/recipe"

// phold is the hold model of parallel simulation (Fujimoto, "Performance of Time
// Warp under synthetic workloads", SCS Multiconference on Distributed Simulation,
// 1990), in which events travel.
type phold struct {
	engine
	n      uint32
	stream recipe.Stream
	delays *recipe.Exponential
	tally  recipe.Tally
}

func newPhold(n uint32) Run {
	p := &phold{engine: newEngine(n), n: n, stream: 1, delays: recipe.NewExponential()}
	for entity := range n {
		p.schedule(between(p.delays, p.stream.Next()), entity, 0)
	}
	return p
}

func (p *phold) Tally() recipe.Tally { return p.tally }

func (p *phold) Step(events int) {
	for range events {
		entity, _ := p.next()
		now := p.now()
		p.tally.Add(now, entity)
		word := p.stream.Next()
		p.schedule(now+between(p.delays, word), recipe.Below(word, p.n), 0)
	}
}
