// Package actor is the contract between the actors of a market and the world
// that runs them. An actor gets one Input and answers with effects in an
// Outbox; it performs none of them. It cannot see the clock, the network or
// another actor's fields, which is what makes a run repeatable and a single
// step testable without a world.
package actor

import (
	"slices"

	"souk/sim/vtime"
)

// ID numbers the actors of a run densely from 0.
type ID int32

// None is nobody.
const None ID = -1

// Trigger says why an actor is stepped.
type Trigger uint8

// The triggers.
const (
	// Start is the first input of every actor, at time 0, in order of ID.
	Start Trigger = iota
	// Receive brings a message.
	Receive
	// Timeout brings a timer that the actor set in its present life.
	Timeout
	// Restart is the first input after a crash. The timers of the former life
	// are gone, and so is whatever Reboot dropped.
	Restart
	// Resign asks the actor to give up its office in good order.
	Resign
	// Close asks the actor to begin nothing new: the run has reached its stop
	// condition and only waits for what is under way.
	Close
	// Broken tells the actor that its connection to From, which died, broke.
	Broken
	// Afflict sets how the actor misbehaves from now on, as Input.Affliction says:
	// faults in what it does itself, which the world cannot act out for it.
	Afflict
)

// Ailment is a way in which an actor can misbehave.
type Ailment uint8

// The ailments. They are a service's: the bazaar's warehouse knows them all.
const (
	// Errors: an operation fails, without effect, and its client is told so.
	Errors Ailment = iota
	// LateErrors: an operation takes effect, and its client is told that it failed.
	LateErrors
	// StaleReads: a read shows the state of the moment in which the ailment began.
	StaleReads
	// Ailments is their number.
	Ailments
)

// Affliction is an ailment and how often it strikes: with the chance of
// Chance in 2^64 at each operation; 0 is the recovery.
type Affliction struct {
	Ailment Ailment
	Chance  uint64
}

// Timer is an actor's note to itself. Guard names what the timer watches (a
// request, a worker's job): an actor ignores a timer whose guard is no longer
// current instead of searching for it to cancel it.
type Timer struct {
	Kind  uint16
	Guard uint32
}

// Input is the one thing that an actor reacts to in a step.
type Input[M any] struct {
	Trigger Trigger
	// Now is the time by the actor's own clock.
	Now  vtime.Time
	Self ID
	// From is set on Receive and Broken, Msg on Receive. The message must not be
	// changed or kept.
	From ID
	Msg  *M
	// Timer is set on Timeout.
	Timer Timer
	// Affliction is set on Afflict.
	Affliction Affliction
}

// Send is a message on its way out.
type Send[M any] struct {
	To  ID
	Msg M
}

// Wake is a timer to be set.
type Wake struct {
	After vtime.Duration
	Timer Timer
	// Work: the time is what the actor needs to do something, not one that it
	// reads off its clock.
	Work bool
}

// Outbox collects the effects of one step: messages of type M, timers, and
// facts of type F. The world carries them out in this order once the step is
// over: facts, messages, timers.
type Outbox[M, F any] struct {
	Facts []F
	Sends []Send[M]
	Wakes []Wake
	// Moved is set when the step changed which actor answers to a role's name,
	// as an election does; the world then looks names up anew.
	Moved bool
}

// Say records a fact for the observers. The sender may complete what it returns
// until it says the next one.
func (o *Outbox[M, F]) Say(f F) *F {
	o.Facts = append(o.Facts, f)
	return &o.Facts[len(o.Facts)-1]
}

// Send puts a message on its way.
func (o *Outbox[M, F]) Send(to ID, m M) *M {
	n := len(o.Sends)
	if n == cap(o.Sends) {
		o.Sends = slices.Grow(o.Sends, 1)
	}
	o.Sends = o.Sends[:n+1]
	// In place: to put a Send together first would copy the message once more.
	o.Sends[n].To, o.Sends[n].Msg = to, m
	return &o.Sends[n].Msg
}

// After sets a timer by the actor's clock. It fires once, unless the actor
// crashes first.
func (o *Outbox[M, F]) After(d vtime.Duration, t Timer) {
	o.Wakes = append(o.Wakes, Wake{After: d, Timer: t})
}

// Takes sets a timer for the end of some work of the actor's own: an actor that
// is slowed down needs longer for it, whatever its clock shows.
func (o *Outbox[M, F]) Takes(d vtime.Duration, t Timer) {
	o.Wakes = append(o.Wakes, Wake{After: d, Timer: t, Work: true})
}

// RolesMoved says that names such as trader1 now mean somebody else.
func (o *Outbox[M, F]) RolesMoved() { o.Moved = true }

// Reset empties the outbox and keeps its memory.
func (o *Outbox[M, F]) Reset() {
	o.Facts, o.Sends, o.Wakes, o.Moved = o.Facts[:0], o.Sends[:0], o.Wakes[:0], false
}

// System is a market made of actors.
type System[M, F any] interface {
	// Actors returns how many actors there are; it does not change.
	Actors() int
	// Peers returns how many of them, counted from 0, sit on the overlay
	// graph. The others (a warehouse) are reached directly by everybody.
	Peers() int
	// Step handles one input of one actor.
	Step(in *Input[M], out *Outbox[M, F])
	// Reboot drops what an actor that crashed does not remember: its volatile
	// fields, and without memory also what it would have saved.
	Reboot(id ID, memory bool)
	// Find returns the actors that a selector names at this moment, in order
	// of ID: a name (buyer7), a role (trader1), a pattern (seller*), a range
	// (peer0..peer4), or all.
	Find(selector string) []ID
	// Name returns an actor's printed name.
	Name(id ID) string
	// MessageKind returns a small dense number for a message's kind, and the
	// request it is about (0 for none); both feed the digest and the trace.
	MessageKind(m *M) (kind uint8, request uint64)
	// Describe notes in a fact about a message what the trace tells of it, beyond
	// its kind and request. It is called for traced messages only.
	Describe(m *M, f *F)
	// Connected returns the actors that have a connection to one: they notice
	// when it dies.
	Connected(id ID) []ID
}
