// Package fault holds what can go wrong in a run, and when. A fault acts on
// the world through the narrow World interface; one file holds one kind.
package fault

import (
	"slices"

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

// Fault is one kind of trouble. A plan that repeats without an end begins it
// again and again; whatever else, End comes after a Begin.
type Fault interface {
	// Begin returns how many actors, groups or services it struck.
	Begin(w World, draw *rng.Stream) int
	End(w World)
	// String says what the fault does, for the log.
	String() string
}

// Kind is one line of the table of faults: its name in a scenario, what it
// does, which argument it takes, and how to make it.
type Kind struct {
	Name, Doc string
	Takes     Argument
	// Momentary: it happens and is over; it has no end to wait for.
	Momentary bool
	New       func(id int, s *Spec) Fault
}

// Argument says what a kind of fault is given in a scenario.
type Argument int

// The arguments.
const (
	// Actors: a list of selectors, such as trader1.
	Actors Argument = iota
	// Groups: lists of selectors.
	Groups
	// Flag: nothing but true.
	Flag
)

// Kinds is the table of faults.
func Kinds() []Kind {
	return []Kind{
		{"crash", "Who stops at once: a name, role or pattern, such as trader1, or a list of them.", Actors, false, newCrash},
		{"resign", "Who leaves in good order: traders give up their office, sellers and buyers of the other markets say goodbye.", Actors, true, newResign},
		{"partition", "Groups that cannot reach each other, such as [[trader0], [warehouse]].", Groups, false, newPartition},
		{"name_server_down", "Whether the name server is out.", Flag, false, newNameServer},
	}
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

// Spec says what happens. Exactly one kind of the table has its argument.
type Spec struct {
	given []argument
	Pick  Pick
	// Amnesia drops on restart what an actor would have remembered.
	Amnesia bool
}

// argument is what a kind was given.
type argument struct {
	actors []string
	groups [][]string
	flag   bool
}

func (a *argument) empty() bool { return len(a.actors) == 0 && len(a.groups) == 0 && !a.flag }

// at returns the argument of the kind in a place of the table.
func (s *Spec) at(kind int) *argument {
	if s.given == nil {
		s.given = make([]argument, len(Kinds()))
	}
	return &s.given[kind]
}

// Actors is the place of an argument of actors.
func (s *Spec) Actors(kind int) *[]string { return &s.at(kind).actors }

// Groups is the place of an argument of groups.
func (s *Spec) Groups(kind int) *[][]string { return &s.at(kind).groups }

// Flag is the place of a flag.
func (s *Spec) Flag(kind int) *bool { return &s.at(kind).flag }

// Given lists the places of the kinds that have an argument; in a valid spec
// it is one.
func (s *Spec) Given() []int {
	var kinds []int
	for kind := range s.given {
		if !s.given[kind].empty() {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// New builds the fault of a valid spec. id is the plan's place in the
// scenario.
func (s *Spec) New(id int) Fault { return Kinds()[s.Given()[0]].New(id, s) }

// Momentary says that the fault of a valid spec is over as soon as it begins.
func (s *Spec) Momentary() bool { return Kinds()[s.Given()[0]].Momentary }

// argument returns the one argument of a valid spec.
func (s *Spec) argument() *argument { return s.at(s.Given()[0]) }

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
