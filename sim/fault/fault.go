// Package fault holds what can go wrong in a run, and when. A fault acts on
// the world through the narrow World interface; one file holds one kind.
package fault

import (
	"slices"

	"souk/sim/actor"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// World is what a fault may do to a run. What lasts is done in the name of a
// plan and undone by it; if a plan does the same again, the new takes the place
// of the old.
type World interface {
	Find(selector string) []actor.ID
	Up(id actor.ID) bool
	// Crash stops an actor at once: its timers die, messages that reach it
	// while it is down are lost, messages it sent before still arrive.
	Crash(id actor.ID)
	// Restart brings it back, with or without what it would remember.
	Restart(id actor.ID, memory bool)
	Resign(id actor.ID)
	// Pause makes an actor stand still until every plan that paused it has
	// resumed it: what reaches it waits.
	Pause(plan int, id actor.ID)
	Resume(plan int, id actor.ID)
	// Slow makes work that actors begin take longer, by a factor in millionths.
	Slow(plan int, who []actor.ID, by int64)
	Unslow(plan int)

	// Drift lets the clocks of actors run at another pace, in millionths.
	Drift(plan int, who []actor.ID, pace int64)
	Undrift(plan int)
	// JumpClock sets an actor's clock forward, or back if by is negative.
	JumpClock(plan int, id actor.ID, by vtime.Duration)

	Partition(plan int, groups [][]actor.ID)
	PartitionOneWay(plan int, from, to []actor.ID)
	PartitionRing(plan int, members []actor.ID)
	Heal(plan int)

	// The following begin a disturbance of the messages that actors send or
	// receive; Calm ends it.
	Delay(plan int, who []actor.ID, extra rng.Distribution)
	Lose(plan int, who []actor.ID, chance rng.Probability)
	Duplicate(plan int, who []actor.ID, chance rng.Probability)
	Reorder(plan int, who []actor.ID, chance rng.Probability, extra rng.Distribution)
	Clog(plan int, who []actor.ID)
	Calm(plan int)

	NameServerDown(plan int)
	NameServerUp(plan int)
	// Afflict begins an ailment or, with a chance of 0, ends it.
	Afflict(plan int, id actor.ID, a actor.Affliction)
}

// Fault is one kind of trouble. A plan that repeats without an end begins it
// again and again; whatever else, End comes after a Begin.
type Fault interface {
	// Begin returns how many actors, groups or services it struck.
	Begin(w World, draw *rng.Stream) int
	End(w World)
	// String says what the fault does, for the log. Its draws are keyed by it, so
	// it does not tell how hard the fault strikes: a harder one strikes at the
	// same places.
	String() string
}

// momentary is embedded by faults that leave nothing to undo.
type momentary struct{}

func (momentary) End(World) {}

// find resolves several selectors, in their order; whoever two of them name
// counts once.
func find(w World, selectors []string) []actor.ID {
	var ids []actor.ID
	for _, s := range selectors {
		for _, id := range w.Find(s) {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// victims says whom a fault strikes: all that its selectors name, or one of
// them.
type victims struct {
	who  []string
	pick Pick
}

func victimsOf(s *Spec) victims { return victims{who: s.argument().actors, pick: s.Pick} }

// draw returns who is struck now. A pick takes one word each time, also when
// nobody is left to strike.
func (v *victims) draw(w World, draw *rng.Stream, fit func(actor.ID) bool) []actor.ID {
	ids := slices.DeleteFunc(find(w, v.who), func(id actor.ID) bool { return !fit(id) })
	if v.pick == PickOne {
		word := draw.Uint64()
		if n := uint64(len(ids)); n > 0 {
			at := word % n
			ids = ids[at : at+1]
		}
	}
	return ids
}

func anybody(actor.ID) bool { return true }
