package sim

import (
	"souk/sim/actor"
	"souk/sim/kernel"
	"souk/sim/vtime"
)

// heldMail is what a clog holds on its way between two actors: a message, or
// the news that a connection broke.
type heldMail struct {
	at, next actor.ID
	// due is when it would have arrived.
	due vtime.Time
	// ref is the message's place; of broken connections there is none.
	ref    uint32
	broken bool
}

// release sends on, in the order in which it was sent, what no clog holds any
// more. Nothing arrives before it would have without the clog, or before what
// was sent earlier.
func (w *World[M]) release() {
	last := w.kernel.Now()
	kept := w.held[:0]
	for _, h := range w.held {
		if w.network.Clogged(h.at, h.next) {
			kept = append(kept, h)
			continue
		}
		last = max(last, w.network.InOrder(h.at, h.next, max(last, h.due)))
		e := kernel.Event{Target: uint32(h.next), Kind: deliver, Ref: h.ref}
		if h.broken {
			e.Kind, e.Ref = sever, uint32(h.at)
		}
		w.kernel.Schedule(last, e.Target, e.Kind, 0, e.Ref)
	}
	w.held = kept
}
