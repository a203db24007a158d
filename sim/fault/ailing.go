package fault

import (
	"souk/sim/actor"
	"souk/sim/rng"
)

// ailing is a service that misbehaves in a way of its own. The world only tells
// it; it is down or up, paused or not, as it is, and misbehaves on when it comes
// back from a crash.
type ailing struct {
	id      int
	service string
	what    actor.Ailment
	words   string
	chance  rng.Probability
}

func newAiling(id int, s *Spec, what actor.Ailment, words string) Fault {
	return &ailing{id: id, service: s.Kind().Of, what: what, words: words, chance: *s.argument().chance}
}

func (a *ailing) Begin(w World, _ *rng.Stream) int {
	return a.set(w, a.chance)
}

func (a *ailing) End(w World) { a.set(w, 0) }

func (a *ailing) set(w World, chance rng.Probability) int {
	ids := w.Find(a.service)
	for _, id := range ids {
		w.Afflict(a.id, id, actor.Affliction{Ailment: a.what, Chance: outOf64(chance)})
	}
	return len(ids)
}

// outOf64 returns a probability, which counts in 2^63ths, in 2^64ths: always
// becomes all but always.
func outOf64(p rng.Probability) uint64 {
	const always = 1 << 63
	if p >= always {
		return 1<<64 - 1
	}
	return uint64(p) << 1
}

func (a *ailing) String() string { return a.words + " of the " + a.service }
