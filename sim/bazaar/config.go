// Package bazaar is the trader bazaar of the report: peers elect traders,
// sellers deposit goods with them, buyers buy from them, a warehouse keeps the
// stock, caches hide how slow it is, and the traders watch over each other.
//
// Each role is one file that reads in the order in which a request passes
// through it: buyer, trader (with its queue, service, heartbeat and takeover),
// warehouse, seller.
package bazaar

import (
	"souk/sim/bazaar/cache"
	"souk/sim/bazaar/election"
	"souk/sim/market"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// Config describes a bazaar.
type Config struct {
	Seed      uint64
	Items     []string
	Roles     Roles
	Buyers    BuyerConfig
	Sellers   SellerConfig
	Traders   TraderConfig
	Warehouse WarehouseConfig
}

// Peers returns how many peers there are.
func (c *Config) Peers() int {
	if len(c.Roles.List) > 0 {
		return len(c.Roles.List)
	}
	if c.Roles.Assign == AtRandom {
		return c.Roles.Count
	}
	return c.Buyers.Count + c.Sellers.Count
}

// Assign says how the roles are dealt out.
type Assign int

// The ways to deal out roles.
const (
	// Shuffled: as many buyers and sellers as the counts say, in random order.
	Shuffled Assign = iota
	// Alternating: the same, but buyers and sellers in turn, from peer 0.
	Alternating
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
	// Scripted: only the listed requests are made.
	Scripted
)

// Choice says how a buyer chooses a trader.
type Choice int

// The choices.
const (
	RandomTrader Choice = iota
	// Sticky: the same trader until it is gone.
	Sticky
	RoundRobin
	// LeastLoaded: the trader whose queue was shortest when it last answered.
	LeastLoaded
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

// BuyerConfig describes the buyers.
type BuyerConfig struct {
	Count    int
	Demand   Demand
	Think    rng.Distribution
	Arrivals rng.Distribution
	Script   []Wish
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
	Trader        Choice
	AnswerTimeout vtime.Duration
	Retries       int
}

// Wish is one scripted request.
type Wish struct {
	At       vtime.Duration
	Buyer    string
	Item     string
	Quantity int
}

// SoldOut says what a seller does when its goods are gone.
type SoldOut int

// What to do when sold out.
const (
	// AnotherItem: pick another item and deposit it.
	AnotherItem SoldOut = iota
	// SameItem: deposit the same item again.
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

// SellerConfig describes the sellers.
type SellerConfig struct {
	Count int
	Pick  Pick
	// First is the item that each seller sells first; "" picks one.
	First string
	// ChangeEvery is T_g: how often a seller picks its next item and deposits
	// it; 0 is never.
	ChangeEvery vtime.Duration
	// Restock is N_g: how many units a deposit has.
	Restock rng.Distribution
	// Price is in whole dollars.
	Price         rng.Distribution
	SoldOut       SoldOut
	AnswerTimeout vtime.Duration
}

// Order says in which order a trader serves its queue.
type Order int

// The orders.
const (
	// Lamport: by the logical time at which the buyer asked, then by buyer.
	Lamport Order = iota
	// Arrival: first come, first served.
	Arrival
)

// OnCrash says what becomes of a trader's queue when it dies.
type OnCrash int

// The fates of a queue.
const (
	// TakenOver: every request is written to a shared store, from which a
	// surviving trader takes it over.
	TakenOver OnCrash = iota
	// LostQueue: the queue dies with the trader; buyers must ask again.
	LostQueue
)

// Confirm says when the buyer is told that it will get its goods.
type Confirm int

// When to confirm.
const (
	// WhenShipped: once the warehouse has shipped.
	WhenShipped Confirm = iota
	// WhenCached: as soon as the cache says yes; the warehouse follows, and may
	// refuse, in which case the purchase is revoked.
	WhenCached
)

// TraderConfig describes the traders.
type TraderConfig struct {
	Count    int
	Election election.Config
	// Settle is the wait between the last election and the deposits, Opening
	// the one between the deposits and the first purchases.
	Settle, Opening vtime.Duration
	HeartbeatEvery  vtime.Duration
	DeadAfter       vtime.Duration
	// TakeoverPause is how long a trader rests after it announced a death.
	TakeoverPause vtime.Duration
	// Commission is the trader's part of a price.
	Commission market.Share
	Workers    int
	// Service is a worker's time for a request outside the lock, Locked its
	// time under the trader's one write lock.
	Service, Locked rng.Distribution
	Order           Order
	OnCrash         OnCrash
	Confirm         Confirm
	Cache           cache.Config
	// AskAgain is how long a trader waits for the warehouse before it repeats a
	// question.
	AskAgain vtime.Duration
	// PeerSyncTakes is a worker's time for each neighbour that it tells.
	PeerSyncTakes rng.Distribution
}

// Writes says how the warehouse's stock is written.
type Writes int

// The kinds of write.
const (
	// Relative: "n fewer", checked and applied at once.
	Relative Writes = iota
	// Absolute: "the count is now m", computed by the trader from what it last
	// read, so that two traders can undo each other's writes.
	Absolute
)

// WarehouseConfig describes the warehouse.
type WarehouseConfig struct {
	Read, Write rng.Distribution
	// Parallel is how many operations it serves at once.
	Parallel int
	Writes   Writes
}
