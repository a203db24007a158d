package sim

import (
	"slices"

	"souk/sim/actor"
	"souk/sim/vtime"
)

// even is the factor 1, in millionths.
const even = 1_000_000

// slows are the plans that slow actors down, and what they make of each actor.
type slows struct {
	plans []slowness
	// factors holds each actor's factor in millionths, the product of those of the
	// plans; nil if nobody was ever slowed down.
	factors []int64
}

// slowness is a factor in force for some actors.
type slowness struct {
	plan int
	who  []actor.ID
	by   int64
}

// Slow makes work that actors begin take longer.
func (w *World[M]) Slow(plan int, who []actor.ID, by int64) {
	w.Unslow(plan)
	w.slows.plans = append(w.slows.plans, slowness{plan: plan, who: who, by: by})
	w.weighSlows()
}

// Unslow ends a slowness.
func (w *World[M]) Unslow(plan int) {
	w.slows.plans = slices.DeleteFunc(w.slows.plans, func(s slowness) bool { return s.plan == plan })
	w.weighSlows()
}

// weighSlows multiplies the factors in force, anew so that no rounding stays.
func (w *World[M]) weighSlows() {
	if w.slows.factors == nil {
		w.slows.factors = make([]int64, len(w.down))
	}
	for i := range w.slows.factors {
		w.slows.factors[i] = even
	}
	for _, s := range w.slows.plans {
		for _, id := range s.who {
			w.slows.factors[id] = combined(w.slows.factors[id], s.by)
		}
	}
}

// mostPace bounds a product of factors, so that it fits into a fact.
const mostPace = 2_000 * even

// combined is the product of two factors in millionths.
func combined(a, b int64) int64 { return min(max(1, scaled(a, b, even, false)), mostPace) }

// stretched returns how long work of an actor takes that begins now.
func (w *World[M]) stretched(id actor.ID, d vtime.Duration) vtime.Duration {
	factor := w.slows.factors[id]
	if factor == even {
		return d
	}
	for _, s := range w.slows.plans {
		if slices.Contains(s.who, id) {
			w.tally[s.plan].Touched++
		}
	}
	return vtime.Duration(scaled(int64(d), factor, even, false))
}
