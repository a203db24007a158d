// Package check holds the invariants that every run is checked against, as
// the project's INVARIANTS list numbers them. A checker observes facts and
// steers nothing; the first breach ends the run, because it means that the
// simulator itself is wrong. What is counted from facts is recounted from the
// actors' own fields now and then and at the end.
package check

import (
	"fmt"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/vtime"
)

// State is what a checker has to say at the end.
type State uint8

// The states. A checker that saw nothing to check never says Holds.
const (
	Holds State = iota
	NotExercised
	// Skipped: the assumptions under which the invariant holds were not met.
	Skipped
	Broken
)

func (s State) String() string {
	return [...]string{"holds", "not exercised", "skipped", "broken"}[s]
}

// Verdict is the end of one invariant's story.
type Verdict struct {
	ID        string `json:"id"`
	Statement string `json:"statement"`
	State     State  `json:"-"`
	Result    string `json:"result"`
	// Checks is how often the invariant was put to the test.
	Checks uint64 `json:"checks"`
	Note   string `json:"note,omitempty"`
}

// Break marks the verdict of an invariant that the last recount found broken.
func (v *Verdict) Break() { v.State, v.Result = Broken, Broken.String() }

// Setting is what the invariants need to know of a run.
type Setting struct {
	Name   func(actor.ID) string
	Actors int
	Items  int
	// Seats is the number of traders. Without any, sellers serve buyers.
	Seats   int
	Auditor market.Auditor
	// Strict: whoever has the goods decides every request on what is there, and
	// nobody is told yes before.
	Strict bool
	// Reserved: goods are taken off the stock before a buyer is told that it will
	// get them; where sellers serve buyers themselves, this is all of strictness.
	Reserved bool
	// Durable: a trader's queue outlives it.
	Durable bool
	// Delivery is how often a request takes effect.
	Delivery market.Delivery
	// LookUps: buyers search the network, peer by peer.
	LookUps    bool
	Commission market.Share
	// TakeoverWithin is how long it takes at most, in a calm network, from a
	// trader's crash until another has its queue; 0 if nobody can say.
	TakeoverWithin vtime.Duration
	// Patience is how long a request lives at most after the run closed.
	Patience vtime.Duration
	// Drain is how long the run waits for it.
	Drain vtime.Duration
}

// Ending is what the invariants need to know of a run's end.
type Ending struct {
	// Drained: nothing was under way any more.
	Drained bool
	// Closed: the run reached its stop condition (it was not cut short).
	Closed bool
	Now    vtime.Time
}

// Checker watches over one or more invariants. Those that keep books are
// market.Recounters too.
type Checker interface {
	market.Observer
	// Finish does the last recount and gives the verdicts.
	Finish(Ending) ([]Verdict, error)
}

// All returns every checker for a run.
func All(s Setting) []Checker {
	all := []Checker{newGoods(s), newMoney(s), newRequests(s), newStrict(s)}
	if s.Seats > 0 {
		all = append(all, newTerms(s))
	}
	if s.LookUps {
		all = append(all, newFloods(s))
	}
	return all
}

// Breach is a broken invariant.
type Breach struct{ ID, Detail string }

func (b *Breach) Error() string { return fmt.Sprintf("invariant %s broken: %s", b.ID, b.Detail) }

func breach(id, format string, args ...any) error {
	return &Breach{ID: id, Detail: fmt.Sprintf(format, args...)}
}

// rule counts how often an invariant was put to the test.
type rule struct {
	id, statement string
	checks        uint64
	skipped       string
}

func (r *rule) verdict() Verdict {
	v := Verdict{ID: r.id, Statement: r.statement, Checks: r.checks}
	switch {
	case r.skipped != "":
		v.State, v.Note = Skipped, r.skipped
	case r.checks == 0:
		v.State = NotExercised
	}
	v.Result = v.State.String()
	return v
}
