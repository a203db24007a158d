package check

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/table"
	"souk/sim/vtime"
)

// weather tells whether there is trouble, and since when not.
type weather struct {
	crash func(plan int) bool
	peers int
	// troubles counts the faults in force other than crashes. Of a crash what
	// matters is that somebody is missing: down says who.
	troubles int
	down     table.Sparse[bool]
	// services counts the actors that are down and are no peers.
	services int
	since    vtime.Time
}

func newWeather(s *Setting) weather {
	return weather{crash: s.Crash, peers: s.Peers, down: table.NewSparse[bool](s.Actors)}
}

// troubleKinds lists the facts that a weather must see.
func troubleKinds() []market.Kind {
	return []market.Kind{
		market.FaultBegan, market.FaultEnded, market.Crashed, market.Restarted, market.Resigned, market.Left,
		market.Paused, market.Resumed, market.ClockSet, market.Afflicted,
	}
}

// observe takes in a fact and says whether it was one of trouble.
func (w *weather) observe(f *market.Fact) bool {
	switch f.Kind {
	case market.FaultBegan:
		if !w.crash(int(f.N)) {
			w.troubles++
		}
	case market.FaultEnded:
		if !w.crash(int(f.N)) {
			w.troubles--
		}
	case market.Crashed:
		w.fall(f, true, 1)
	case market.Restarted:
		w.fall(f, false, -1)
	case market.Resigned, market.Left, market.Paused, market.Resumed, market.ClockSet, market.Afflicted:
	default:
		return false
	}
	w.since = f.At
	return true
}

// isDown says that an actor is down.
func (w *weather) isDown(id actor.ID) bool { return w.down.Get(int(id)) }

func (w *weather) fall(f *market.Fact, down bool, by int) {
	if w.isDown(f.Actor) == down {
		return
	}
	*w.down.At(int(f.Actor)) = down
	if int(f.Actor) >= w.peers {
		w.services += by
	}
}
