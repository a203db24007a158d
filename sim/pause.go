package sim

import (
	"slices"

	"souk/sim/actor"
	"souk/sim/kernel"
	"souk/sim/market"
	"souk/sim/network"
	"souk/sim/vtime"
)

// still is an actor that may be paused.
type still struct {
	// plans are those that pause it.
	plans []int
	// waiting is what would have reached it since, in order.
	// Invariant: empty unless plans is not.
	waiting []waiting
}

// waiting is an event that reached a paused actor. A timer that is read off the
// actor's clock has its time with it.
type waiting struct {
	event kernel.Event
	timed bool
	due   vtime.Time
}

// resuming stands in the list of plans while what waited is handled.
const resuming = -1

// waits keeps an event for later if its actor is paused.
func (w *World[M]) waits(e *kernel.Event) bool {
	if w.stills == nil || len(w.stills[e.Target].plans) == 0 {
		return false
	}
	s := &w.stills[e.Target]
	wait := waiting{event: *e}
	if w.clocks != nil && e.Kind == wake {
		wait.timed, wait.due = w.clocks.fired(e)
	}
	s.waiting = append(s.waiting, wait)
	for _, plan := range s.plans {
		if plan != resuming {
			w.tally[plan].Touched++
		}
	}
	return true
}

// Pause makes an actor stand still.
func (w *World[M]) Pause(plan int, id actor.ID) {
	if w.stills == nil {
		w.stills = make([]still, len(w.down))
	}
	s := &w.stills[id]
	s.plans = append(s.plans, plan)
	if len(s.plans) == 1 {
		w.state(&market.Fact{Kind: market.Paused, Actor: id, Peer: actor.None})
	}
}

// Resume ends a plan's pause of an actor. If it was the last, the actor handles
// what waited for it; it counts as paused until it is through, so that what the
// run asks of it meanwhile comes in its turn. After a crash nothing is left to
// resume.
func (w *World[M]) Resume(plan int, id actor.ID) {
	s := &w.stills[id]
	i := slices.Index(s.plans, plan)
	if i < 0 {
		return
	}
	if s.plans = slices.Delete(s.plans, i, i+1); len(s.plans) > 0 {
		return
	}
	w.state(&market.Fact{Kind: market.Resumed, Actor: id, Peer: actor.None, N: int64(len(s.waiting))})
	s.plans = append(s.plans, resuming)
	for i := 0; i < len(s.waiting); i++ {
		wait := s.waiting[i]
		if wait.timed && w.clocks.shows(id) < wait.due {
			// Its clock was set back in the meantime.
			w.clocks.setTo(id, wait.due, actor.Timer{Kind: wait.event.Tag, Guard: wait.event.Ref})
			continue
		}
		w.bring(&wait.event)
	}
	s.plans, s.waiting = s.plans[:0], s.waiting[:0]
}

// forgetWaiting ends the pauses of an actor that crashed: messages that waited
// are lost, and so is everything else that did.
func (w *World[M]) forgetWaiting(id actor.ID) {
	if w.stills == nil {
		return
	}
	s := &w.stills[id]
	for _, wait := range s.waiting {
		if wait.event.Kind == deliver {
			w.lose(wait.event.Ref, network.ReceiverDown)
		}
	}
	s.plans, s.waiting = s.plans[:0], s.waiting[:0]
}
