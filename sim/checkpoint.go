package sim

import (
	"fmt"

	"souk/sim/actor"
	"souk/sim/vtime"
)

// CheckpointEvery is the number of events between two checkpoints.
const CheckpointEvery = 1024

// Checkpoint is what a run had come to after so many events. Two runs whose
// checkpoints agree did the same so far.
type Checkpoint struct {
	Events uint64
	Now    vtime.Time
	Digest Digest
}

// Event is an event that was handled, for those who compare runs.
type Event struct {
	// Number counts the events from 1. What happens before the first one, as the
	// actors start, is stated with the number 0.
	Number uint64
	At     vtime.Time
	// Kind says what happened, in a word or two; Target is to whom.
	Kind   string
	Target actor.ID
	// Tag is the kind of a timer, or 0 for the beginning of a fault or of the
	// drain and 1 for its end.
	Tag uint16
	// Digest is the run's after the event.
	Digest Digest
}

// kindNames are the kinds of event in words, by their constants.
var kindNames = [...]string{deliver: "delivery", wake: "timer", mishap: "fault", closing: "closing", sever: "broken connection", ring: "timer", asked: "trigger"}

// Who says what the event is and whom it is for; name returns an actor's name.
func (e *Event) Who(name func(actor.ID) string) string {
	phase := "begins"
	if e.Tag == end {
		phase = "ends"
	}
	switch e.Kind {
	case kindNames[wake]:
		return fmt.Sprintf("timer %d of %s", e.Tag, name(e.Target))
	case kindNames[mishap]:
		return "a fault " + phase
	case kindNames[closing]:
		return "the drain " + phase
	}
	return e.Kind + " to " + name(e.Target)
}
