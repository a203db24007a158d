package traderless

import (
	"fmt"
	"strings"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/vtime"
)

// MessageKind is the kind of a message.
type MessageKind uint8

// The messages, in the words of the protocol of the marketplace that this
// package models; Cancelled is the one word that it lacks.
const (
	// Join: buyer to seller: a new connection, numbered Line; the Try-th call.
	Join MessageKind = iota
	// Leave: buyer to seller: goodbye.
	Leave
	// Buy: buyer to seller: Request, Item, Qty.
	Buy

	// Welcome: seller to buyer, in answer to the Join of that Try. An Item follows.
	Welcome
	// Item: what is on sale: Item, Stock, Price, Remaining.
	Item
	// ItemChange: the same, and it is another item than before.
	ItemChange
	// Stock: there are so many left: Item, Stock.
	Stock
	// SoldOut: nothing is left of Item.
	SoldOut
	// SellerLeft: goodbye.
	SellerLeft
	// BuyOK: Request is sold: Item, Qty, Price in all.
	BuyOK
	// BuyFail: Request gets nothing: Item, Qty.
	BuyFail
	// Cancelled: a BuyOK was given for goods that are not there. Request, Item,
	// Qty.
	Cancelled
	messageKinds
)

// words are the messages as the protocol spells them.
var words = [messageKinds]string{
	"JOIN", "LEAVE", "BUY", "WELCOME", "ITEM", "ITEM_CHANGE", "STOCK", "SOLD_OUT", "SELLER_LEFT",
	"BUY_OK", "BUY_FAIL", "CANCELLED",
}

func (k MessageKind) String() string { return words[k] }

// MessageNames returns the names of the messages, in the order of their kinds.
func MessageNames() []string { return words[:] }

// Broadcasts returns how many of the messages sent, counted by kind, told all
// buyers of a seller what it has. The ITEM that follows each WELCOME did not.
func Broadcasts(sent *[256]uint64) uint64 {
	return sent[Item] + sent[ItemChange] + sent[Stock] + sent[SoldOut] + sent[SellerLeft] - sent[Welcome]
}

// Message is every message of the market: a small value that is not changed
// after sending. Which fields count depends on Kind.
type Message struct {
	Kind MessageKind
	// Promised: a BuyOK for goods that turned out not to be there.
	Promised bool
	Item     market.Item
	Qty      int32
	Stock    int32
	// Line is the number of the connection, by the buyer's count; Seq numbers the
	// seller's messages on it, so that one that is missing is noticed.
	Line, Seq uint32
	Try       int32
	Request   market.RequestID
	Price     market.Money
	// Remaining is the time until the item changes, or forever.
	Remaining vtime.Duration
}

// forever is the remaining time of an item that never changes.
const forever vtime.Duration = -1

// Describe notes what Wire needs to spell the message.
func (m *Market) Describe(msg *Message, f *market.Fact) {
	f.Item, f.Qty, f.Amount, f.Since = msg.Item, msg.Qty, msg.Price, vtime.Time(msg.Remaining)
	switch msg.Kind {
	case Item, ItemChange, Stock:
		f.Qty = msg.Stock
	}
}

// Wire spells a message from the fact that it was sent, delivered or lost: a
// line of text, ended by a line feed.
func (m *Market) Wire(f *market.Fact) string {
	sender := f.Actor
	if f.Kind == market.MessageDelivered {
		sender = f.Peer
	}
	var b strings.Builder
	kind := MessageKind(f.N)
	b.WriteString(kind.String())
	switch kind {
	case Join, Welcome:
		b.WriteString(" " + m.Name(sender))
	case Item, ItemChange:
		fmt.Fprintf(&b, " %s %d %s", m.cfg.Items[f.Item], f.Qty, dollars(f.Amount))
		if f.Since >= 0 {
			fmt.Fprintf(&b, " %.1f", vtime.Duration(f.Since).Seconds())
		}
	case Buy, Stock, BuyFail, Cancelled:
		fmt.Fprintf(&b, " %s %d", m.cfg.Items[f.Item], f.Qty)
	case SoldOut:
		b.WriteString(" " + m.cfg.Items[f.Item])
	case BuyOK:
		fmt.Fprintf(&b, " %s %d %s", m.cfg.Items[f.Item], f.Qty, dollars(f.Amount))
	}
	b.WriteString("\n")
	return b.String()
}

func dollars(m market.Money) string { return fmt.Sprintf("%d.%02d", m/market.Dollar, m%market.Dollar) }

// MessageKind feeds the digest and the trace.
func (m *Market) MessageKind(msg *Message) (uint8, uint64) {
	return uint8(msg.Kind), uint64(msg.Request)
}

// timers of this market, and what their guards name.
const (
	// thinkTimer is the first of the buyer's own; see peers.ThinkTimer.
	thinkTimer uint16 = iota
	arrivalTimer
	scriptTimer
	answerTimer

	// joinTimer: the buyer connects to all sellers.
	joinTimer
	// rejoinTimer: the buyer tries again to connect; guard is the seller's row.
	rejoinTimer
	// waitedTimer: the buyer waits no longer for sellers that don't answer.
	waitedTimer

	// changeTimer: the seller picks another item; guard is its era.
	changeTimer
	// servedTimer: guard is the bay of the seller's counter.
	servedTimer
	// restockedTimer: goods for the seller are there; guard is the offer that they
	// replace.
	restockedTimer
	// flushTimer: time to tell all buyers the stock.
	flushTimer
)

func timer(kind uint16, guard uint32) actor.Timer { return actor.Timer{Kind: kind, Guard: guard} }
