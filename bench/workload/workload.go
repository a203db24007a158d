// Package workload has the classic programs by which pending-event sets are
// compared, as small simulations on Souk's kernel:
//
//   - hold: n events are pending; the first one is scheduled again, Exp(1 s) later.
//   - phold: n entities, with as many events pending; an event draws who is
//     next, of all of them, and when: in 0.1 s + Exp(0.9 s).
//   - mm1: customers come every Exp(1 s) to one server that works Exp(0.8 s).
//   - timers-cancel and timers-deferred: n connections get a message every
//     0.1 s + Exp(0.9 s), each of which puts off the connection's time-out by 10 s;
//     so none is ever reached. The first cancels the old time-out and schedules a
//     new one; the second has the kernel's timers, which let it come early and then put
//     it off.
//
// Delays and choices are the recipe's, so that peers in any language can fire
// the same events.
package workload

import (
	"fmt"

	"souk/bench/recipe"
)

// Run is a workload that has been set up.
type Run interface {
	// Step fires so many further events. The events of mm1 are departures, those
	// of timers messages.
	Step(events int)
	// Tally sums up all events since the start.
	Tally() recipe.Tally
	// Pending returns the number of events waiting.
	Pending() int
}

// Workload is one of the programs.
type Workload struct {
	Name string
	// Start sets it up for n pending events, entities or connections; mm1 has no n.
	Start func(n uint32) Run
}

// All lists the workloads.
func All() []Workload {
	return []Workload{
		{"hold", newHold},
		{"phold", newPhold},
		{"mm1", newMM1},
		{"timers-cancel", newTimersCancel},
		{"timers-deferred", newTimersDeferred},
	}
}

// Start sets up the workload of that name.
func Start(name string, n uint32) (Run, error) {
	for _, w := range All() {
		if w.Name == name {
			return w.Start(n), nil
		}
	}
	return nil, fmt.Errorf("there is no workload %q", name)
}

// between returns the delay of phold and of the timers' messages.
func between(q *recipe.Exponential, word uint64) int64 {
	return recipe.Second/10 + q.Delay(word)*9/10
}
