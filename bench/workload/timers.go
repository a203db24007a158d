package workload

import (
	"souk/bench/recipe"
	"souk/sim/kernel"
)

// The events of timers.
const (
	message = 0
	timeout = 1
)

// patience is how long after a message a connection times out: longer than
// messages are ever apart.
const patience = 10 * recipe.Second

// timers are connections that are kept alive by messages.
type timers struct {
	engine
	stream recipe.Stream
	delays *recipe.Exponential
	tally  recipe.Tally
}

func newTimers(n uint32) timers {
	t := timers{engine: newEngine(n), stream: 1, delays: recipe.NewExponential()}
	for c := range n {
		t.schedule(between(t.delays, t.stream.Next()), c, message)
	}
	return t
}

func (t *timers) Tally() recipe.Tally { return t.tally }

// hear has a connection hear a message, and schedules the next.
func (t *timers) hear(now int64, c uint32) {
	t.tally.Add(now, c)
	t.schedule(now+between(t.delays, t.stream.Next()), c, message)
}

// timersCancel has ten cancelled time-outs pending for each that is not.
type timersCancel struct{ timers }

func newTimersCancel(n uint32) Run {
	t := &timersCancel{newTimers(n)}
	for c := range n {
		t.scheduleGuarded(patience, c, timeout)
	}
	return t
}

func (t *timersCancel) Step(messages int) {
	for range messages {
		c, kind := t.next()
		if kind == timeout {
			panic("workload: a connection timed out")
		}
		now := t.now()
		t.hear(now, c)
		t.cancel(c)
		t.scheduleGuarded(now+patience, c, timeout)
	}
}

// timersDeferred has one time-out pending for each connection: the kernel's timers
// let it come early, and then put it off.
type timersDeferred struct {
	timers
	armed []kernel.Timer
}

func newTimersDeferred(n uint32) Run {
	t := &timersDeferred{newTimers(n), make([]kernel.Timer, n)}
	for c := range n {
		t.armed[c] = t.newTimer(c, timeout)
		t.arm(t.armed[c], patience)
	}
	return t
}

func (t *timersDeferred) Step(messages int) {
	for range messages {
		c, kind := t.next()
		if kind == timeout {
			panic("workload: a connection timed out")
		}
		now := t.now()
		t.hear(now, c)
		t.arm(t.armed[c], now+patience)
	}
}
