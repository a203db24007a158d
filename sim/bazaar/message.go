package bazaar

import (
	"souk/sim/actor"
	"souk/sim/bazaar/election"
	"souk/sim/market"
)

// MessageKind is the kind of a message.
type MessageKind uint8

// The messages, by who talks to whom.
const (
	// Vote carries an election.Message between peers.
	Vote MessageKind = iota
	// Heartbeat: trader to trader.
	Heartbeat
	// Death: a trader to all peers: Seller is dead, its Slot empty.
	Death
	// Resignation: a trader to all peers: the sender gave up its Slot; Seller
	// is its heir.
	Resignation
	// WhoLeads: a peer that lost its memory asks; it is answered with votes.
	WhoLeads

	// Deposit: seller to trader: Item, Qty, Price, Number.
	Deposit
	// Registered: trader to seller: the deposit Number is stored.
	Registered
	// Buy: buyer to trader: Request, Item, Qty, Number (see buyer.done).
	Buy
	// Bought: trader to buyer: Request, Qty, Seller, Price in all.
	Bought
	// NoSale: trader to buyer: Request failed with Outcome.
	NoSale
	// Revoked: trader to buyer: a confirmed Request won't be shipped.
	Revoked
	// NotTrader: a peer that is no trader (any more) returns Request or the
	// deposit Number.
	NotTrader
	// Paid: trader to seller: Request earned Price, Count units are left.
	Paid

	// Ship: trader to warehouse: Request, Item, Qty, and how (see Flags).
	Ship
	// Shipped: warehouse to trader: Request, Qty, Seller, Price in all.
	Shipped
	// Refused: warehouse to trader: Request, Outcome.
	Refused
	// Read: trader to warehouse: what offer is there of Item? For absolute
	// writes, which compute the new count from the answer.
	Read
	// ReadReply: warehouse to trader: Row, Count, Price.
	ReadReply
	// Store: trader to warehouse: a Deposit on behalf of Seller.
	Store
	// Stored: warehouse to trader.
	Stored
	// Pull: trader to warehouse: send me your stock.
	Pull
	// Snapshot: warehouse to trader: Rows.
	Snapshot
	// Sync: trader to trader: after my sale, Row has Count.
	Sync

	// Persist: trader to queue store: Request is in my queue.
	Persist
	// Forget: trader to queue store: Request is done.
	Forget
	// Inherit: trader to queue store: give me what Seller (a trader) had, behind the
	// fence of seat ClaimSlot from ClaimTerm on.
	Inherit
	// Inherited: queue store to trader, or trader to trader on resignation:
	// Request is yours now.
	Inherited
	// Granted: queue store to trader: you have all of what Seller had.
	Granted

	// The messages below come last because the numbers of the others are part of
	// the digests.

	// Bar: trader to warehouse and queue store: writes of Slot count only from Term
	// on, which Holder holds; I claim the queue of Seller.
	Bar
	// Barred: the answer to Bar: Term counts by now, and Holder has it.
	Barred
	// Fenced: the same to a write from an older term, which was turned down.
	Fenced
	// Failed: warehouse to trader: the operation failed, or so it seems.
	Failed
	messageKinds
)

func (k MessageKind) String() string {
	return [...]string{
		"vote", "heartbeat", "death", "resignation", "who-leads",
		"deposit", "registered", "buy", "bought", "no-sale", "revoked", "not-trader", "paid",
		"ship", "shipped", "refused", "read", "read-reply", "store", "stored", "pull", "snapshot", "sync",
		"persist", "forget", "inherit", "inherited", "granted", "bar", "barred", "fenced", "failed",
	}[k]
}

// MessageNames returns the names of the messages, in the order of their kinds.
func MessageNames() []string {
	names := make([]string, messageKinds)
	for k := range names {
		names[k] = MessageKind(k).String()
	}
	return names
}

// Flags qualify a message.
type Flags uint8

// The flags.
const (
	// FromCache: a trader accepted the request on its cache.
	FromCache Flags = 1 << iota
	// Promised: the buyer was told already that it will get the goods.
	Promised
	// SetCount: an absolute write; Count is the row's new count.
	SetCount
	// WithStock: the answer shall carry, or carries, a snapshot in Rows.
	WithStock
	// Again: the request was sent before; the answer repeats an earlier one from
	// the warehouse's record.
	Again
	// Settled: the sender knows that the first elections are over.
	Settled
)

// Message is every message of the bazaar: a small value that is not changed
// after sending. Which fields count depends on Kind. Small fields stand together,
// so that no bytes are lost between them: a run holds and copies many messages.
type Message struct {
	Kind    MessageKind
	Flags   Flags
	Outcome market.Outcome
	// Ballot is what a Vote says.
	Ballot election.Kind
	Slot   int16
	Item   market.Item
	Qty    int32
	Count  int32
	Row    market.Row
	Seller actor.ID
	// Job is the trader's note to itself: the slot of its job.
	Job int32
	// Number counts deposits of a seller, or see buyer.done.
	Number uint32
	// Load is the length of the sender's queue.
	Load uint16
	// ClaimSlot and ClaimTerm see Inherit; an Inherited repeats the term. Of a Vote
	// they are the seat and term of the leader that it tells of, who is the Holder.
	ClaimSlot int16
	ClaimTerm uint32
	// Term, with Slot, is the seat and term in which a trader writes, if writes are
	// fenced; of a Vote it is the election's. Holder see Bar.
	Term   uint32
	Holder actor.ID
	// Sequence numbers a trader's Ships on their way to the warehouse, if delivery
	// is at most once.
	Sequence uint32
	// Clock is the sender's Lamport clock when it sent the message.
	Clock uint64
	// Stamp is the Lamport time at which the request or deposit was first made.
	Stamp   uint64
	Request market.RequestID
	Price   market.Money
	// Rows is a snapshot of the stock, Version that of the stock then. The receiver
	// owns it.
	Rows    *[]market.Stock
	Version uint64
	// As in market.Fact: a whole number of 16 bytes is copied fastest.
	_ [8]byte
}

// voteMessage returns the Vote that carries a voter's word.
func voteMessage(m election.Message) Message {
	return Message{
		Kind: Vote, Ballot: m.Kind, Term: m.Term,
		Holder: m.Leader.ID, ClaimSlot: m.Leader.Slot, ClaimTerm: m.Leader.Term,
	}
}

// vote returns the voter's word that a Vote carries.
func (m *Message) vote() election.Message {
	return election.Message{
		Kind: m.Ballot, Term: m.Term,
		Leader: election.Leader{ID: m.Holder, Slot: m.ClaimSlot, Term: m.ClaimTerm},
	}
}
