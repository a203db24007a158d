// Package market holds the words that all marketplaces share: items, money,
// quantities, requests and their outcomes, offers on a shelf, and the closed
// set of facts that actors state and observers read.
package market

import (
	"fmt"
	"strconv"

	"souk/sim/actor"
)

// Item numbers the goods of a market densely from 0.
type Item int16

// Money is an amount in cents.
type Money int64

// Dollar is the unit of prices.
const Dollar Money = 100

// String prints an amount as 6.40 $.
func (m Money) String() string {
	sign := ""
	if m < 0 {
		sign, m = "-", -m
	}
	return fmt.Sprintf("%s%d.%02d $", sign, m/Dollar, m%Dollar)
}

// Share is a part of a whole in basis points: 2000 is 20 %. Whole numbers
// split money without losing a cent.
type Share int

// Whole is all of it.
const Whole Share = 10_000

// Split divides an amount into the share, rounded down to a cent, and the
// rest.
func (s Share) Split(m Money) (part, rest Money) {
	part = m * Money(s) / Money(Whole)
	return part, m - part
}

// RequestID names one wish of one buyer: the buyer and a number that the buyer
// counts up from 1. 0 is no request.
type RequestID uint64

// NewRequestID returns the id of a buyer's n-th request.
func NewRequestID(buyer actor.ID, n uint32) RequestID {
	return RequestID(uint64(uint32(buyer))<<32 | uint64(n))
}

// Buyer returns whose request it is.
func (r RequestID) Buyer() actor.ID { return actor.ID(uint32(r >> 32)) }

// Number returns which of the buyer's requests it is, from 1.
func (r RequestID) Number() uint32 { return uint32(r) }

// String prints buyer and number as 7#12.
func (r RequestID) String() string {
	return strconv.Itoa(int(r.Buyer())) + "#" + strconv.Itoa(int(r.Number()))
}

// Outcome is what became of a request. A request has exactly one.
type Outcome uint8

// The outcomes. All but Live are final.
const (
	// Live requests have no outcome yet.
	Live Outcome = iota
	// Fulfilled: the goods were shipped and the buyer knows.
	Fulfilled
	// RejectedStale: a trader accepted on its cache, the warehouse refused; or a
	// buyer bought on its own view of the market, the seller refused. This is what
	// Souk calls an oversell.
	RejectedStale
	// RejectedOutOfStock: nothing was left, as far as the one who refused knew.
	RejectedOutOfStock
	// RejectedNotOffered: no seller has ever offered the item, as far as the one
	// who refused knows.
	RejectedNotOffered
	// TimedOut: the buyer gave up waiting; it does not know what happened.
	TimedOut
	// Cancelled: the buyer forgot the request in a crash.
	Cancelled
	// Lost: the trader does not know whether the request took effect and may not
	// ask again; it says so.
	Lost
	outcomes
)

// Outcomes is the number of outcomes.
const Outcomes = int(outcomes)

func (o Outcome) String() string {
	return [...]string{
		"live", "fulfilled", "rejected_stale", "rejected_out_of_stock",
		"rejected_not_offered", "timed_out", "cancelled", "lost",
	}[o]
}
