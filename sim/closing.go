package sim

import (
	"souk/sim/actor"
	"souk/sim/kernel"
	"souk/sim/market"
)

// This file is how a run comes to its end: it closes when its stop condition is
// met, drains, settles, and is over; and how far it is from there.

// over says whether the run is finished, and notes why.
func (w *World[M]) over() bool {
	switch {
	case w.err != nil:
		w.result.End = Broken
		return true
	case w.drained:
		return true
	case w.settling:
		return false
	case w.closed && w.awaited == 0 && w.aboutRequests == 0 && w.sys.Quiet(w.Up):
		return w.settle()
	}
	return false
}

// settle ends a drained run, or lets it go on idle for a while: a restart in that
// time can bring new work, which is not waited for.
func (w *World[M]) settle() bool {
	w.result.End = Drained
	if w.cfg.Settle == 0 {
		return true
	}
	w.settling = true
	w.kernel.Schedule(w.kernel.Now().Add(w.cfg.Settle), 0, closing, settled, 0)
	return false
}

func (w *World[M]) whyEnded() End {
	if w.kernel.End() == kernel.EventLimit {
		return EventLimit
	}
	return NothingLeft
}

// comeToEnd closes the run, or ends it: once the time for draining is over, or
// that for settling, if it has drained.
func (w *World[M]) comeToEnd(tag uint16) {
	switch {
	case tag == begin:
		w.close()
	case tag == settled:
		w.drained = true
	case !w.settling:
		w.result.End = DrainLimit
		w.drained = true
	}
}

func (w *World[M]) checkStop() {
	if w.closed {
		return
	}
	for _, rule := range w.cfg.Stop {
		if w.counts[rule.Fact] >= rule.Count {
			w.close()
			return
		}
	}
}

// close asks everybody to begin nothing new.
func (w *World[M]) close() {
	if w.closed {
		return
	}
	w.closed = true
	w.result.Closed = w.kernel.Now()
	w.kernel.Schedule(w.kernel.Now().Add(w.cfg.Drain), 0, closing, end, 0)
	w.state(&market.Fact{Kind: market.Closing, Actor: actor.None, Peer: actor.None})
	for i, down := range w.down {
		if !down {
			w.ask(actor.ID(i), actor.Close)
		}
	}
}

func (w *World[M]) progress() Progress {
	return Progress{
		Now: w.kernel.Now(), Events: w.kernel.Fired(), Pending: w.kernel.Pending(),
		Share: w.share(), Closed: w.closed,
	}
}

// share is Progress.Share. It is only ever told.
func (w *World[M]) share() float64 {
	behind := float64(w.kernel.Now()) / float64(w.cfg.TimeLimit)
	if w.cfg.EventLimit > 0 {
		behind = max(behind, float64(w.kernel.Fired())/float64(w.cfg.EventLimit))
	}
	for _, rule := range w.cfg.Stop {
		behind = max(behind, float64(w.counts[rule.Fact])/float64(rule.Count))
	}
	return min(behind, 1)
}
