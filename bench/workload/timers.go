package workload

import "souk/bench/recipe"

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

func newTimers(n, pending uint32) timers {
	t := timers{engine: newEngine(n, pending), stream: 1, delays: recipe.NewExponential()}
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
	t := &timersCancel{newTimers(n, 12*n)}
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

// timersDeferred has one time-out pending for each connection.
type timersDeferred struct {
	timers
	deadline []int64
}

func newTimersDeferred(n uint32) Run {
	t := &timersDeferred{newTimers(n, 2*n), make([]int64, n)}
	for c := range n {
		t.deadline[c] = patience
		t.schedule(patience, c, timeout)
	}
	return t
}

func (t *timersDeferred) Step(messages int) {
	for messages > 0 {
		c, kind := t.next()
		now := t.now()
		switch {
		case kind == message:
			messages--
			t.hear(now, c)
			t.deadline[c] = now + patience
		case t.deadline[c] == now:
			panic("workload: a connection timed out")
		default:
			t.schedule(t.deadline[c], c, timeout)
		}
	}
}
