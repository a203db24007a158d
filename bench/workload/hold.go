package workload

import "souk/bench/recipe"

type hold struct {
	engine
	stream recipe.Stream
	delays *recipe.Exponential
	tally  recipe.Tally
}

func newHold(n uint32) Run {
	h := &hold{engine: newEngine(n), stream: 1, delays: recipe.NewExponential()}
	for i := range n {
		h.schedule(h.delays.Delay(h.stream.Next()), i, 0)
	}
	return h
}

func (h *hold) Tally() recipe.Tally { return h.tally }

func (h *hold) Step(events int) {
	for range events {
		i, _ := h.next()
		now := h.now()
		h.tally.Add(now, i)
		h.schedule(now+h.delays.Delay(h.stream.Next()), i, 0)
	}
}
