package sim

import (
	"souk/sim/actor"
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

// release sends on what no clog holds any more. What is overdue arrives at once, in
// the order in which it was sent; the rest when it would have without the clog. On
// FIFO links nothing overtakes what was sent earlier.
func (w *World[M]) release() {
	now := w.kernel.Now()
	kept := w.held[:0]
	for _, h := range w.held {
		if w.network.Clogged(h.at, h.next) {
			kept = append(kept, h)
			continue
		}
		last := w.network.InOrder(h.at, h.next, max(now, h.due))
		kind, ref := deliver, h.ref
		if h.broken {
			kind, ref = sever, uint32(h.at)
		}
		w.arrive(h.at, h.next, last, kind, ref)
	}
	w.held = kept
}
