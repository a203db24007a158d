package sim

import (
	"fmt"

	"souk/sim/kernel"
	"souk/sim/vtime"
)

// instant is the time of the last event, and the first event then.
type instant struct {
	at   vtime.Time
	from uint64
}

// last notes the last event and returns how many came before it in its instant.
func (i *instant) last(k *kernel.Kernel) uint64 {
	if now := k.Now(); now != i.at {
		i.at, i.from = now, k.Fired()
	}
	return k.Fired() - i.from
}

// watchClock ends a run whose virtual time stands still: a loop in which
// nothing takes any time would go on for ever.
func (w *World[M]) watchClock() {
	most := uint64(1_000_000 + 100*len(w.down))
	if w.instant.last(w.kernel) > most && w.err == nil {
		w.err = &Standstill{At: w.instant.at, Events: most}
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
