package metrics

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/vtime"
)

// Turn is a change of who serves.
type Turn struct {
	At   vtime.Time
	Kind market.Kind
	Who  actor.ID
	// Peer is whom it is about: the trader that was suspected, or the heir.
	Peer actor.ID
	Slot int16
	// N is how many requests were taken over, or which fault struck nobody.
	N int
}

// turn keeps the story of who served.
func (m *Meter) turn(f *market.Fact) {
	t := Turn{At: f.At, Kind: f.Kind, Who: f.Actor, Peer: f.Peer, Slot: f.Slot}
	switch f.Kind {
	case market.Elected:
		if m.FirstWish == vtime.Never {
			m.Elected = f.At
		}
	case market.TookOver:
		if n := len(m.Turns); n > 0 && m.Turns[n-1].Kind == f.Kind && m.Turns[n-1].Who == f.Actor {
			m.Turns[n-1].N++
			return
		}
		t.N = 1
	case market.Crashed, market.Restarted, market.Left:
		if !m.leads(f.Actor) {
			return
		}
	case market.FaultMissed:
		t.N = int(f.N)
	case market.Suspected, market.WronglySuspected, market.Resigned, market.Returned:
	default:
		return
	}
	m.Turns = append(m.Turns, t)
}

// leads says that somebody has an office, or had one.
func (m *Meter) leads(id actor.ID) bool { return m.inOffices.Get(int(id)) > 0 }
