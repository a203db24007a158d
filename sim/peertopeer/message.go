package peertopeer

import (
	"souk/sim/actor"
	"souk/sim/market"
)

// MessageKind is the kind of a message.
type MessageKind uint8

// The messages, in the order in which a purchase needs them.
const (
	// LookUp: peer to neighbour: a buyer seeks Qty of Item in its look-up Number;
	// Hops are left after this one; all its look-ups below Done are over.
	LookUp MessageKind = iota
	// Reply: back along the way of look-up Number: Seller has Qty of Item.
	Reply
	// Buy: buyer to seller: Request, Item, Qty; all requests below Done are over.
	Buy
	// Bought: seller to buyer: Request got Qty for Price in all.
	Bought
	// Gone: seller to buyer: there is not enough left for Request.
	Gone
	messageKinds
)

func (k MessageKind) String() string {
	return [...]string{"look-up", "reply", "buy", "bought", "gone"}[k]
}

// MessageNames returns the names of the messages, in the order of their kinds.
func MessageNames() []string {
	names := make([]string, messageKinds)
	for k := range names {
		names[k] = MessageKind(k).String()
	}
	return names
}

// Message is every message of the market: a small value that is not changed
// after sending. Which fields count depends on Kind.
type Message struct {
	Kind    MessageKind
	Item    market.Item
	Qty     int32
	Hops    int32
	Seller  actor.ID
	Number  uint32
	Done    uint32
	Request market.RequestID
	Price   market.Money
}
