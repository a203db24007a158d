package market

import (
	"souk/sim/actor"
	"souk/sim/vtime"
)

// Kind is the kind of a fact. The set is closed: observers switch on it.
type Kind uint8

// The facts, grouped as the log groups them. The comment names the fields that
// a fact uses besides At, Event and Actor.
const (
	// Joined: the actor is there. Item; N is 1 for a seller, 0 for a buyer.
	Joined Kind = iota
	// Ready: the actor knows a new trader and is ready to trade.
	Ready
	// Settling: the actor waits before it trades, because all traders are known
	// now, or because it announced a trader's death. N nanoseconds.
	Settling
	// Opened: the trader is ready to trade; without traders, the seller. Slot; N
	// traders known.
	Opened

	// ElectionStarted: the actor sent its first election messages. Term.
	ElectionStarted
	// ElectionAgain: fewer traders than wanted, so another election. N so far.
	ElectionAgain
	// Elected: the actor won, or was appointed; Peer announced it. Slot, Term.
	Elected
	// Recognised: the actor adopts Peer as trader. Slot, Term.
	Recognised

	// Picked: the seller chose an item to sell. Item, Qty.
	Picked
	// Registered: the seller knows that its deposit was stored. Item, Qty,
	// Amount a unit; Slot of the trader.
	Registered
	// Deposited: the warehouse stored goods. Peer seller, Item, Qty, Amount a
	// unit, N is the number of the seller's deposit.
	Deposited
	// DepositRepeated: the warehouse saw a deposit again and changed nothing.
	DepositRepeated

	// Issued: the buyer has a wish. Request, Item, Qty, Deadline.
	Issued
	// Retried: the buyer sends it again. Request, Item, Peer trader, Deadline.
	Retried
	// Queued: the trader has it in its queue; in a market without traders the
	// seller is its own, here and in all that follows. Request, Item, Qty, Slot.
	Queued
	// Started: a worker of the trader takes it. Request, Item, Slot.
	Started
	// Finished: the worker is free again. Request, Slot.
	Finished
	// Answered: the trader told the buyer the outcome and holds the request no
	// more. Request, Slot.
	Answered
	// Accepted: the trader serves it from its cache. Request, Item, Qty, Slot;
	// N is what the cache showed before.
	Accepted
	// Asked: the trader asks the warehouse. Request, Item, Slot.
	Asked
	// Denied: the trader refuses on its cache alone. Request, Item, Qty, Slot.
	Denied
	// Confirmed: the trader promised Qty units to the buyer. Request, Item, Slot.
	Confirmed
	// Sold: the warehouse shipped. Request, Item, Qty, Peer seller, Trader,
	// Amount in all, Cut the trader's part of it, N left with that seller.
	Sold
	// Refused: the warehouse has nothing to ship. Request, Item, Qty, Trader,
	// Outcome; N is 1 if a trader had accepted on its cache.
	Refused
	// Replayed: the warehouse saw a request again and answered from its
	// record. Request.
	Replayed
	// Unavailable: the trader told the buyer that it can't be had. Request, Item.
	Unavailable
	// Paid: the seller heard of a sale. Request, Item, Amount earned, Peer
	// buyer, N units left.
	Paid
	// Ended: the buyer knows the outcome. Request, Item, Qty got, Peer seller,
	// Outcome, Slot and Trader, Amount; Since is when it was issued.
	Ended
	// Revoked: the buyer hears that a confirmed purchase won't come after all.
	// Request, Item, Qty.
	Revoked
	// Late: an answer reached a buyer that had given up. Request, Outcome.
	Late

	// PeerSynced: the trader tells Peer, a trader in seat N, what it sold. Slot.
	PeerSynced
	// PullStarted: the trader asks the warehouse for its stock. Slot.
	PullStarted
	// Pulled: the trader's cache is a fresh copy. Slot, N the stock's version.
	Pulled

	// Suspected: the trader believes Peer, a trader, dead. Slot is Peer's.
	Suspected
	// Bereaved: the actor hears that Peer died or resigned, or hears nothing from it;
	// N is the Bereavement. Slot is Peer's.
	Bereaved
	// WronglySuspected: the actor hears of its own death. Slot.
	WronglySuspected
	// TookOver: the trader inherits a request. Request, Item, Peer its former
	// trader, Slot.
	TookOver
	// Reloaded: the trader gets its own request back. Request, Item, Slot.
	Reloaded
	// Dropped: the trader no longer holds the request: a crash or a takeover.
	// Request, Slot.
	Dropped
	// Resigned: the trader gives up its office. Slot.
	Resigned
	// Returned: the trader is back after a crash, or was wrongly suspected, and
	// renews its claim. Slot, Term; with N 1 it is not new, but others remember it.
	Returned

	// WorkBegan: the warehouse serves an operation. N operations under way.
	WorkBegan
	// WorkEnded: it is done. N operations under way.
	WorkEnded

	// MessageSent: Peer is the receiver, N the message kind. Request; further
	// fields as the market's Describe says.
	MessageSent
	// MessageDelivered: Peer is the sender, N the message kind. Request.
	MessageDelivered
	// MessageLost: Peer is the receiver, N the message kind, Term the reason, a
	// network.Fate.
	MessageLost
	// Crashed: the actor is down.
	Crashed
	// Restarted: the actor is up again; N is 1 if it remembers.
	Restarted
	// FaultBegan: a fault begins. N is its place in the plan.
	FaultBegan
	// FaultMissed: it struck nobody. N.
	FaultMissed
	// FaultEnded: it is over. N.
	FaultEnded
	// Closing: the stop condition is met; only what is under way goes on.
	Closing

	// The facts below come last because the numbers of the others are part of the
	// digests.

	// Resting: the trader announced a death and serves nothing for a while. Slot,
	// N nanoseconds.
	Resting

	// Withdrawn: the seller took goods off sale. Peer seller, Item, Qty.
	Withdrawn
	// Routed: the buyer chose Peer, a seller, on its own view of the market.
	// Request, Item, Qty, Deadline; N is what that view shows there.
	Routed
	// Checked: the seller looked whether it has enough. Request, Item, Qty; N is
	// the stock on its record.
	Checked
	// Connected: the buyer is welcome at Peer, a seller. N nanoseconds is the
	// round trip.
	Connected
	// Disconnected: the actor's connection to Peer is over. N says why, see
	// market.Ending.
	Disconnected
	// Left: the actor leaves the market in good order. Slot of a seller, or -1.
	Left
	// Listed: the buyer was told to list its view; one fact a seller, or one
	// without a Peer if it knows none. Peer, Item, Qty units, Amount a unit, N
	// nanoseconds until the item changes, or -1.
	Listed

	// LookedUp: the buyer asks its neighbours who sells. Request, Item, Qty; N is
	// the most hops, Term the number of the look-up.
	LookedUp
	// Visited: the peer sees a look-up for the first time. Peer passed it on,
	// Request, Item; N hops are left, Term is the number of the look-up.
	Visited
	// Suppressed: the peer sees a look-up again and drops it. As Visited.
	Suppressed
	// Offered: the peer has what a look-up seeks and replies. Request, Item; N
	// units on sale, Term is the number of the look-up.
	Offered

	// Paused: the actor stands still, as in a collection of garbage.
	Paused
	// Resumed: it goes on, with all that came in the meantime. N of those.
	Resumed
	// ClockSet: the actor's clock was set or runs at another pace. N nanoseconds
	// of a jump; Term the pace before and Qty the pace now, in millionths.
	ClockSet
	// Afflicted: the actor misbehaves from now on, or no more. Term is the
	// actor.Ailment; N is 1 when it begins.
	Afflicted

	// Barred: the warehouse, or the queue store, learns that a seat's writes count
	// only from Term on. Peer told it; Slot, Term.
	Barred
	// Fenced: it turned down a write of Peer, a trader, from an outdated term.
	// Request, Slot, Term of the write, N the term that counts.
	Fenced
	// Superseded: the trader hears that its term is over and lets go of a request.
	// Request, Slot.
	Superseded
	// Failed: the warehouse told Peer, a trader, that an operation failed.
	// Request; N is 1 if it took effect nevertheless.
	Failed
	// Abandoned: the trader does not know whether a request took effect, may not
	// ask again, and says so to the buyer. Request, Item, Qty, Slot.
	Abandoned
	// MessageDuplicated: a second copy is on its way. As MessageSent.
	MessageDuplicated
	// MessageHeld: it waits for the end of a clog. As MessageSent.
	MessageHeld
	// ReadStale: the warehouse showed Peer, a trader, its stock as it was. N changes
	// behind, Version of what it showed.
	ReadStale
	kinds
)

// Bereavement says how an actor knows that a trader is gone.
type Bereavement int64

// The bereavements.
const (
	// Told: the trader's heir said that it is dead.
	Told Bereavement = iota
	// Goodbye: it said so itself when it resigned.
	Goodbye
	// Noticed: the actor has not heard of it for too long.
	Noticed
)

// Ending says why a connection is over.
type Ending int64

// The endings.
const (
	// Broken: the other end died.
	Broken Ending = iota
	// Closed: the other end said goodbye.
	Closed
	// Hung: the other end did not answer in time.
	Hung
	// Gap: messages of the other end are missing.
	Gap
)

func (e Ending) String() string {
	return [...]string{"the connection broke", "it said goodbye", "it does not answer", "messages were lost"}[e]
}

// Kinds is the number of kinds of fact.
const Kinds = int(kinds)

// Fact is one thing that happened. It is a flat value; which fields count
// depends on Kind.
type Fact struct {
	Kind    Kind
	Outcome Outcome
	Slot    int16
	Item    Item
	Qty     int32
	Actor   actor.ID
	Peer    actor.ID
	Trader  actor.ID
	Term    uint32
	At      vtime.Time
	// Event is the number of the event in which the fact was stated.
	Event   uint64
	Request RequestID
	Amount  Money
	Cut     Money
	N       int64
	// Version counts the changes of the stock: in what the warehouse did, after it;
	// in what a trader decided or took in, of the copy on which it did so. 0 is
	// unknown. It is not part of the digest.
	Version  uint64
	Deadline vtime.Time
	Since    vtime.Time
	// Facts are copied 16 bytes at a time. With 8 left over, the last two steps would
	// overlap, and the next copy would wait for both.
	_ [8]byte
}

// Observer reads facts. It may end the run by returning an error, which says
// that the simulator itself is wrong; it can change nothing else.
type Observer interface {
	// Wants lists the kinds that the observer is shown.
	Wants() []Kind
	Observe(f *Fact) error
}

// Recounter is an observer that compares what it made of the facts with the
// actors' own fields. It does so between two events, when all facts of what
// happened have been stated: in the middle of one an actor is ahead of them.
type Recounter interface {
	Observer
	Recount(now vtime.Time) error
}
