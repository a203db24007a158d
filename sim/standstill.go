package sim

import (
	"fmt"

	"souk/sim/vtime"
)

// watchClock ends a run whose virtual time stands still: a loop in which
// nothing takes any time would go on for ever.
func (w *World[M]) watchClock() {
	if now := w.kernel.Now(); now != w.instant {
		w.instant, w.instantFrom = now, w.kernel.Fired()
		return
	}
	most := uint64(1_000_000 + 100*len(w.down))
	if w.kernel.Fired()-w.instantFrom > most && w.err == nil {
		w.err = &Standstill{At: w.instant, Events: most}
	}
}

// Standstill is a run in which virtual time does not pass.
type Standstill struct {
	At     vtime.Time
	Events uint64
}

func (s *Standstill) Error() string {
	return fmt.Sprintf("virtual time stands still at %v after %d events: somewhere a loop takes no time at all "+
		"(are think time, delays and service times all 0s?)", s.At, s.Events)
}
