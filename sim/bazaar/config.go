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
	"souk/sim/peers"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// Config describes a bazaar.
type Config struct {
	peers.Config
	// Choice is how a buyer chooses a trader.
	Choice Choice
	// DepositTimeout is how long a seller waits before it sends a deposit again.
	DepositTimeout vtime.Duration
	Traders        TraderConfig
	Warehouse      WarehouseConfig
}

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
	// HeartbeatAll: heartbeats go to all peers, not only to the other traders.
	HeartbeatAll bool
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
	// Delivery is what is promised about how often a request takes effect.
	Delivery market.Delivery
	// Fencing: the services turn down writes of a trader whose term is over, and
	// an heir bars the dead trader's term before it takes over its queue.
	Fencing bool
	Cache   cache.Config
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
	// Twice: a deposit that is sent again is stored again.
	Twice bool
}
