package sim

import (
	"fmt"

	"souk/sim/actor"
	"souk/sim/kernel"
)

// This file is what a run does now and then between two events: it begins faults
// that wait for a number of events, tells those who compare runs how far it is,
// recounts, and lets itself be watched. One comparison an event says whether any of
// it is due.

// glimpseEvery is the number of events between two calls of Config.Watch.
const glimpseEvery = 1 << 14

// nextChores returns the number of the first event after one that has chores.
func (w *World[M]) nextChores(after uint64) uint64 {
	next := min(w.cue, w.recountAt)
	if w.cfg.Witness != nil {
		next = after + 1
	}
	if w.cfg.Checkpoint != nil {
		next = min(next, multipleAfter(after, CheckpointEvery))
	}
	if w.cfg.Watch != nil {
		next = min(next, multipleAfter(after, glimpseEvery))
	}
	return next
}

// multipleAfter returns the first multiple of a number above n.
func multipleAfter(n, of uint64) uint64 {
	return n - n%of + of
}

// doChores does what is due after an event and returns false if whoever watches
// the run ends it.
func (w *World[M]) doChores(e *kernel.Event) bool {
	fired := w.kernel.Fired()
	if fired == w.cue {
		w.beginCued()
	}
	w.testify(e)
	if fired >= w.recountAt {
		w.recount()
	}
	w.choresAt = w.nextChores(fired)
	return w.cfg.Watch == nil || fired%glimpseEvery != 0 || w.cfg.Watch(w.progress())
}

// testify tells those who compare runs how far this one is.
func (w *World[M]) testify(e *kernel.Event) {
	if w.cfg.Witness != nil {
		w.cfg.Witness(&Event{
			Number: w.kernel.Fired(), At: e.At, Kind: kindNames[e.Kind], Target: actor.ID(e.Target), Tag: e.Tag,
			Digest: w.result.Digest,
		})
	}
	if w.cfg.Checkpoint != nil && w.kernel.Fired()%CheckpointEvery == 0 {
		w.checkpoint()
	}
}

func (w *World[M]) checkpoint() {
	w.cfg.Checkpoint(Checkpoint{Events: w.kernel.Fired(), Now: w.kernel.Now(), Digest: w.result.Digest})
}

// firstRecount is the event after which books are compared for the first time.
const firstRecount = 1000

// recount lets the observers compare their books, and will again once the
// events have grown by half, so that it costs a constant share however long the
// run.
func (w *World[M]) recount() {
	fired := w.kernel.Fired()
	w.recountAt = fired + fired/2
	for _, r := range w.recounters {
		if err := r.Recount(w.kernel.Now()); err != nil && w.err == nil {
			w.err = fmt.Errorf("%w (after event %d, at %v)", err, fired, w.kernel.Now())
		}
	}
}
