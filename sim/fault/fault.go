// Package fault holds what can go wrong in a run, and when. A fault acts on
// the world through the narrow World interface; one file holds one kind.
package fault

import (
	"souk/sim/actor"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// World is what a fault may do to a run.
type World interface {
	Find(selector string) []actor.ID
	Up(id actor.ID) bool
	// Crash stops an actor at once: its timers die, messages that reach it
	// while it is down are lost, messages it sent before still arrive.
	Crash(id actor.ID)
	// Restart brings it back, with or without what it would remember.
	Restart(id actor.ID, memory bool)
	Resign(id actor.ID)
	Partition(id int, groups [][]actor.ID)
	Heal(id int)
	NameServerDown()
	NameServerUp()
}

// Fault is one kind of trouble. Begin and End alternate.
type Fault interface {
	Begin(w World, draw *rng.Stream)
	End(w World)
	// String says what the fault does, for the log.
	String() string
}

// Plan says when a fault happens. At is its first beginning. With For it ends
// after a drawn while, else it lasts. With Every it begins again, a drawn
// while after it ended (or began, without For), Times times in all; Times 0 is
// for ever.
type Plan struct {
	At    vtime.Duration
	For   rng.Distribution
	Every rng.Distribution
	Times int
	Spec
}

// Spec says what happens: exactly one of its kinds is filled in.
type Spec struct {
	Crash CrashSpec
	// Resign lists the selectors of traders that give up their office.
	Resign []string
	// Partition lists the groups that cannot reach each other.
	Partition [][]string
	// NameServer is an outage of the name server.
	NameServer bool
}

// New builds the plan's fault. id is the plan's place in the scenario.
func (s *Spec) New(id int) Fault {
	switch {
	case len(s.Crash.Who) > 0:
		return &crash{CrashSpec: s.Crash}
	case len(s.Resign) > 0:
		return resign{who: s.Resign}
	case len(s.Partition) > 0:
		return partition{id: id, groups: s.Partition}
	default:
		return nameServer{}
	}
}

// Kinds returns how many kinds of trouble the spec names; a valid one has one.
func (s *Spec) Kinds() int {
	n := 0
	for _, given := range []bool{len(s.Crash.Who) > 0, len(s.Resign) > 0, len(s.Partition) > 0, s.NameServer} {
		if given {
			n++
		}
	}
	return n
}

// find resolves several selectors, in their order.
func find(w World, selectors []string) []actor.ID {
	var ids []actor.ID
	for _, s := range selectors {
		ids = append(ids, w.Find(s)...)
	}
	return ids
}
