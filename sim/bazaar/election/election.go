// Package election holds the ways in which the peers of a bazaar choose their
// traders, one algorithm a file. An algorithm reacts to one input of one voter
// and answers through Out; it sees no clock and sends nothing itself.
package election

import (
	"slices"

	"souk/sim/actor"
	"souk/sim/vtime"
)

// Algorithm names an algorithm in a scenario.
type Algorithm int

// The algorithms.
const (
	// Bully elects by the highest id (Garcia-Molina 1982, as the report
	// states it).
	Bully Algorithm = iota
	// Appointed makes the highest ids traders from the start, without a
	// message: for runs in which the election is not the question.
	Appointed
)

// Mode says how several traders are elected.
type Mode int

// The modes.
const (
	// Sequential holds one election after another; the elected no longer stand.
	Sequential Mode = iota
	// AtOnce elects all traders in a single election.
	AtOnce
)

// Vacancy says what happens when there are fewer traders than wanted after
// trading began.
type Vacancy int

// The ways to deal with a vacancy.
const (
	// CarryOn leaves the work to the traders that remain.
	CarryOn Vacancy = iota
	// Replace elects a new trader.
	Replace
)

// Config describes the elections of a run.
type Config struct {
	Algorithm Algorithm
	Mode      Mode
	Vacancy   Vacancy
	// Peers is how many there are, Seats how many of them become traders.
	Peers, Seats int
	// Starter calls the first election, StartDelay after the start of the run.
	// Others stand in for it, and for the restarter, if it is down.
	Starter    actor.ID
	StartDelay vtime.Duration
	// Restarter calls the following ones, Interval after the last was decided.
	// When it holds a seat itself, the next higher id without one does.
	Restarter actor.ID
	Interval  vtime.Duration
	// AnswerTimeout is how long a voter waits for an answer before it takes
	// all higher peers for dead.
	AnswerTimeout vtime.Duration
	// Termless: a voter believes every claim to a seat, whatever its term, so that
	// one that comes late or twice counts like a new one.
	Termless bool
	// Preempt: a voter that is back, or learns of a leader with a lower id than its
	// own, calls an election even if all seats are taken; the winner takes the seat
	// of the leader with the lowest id.
	Preempt bool
	// AllCall: every voter without a seat calls an election as soon as it learns
	// of a vacancy, instead of one after the other.
	AllCall bool
	// AnnounceGap is the time between one message of an announcement and the
	// next.
	AnnounceGap vtime.Duration
}

// Leader is a peer that holds a seat as trader. Of two claims to one seat, the
// one with the higher (Term, ID) counts.
type Leader struct {
	ID   actor.ID
	Slot int16
	Term uint32
}

func (l Leader) newer(than Leader) bool {
	return l.Term > than.Term || l.Term == than.Term && l.ID > than.ID
}

// Kind is the kind of an election message.
type Kind uint8

// The messages.
const (
	// Elect: the sender, a lower peer, calls an election.
	Elect Kind = iota
	// Doubt: the same, and nobody with a seat answers the caller any more, so
	// those with a seat are asked as well.
	Doubt
	// OK: the sender is alive and higher; the receiver drops out.
	OK
	// Won: Leader holds a seat.
	Won
)

// Message is what voters tell each other.
type Message struct {
	Kind   Kind
	Term   uint32
	Leader Leader
}

// Out takes a voter's effects.
type Out interface {
	Send(to actor.ID, m Message)
	// After asks for Expire with this guard.
	After(d vtime.Duration, guard uint32)
	// Called says that the voter began an election.
	Called(term uint32)
	// Again says that another election is due, with so many seats taken.
	Again(taken int)
	// Seated says that the voter itself won a seat, as announced by a winner,
	// itself or another.
	Seated(l Leader, by actor.ID)
	// Reinstated says that others remember the voter's own seat, which it had
	// forgotten.
	Reinstated(l Leader)
	// Recognised says that the voter adopted another's claim to a seat.
	Recognised(l Leader)
	// Missing says that the voter dropped a leader that gave no answer.
	Missing(l Leader)
	// Unseated says that another took the voter's own seat.
	Unseated(by Leader)
}

// Voter is one peer's part in elections.
type Voter struct {
	Self actor.ID
	// Leaders are the traders that this voter knows, by slot. The slice is
	// shared between voters and never written in place.
	Leaders []Leader
	// Term is the highest that the voter has seen. Invariant: it never
	// decreases.
	Term uint32
	// Complete: once, all seats were taken. Seats that fall vacant after that
	// are a matter of Config.Vacancy.
	Complete bool
	// abstains: the voter resigned and does not stand until all seats are taken.
	abstains bool
	// stood is the term of the last election in which the voter stood, or whose
	// outcome it knows.
	stood uint32
	// held is the term in which the voter last took a seat.
	held  uint32
	phase phase
	// doubting: the election of term stood is one of Doubt.
	doubting bool
	// planned is the term in which the voter is to call another election after a
	// wait, 0 if it is not.
	planned uint32
	// campaign is nil until the voter takes a part in an election.
	campaign *campaign
}

// campaign is what only a voter in the middle of an election has: most of a
// million never are.
type campaign struct {
	// heard lists those who gave a sign of life in the election of term stood: the
	// lower peers that called this voter, and the leaders that answered it.
	heard []actor.ID
	// telling is what the voter has yet to announce, if announcements take time.
	telling []announcement
}

// campaigning returns the voter's campaign, which it begins if need be.
func (v *Voter) campaigning() *campaign {
	if v.campaign == nil {
		v.campaign = &campaign{}
	}
	return v.campaign
}

func (c *campaign) hear(from actor.ID) { c.heard = append(c.heard, from) }

// announcement is a claim that everybody from next on has yet to hear.
type announcement struct {
	Leader
	next actor.ID
}

type phase uint8

const (
	idle phase = iota
	// standing: waiting for a higher peer to answer.
	standing
	// collecting: no higher peer to ask; waiting for the lower ones to report.
	collecting
	// yielding: a higher peer answered; waiting for its victory.
	yielding
)

// Rules is an algorithm at work.
type Rules interface {
	// Start is a voter's first input.
	Start(v *Voter, out Out)
	Hear(v *Voter, from actor.ID, m Message, out Out)
	Expire(v *Voter, guard uint32, out Out)
	// Review makes the voter look whether an election is needed that nobody calls:
	// when it is back after a crash, and now and then.
	Review(v *Voter, out Out)
	// Vacated tells the voter that a seat is vacant since it last knew.
	Vacated(v *Voter, out Out)
	// Doubt tells the voter that the last trader that it knows does not answer.
	Doubt(v *Voter, out Out)
}

// Entry is one line of the table of algorithms: its name in a scenario, who
// wins by it, and how to make its rules.
type Entry struct {
	Name, Doc string
	New       func(Config) Rules
}

// Algorithms is the table of algorithms, in the order of their constants.
func Algorithms() []Entry {
	return []Entry{
		Bully:     {"bully", "the highest id that answers", func(c Config) Rules { return &bully{c} }},
		Appointed: {"appointed", "the highest ids, from the start and without a message", newAppointed},
	}
}

// New returns the rules of a run's elections.
func New(c Config) Rules { return Algorithms()[c.Algorithm].New(c) }

// Seat returns the leader that holds a slot.
func (v *Voter) Seat(slot int16) (Leader, bool) {
	for _, l := range v.Leaders {
		if l.Slot == slot {
			return l, true
		}
	}
	return Leader{}, false
}

// Leads returns the seat that a peer holds in this voter's eyes.
func (v *Voter) Leads(id actor.ID) (Leader, bool) {
	for _, l := range v.Leaders {
		if l.ID == id {
			return l, true
		}
	}
	return Leader{}, false
}

// Remove forgets a leader and says whether it was one.
func (v *Voter) Remove(id actor.ID) bool {
	i := slices.IndexFunc(v.Leaders, func(l Leader) bool { return l.ID == id })
	if i < 0 {
		return false
	}
	v.Leaders = slices.Concat(v.Leaders[:i], v.Leaders[i+1:])
	return true
}

// StandDown gives up the voter's own seat, and its candidacy until all seats
// are taken.
func (v *Voter) StandDown() {
	v.Remove(v.Self)
	v.abstains = true
}

// Abstains says that the voter resigned and does not stand for now.
func (v *Voter) Abstains() bool { return v.abstains }

// adopt puts a claim to a seat into the voter's view. It returns false for a
// claim that is known or outdated.
func (v *Voter) adopt(l Leader, termless bool) bool {
	v.Term = max(v.Term, l.Term)
	switch held, taken := v.Seat(l.Slot); {
	case taken && held == l:
		return false
	case termless:
	case taken && !l.newer(held):
		return false
	}
	if held, leads := v.Leads(l.ID); leads && held.newer(l) && !termless {
		return false
	}
	rest := make([]Leader, 0, len(v.Leaders)+1)
	for _, other := range v.Leaders {
		if other.Slot != l.Slot && other.ID != l.ID {
			rest = append(rest, other)
		}
	}
	at := 0
	for at < len(rest) && rest[at].Slot < l.Slot {
		at++
	}
	v.Leaders = slices.Insert(rest, at, l)
	return true
}

// freeSlot returns the lowest slot that nobody holds.
func (v *Voter) freeSlot() int16 {
	slot := int16(0)
	for _, l := range v.Leaders {
		if l.Slot == slot {
			slot++
		}
	}
	return slot
}

// sit takes a seat, or takes it again.
func (v *Voter) sit(l Leader, by actor.ID, out Out) {
	if l.Term <= v.held {
		out.Reinstated(l)
		return
	}
	v.held = l.Term
	out.Seated(l, by)
}

// Learn takes note of a term that is over.
func (v *Voter) Learn(term uint32) { v.Term = max(v.Term, term) }

// Reassert renews a leader's own claim, after it was thought dead.
func (v *Voter) Reassert(slot int16) Leader {
	v.Term++
	l := Leader{ID: v.Self, Slot: slot, Term: v.Term}
	v.held = l.Term
	v.adopt(l, false)
	return l
}

// Forget drops what a voter does not remember after a crash without memory:
// everything but its terms, which are kept on disk, as Raft keeps them, so
// that no term is won twice, and that the first elections are over.
func (v *Voter) Forget() {
	*v = Voter{Self: v.Self, Term: v.Term, Complete: v.Complete, stood: v.stood, held: v.held}
}

// Reset drops what a crash takes even from a voter that remembers: its part in
// an election or announcement under way, whose timers are gone.
func (v *Voter) Reset() {
	v.phase, v.campaign = idle, nil
	v.planned = 0
}
