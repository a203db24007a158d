package fault

import (
	"strings"

	"souk/sim/actor"
	"souk/sim/rng"
)

// pause makes actors stand still, as a process does while its garbage is
// collected or its machine is suspended. Messages that reach them, those that
// they would pass on among them, and timers that fire wait, and are handled one
// after the other in the instant in which it ends. State and connections are
// kept; a request to resign or to close and the news of a broken connection
// wait like messages. A crash in the meantime loses what waits and ends the
// pause.
type pause struct {
	victims
	id     int
	struck []actor.ID
}

func newPause(id int, s *Spec) Fault { return &pause{victims: victimsOf(s), id: id} }

func (p *pause) Begin(w World, draw *rng.Stream) int {
	p.End(w)
	p.struck = p.draw(w, draw, w.Up)
	for _, id := range p.struck {
		w.Pause(p.id, id)
	}
	return len(p.struck)
}

func (p *pause) End(w World) {
	for _, id := range p.struck {
		w.Resume(p.id, id)
	}
	p.struck = nil
}

func (p *pause) String() string { return "pause of " + strings.Join(p.who, ", ") }
