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
	// Measure names the measure that says how far a run is from the invariant, also
	// where it is skipped.
	Measure string `json:"measure,omitempty"`
}

// Break marks the verdict of an invariant that the last recount found broken.
func (v *Verdict) Break() { v.State, v.Result = Broken, Broken.String() }

// Setting is what the invariants need to know of a run.
type Setting struct {
	Name   func(actor.ID) string
	Actors int
	// Peers are the first of the actors; the others are services.
	Peers int
	Items int
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
	LookUps bool
	// Partial: an order may get a part of its quantity.
	Partial    bool
	Commission market.Share
	// TakeoverWithin is how long it takes at most, in a calm network, from a
	// trader's crash until another has its queue; 0 if nobody can say.
	TakeoverWithin vtime.Duration
	// Patience is how long a request lives at most after the run closed.
	Patience vtime.Duration
	// Drain is how long the run waits for it.
	Drain vtime.Duration
	// WarmUp is the time before which nothing counts.
	WarmUp vtime.Duration

	// Numbered: a deposit that is sent again is stored once.
	Numbered bool
	// Fenced: writes from an outdated term are turned down.
	Fenced bool
	// Versioned: a cache takes in no snapshot that is older than its last.
	Versioned bool
	// Increasing: a cached count can rise without the warehouse's word, because a
	// trader takes over another's count as it is.
	Increasing bool
	// Replaced: a vacant seat is filled again. Preempted: the highest ids take the
	// seats back when they are there.
	Replaced, Preempted bool
	// Termless: a peer believes every victory that it hears of, whatever its term.
	Termless bool
	// PullEvery is how often a cache is refreshed, TTL for how long it is believed;
	// 0 is never, and for ever.
	PullEvery, TTL vtime.Duration
	// SettleWithin is how long it takes at most, without sales or trouble, until
	// every copy of the stock is right; AgreeWithin until all agree who leads, and
	// AgreeFrom when they do for the first time.
	SettleWithin, AgreeWithin, AgreeFrom vtime.Duration
	// Crash says that a fault, by its place in the plan, is a crash: while it lasts
	// somebody is missing, and nothing else is wrong.
	Crash func(plan int) bool
	// Unmet says which assumptions this scenario does not meet.
	Unmet Unmet
	// Counts takes what goes wrong where it may; nil if nobody wants to know.
	Counts *Counts

	books *ledger
}

// Unmet says, for each invariant that holds under assumptions about the whole
// scenario, which of them is not met; empty if all are.
type Unmet struct {
	// Oversell is about O3, OneLeader about E2, Agreement about E3, FIFO about T5,
	// Quiescence about C1, Copies about C2, Age about C3, Standing about queues at
	// which nobody works (R2).
	Oversell, OneLeader, Agreement, FIFO, Quiescence, Copies, Age, Standing string
}

// Counts is what went wrong and may: each count belongs to an invariant whose
// assumptions the scenario does not meet.
type Counts struct {
	// LeadersMax is the most peers that believed at once that they lead (E2), and
	// SplitBrain the time in which they were more than seats or two in one.
	LeadersMax int
	SplitBrain vtime.Duration
	// TermRegressions are seats that a peer gave to a claim older than one that it
	// had adopted before (E4).
	TermRegressions uint64
	// ZombieWrites are sales by a trader for a request that another had taken over
	// from it (E5).
	ZombieWrites uint64
	// Duplicates are sales for a request that had one, of so many units (T2).
	Duplicates     uint64
	DuplicateUnits int64
	// Lost are requests whose buyer will never know what became of them (T3).
	Lost uint64
	// RepeatedDeposits were applied although their number had been (G3).
	RepeatedDeposits uint64
	// Inversions are requests that were served before an earlier one of their buyer
	// (T5).
	Inversions uint64
	// VersionRegressions are snapshots that replaced a newer one (C4).
	VersionRegressions uint64
	// Answers are those of which the version is known; SessionViolations the ones
	// that contradict what their buyer had seen or done before (X1).
	Answers, SessionViolations uint64
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

// All returns every checker for a run. Each is shown a fact before the next one.
func All(s Setting) []Checker {
	if s.Counts == nil {
		s.Counts = &Counts{}
	}
	if s.Crash == nil {
		s.Crash = func(int) bool { return false }
	}
	s.books = &ledger{auditor: s.Auditor}
	s.books.held.Closely = s.Actors <= mostClosely
	all := []Checker{newGoods(s), newMoney(s), newRequests(s), newStrict(s)}
	if !s.LookUps {
		all = append(all, newCopies(s))
	}
	if s.Seats > 0 {
		all = append(
			all, newAllowance(s), newTerms(s), newLeaders(s), newAgreement(s), newAdopted(s), newFences(s),
			newTurns(s), newAge(s), newHistory(s), newStanding(s),
		)
	}
	if s.LookUps {
		all = append(all, newFloods(s))
	}
	return all
}

// mostClosely is the number of actors up to which every recount looks at each
// copy of the stock and not only the last one, because copies grow with the square
// of the market.
const mostClosely = 2000

// counts says that what happens at a time counts.
func (s *Setting) counts(at vtime.Time) bool { return at >= vtime.Time(0).Add(s.WarmUp) }

// count adds one to a count if what happens at a time counts.
func (s *Setting) count(of *uint64, at vtime.Time) {
	if s.counts(at) {
		*of++
	}
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
	measure       string
}

func (r *rule) verdict() Verdict {
	v := Verdict{ID: r.id, Statement: r.statement, Checks: r.checks, Measure: r.measure}
	switch {
	case r.skipped != "":
		v.State, v.Note = Skipped, r.skipped
	case r.checks == 0:
		v.State = NotExercised
	}
	v.Result = v.State.String()
	return v
}
