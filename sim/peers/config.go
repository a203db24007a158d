// Package peers is who takes part in a market, whatever the market: how the
// roles are dealt out and the peers are called, what buyers want and when they
// ask for it, what sellers offer. A market adds how a request finds its goods.
//
// Every draw here is keyed by its purpose and the peer's number, so two markets
// with the same peers meet the same wishes at the same times.
package peers

import (
	"souk/sim/market"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// Config describes the peers of a market.
type Config struct {
	Seed    uint64
	Items   []string
	Roles   Roles
	Buyers  Buyers
	Sellers Sellers
	// Staff is how many further peers, numbered after all others, neither buy
	// nor sell.
	Staff int
}

// Number returns how many peers there are.
func (c *Config) Number() int {
	switch {
	case len(c.Roles.List) > 0:
		return len(c.Roles.List) + c.Staff
	case c.Roles.Assign == AtRandom:
		return c.Roles.Count + c.Staff
	default:
		return c.Buyers.Count + c.Sellers.Count + c.Staff
	}
}

// ItemNamed returns the item of that name; the scenario has made sure that
// there is one.
func (c *Config) ItemNamed(name string) market.Item {
	for i, item := range c.Items {
		if item == name {
			return market.Item(i)
		}
	}
	return 0
}

// Assign says how the roles are dealt out.
type Assign int

// The ways to deal out roles.
const (
	// Shuffled: as many buyers and sellers as the counts say, in random order.
	Shuffled Assign = iota
	// Alternating: the same, but buyers and sellers in turn, from peer 0.
	Alternating
	// SellersFirst: the same, but first all sellers, then all buyers.
	SellersFirst
	// AtRandom: each peer draws buyer, or seller of one of the items, all
	// equally likely.
	AtRandom
)

// Roles says which peer is what. List, if given, names the role of each peer:
// "buyer", "seller" (of an item that it picks) or an item's name.
type Roles struct {
	Assign Assign
	Count  int
	List   []string
}

// Demand says what makes a buyer issue its requests.
type Demand int

// The kinds of demand.
const (
	// ClosedLoop: a buyer thinks, asks, waits for the outcome, and thinks again.
	ClosedLoop Demand = iota
	// OpenLoop: requests arrive whether or not earlier ones have ended.
	OpenLoop
	// Scripted: only what the script says.
	Scripted
)

// Fill says what to do when no seller has the whole quantity.
type Fill int

// The fills.
const (
	AllOrNothing Fill = iota
	Partial
)

// OnRefusal says what a buyer wants after a request that got no goods.
type OnRefusal int

// What to want after a refusal.
const (
	// WantAnother item than the one refused, if buyers want any other.
	WantAnother OnRefusal = iota
	// WantAny item, the refused one too.
	WantAny
)

// Buyers describes the buyers.
type Buyers struct {
	Count    int
	Demand   Demand
	Think    rng.Distribution
	Arrivals rng.Distribution
	// Script is what some buyers do instead, at given times.
	Script []Line
	// Start is each buyer's own delay after trading begins, Stagger how much
	// later than the buyer before it a buyer starts.
	Start       rng.Distribution
	Stagger     vtime.Duration
	Outstanding int
	Quantity    rng.Distribution
	Fill        Fill
	// Weights are how much each item is wanted; empty is equally.
	Weights       []int
	OnRefusal     OnRefusal
	AnswerTimeout vtime.Duration
	// Retries is how often a buyer that got no answer asks again.
	Retries int
}

// SoldOut says what a seller does when its goods are gone.
type SoldOut int

// What to do when sold out.
const (
	// AnotherItem: pick another item and offer it.
	AnotherItem SoldOut = iota
	// SameItem: offer the same item again.
	SameItem
	// Wait for the next change of item.
	Wait
)

// Pick says how a seller picks its next item.
type Pick int

// The picks.
const (
	// Uniform: one other than the last, each equally likely.
	Uniform Pick = iota
	// InTurn: the next in the list.
	InTurn
	// Keep: the last one again.
	Keep
)

// Sellers describes the sellers.
type Sellers struct {
	Count int
	Pick  Pick
	// First is the item that each seller sells first; "" picks one.
	First string
	// ChangeEvery is T_g: how often a seller picks its next item and offers it;
	// 0 is never.
	ChangeEvery vtime.Duration
	// Restock is N_g: how many units it then offers.
	Restock rng.Distribution
	// Price is in whole dollars.
	Price   rng.Distribution
	SoldOut SoldOut
	// RestockTakes is the time from when a seller knows that its goods are gone
	// until it offers goods again.
	RestockTakes rng.Distribution
	// Workers is how many purchases a seller serves at once, Service the time
	// that each takes, in the markets where sellers serve buyers themselves.
	Workers int
	Service rng.Distribution
}
