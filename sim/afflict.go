package sim

import (
	"slices"

	"souk/sim/actor"
	"souk/sim/market"
)

// ail is an ailment in force.
type ail struct {
	plan int
	id   actor.ID
	actor.Affliction
}

// Afflict begins an ailment of an actor in the name of a plan or, with a chance
// of 0, ends it. Of several plans with the same ailment the worst counts. The
// actor is told even if it is down or paused: it is not something that it does.
func (w *World[M]) Afflict(plan int, id actor.ID, a actor.Affliction) {
	w.ails = slices.DeleteFunc(w.ails, func(x ail) bool {
		return x.plan == plan && x.id == id && x.Ailment == a.Ailment
	})
	if a.Chance > 0 {
		w.ails = append(w.ails, ail{plan: plan, id: id, Affliction: a})
	}
	for _, x := range w.ails {
		if x.id == id && x.Ailment == a.Ailment {
			a.Chance = max(a.Chance, x.Chance)
		}
	}
	f := market.Fact{Kind: market.Afflicted, Actor: id, Peer: actor.None, Term: uint32(a.Ailment)}
	if a.Chance > 0 {
		f.N = 1
	}
	w.state(&f)
	w.in = actor.Input[M]{Trigger: actor.Afflict, Self: id, Affliction: a}
	w.step()
}

// touchAils counts an operation that went wrong for the plans that make it go
// wrong so.
func (w *World[M]) touchAils(f *market.Fact) {
	what := actor.Errors
	switch {
	case f.Kind == market.ReadStale:
		what = actor.StaleReads
	case f.N == 1:
		what = actor.LateErrors
	}
	for _, x := range w.ails {
		if x.id == f.Actor && x.Ailment == what {
			w.tally[x.plan].Touched++
		}
	}
}
