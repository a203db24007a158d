// Package traderless is the marketplace without a middleman: every buyer holds
// a connection to every seller and keeps a replica of what each of them has on
// sale, fed only by what the sellers broadcast. A buyer takes a purchase to the
// seller that its replica shows as best; whoever relied on old news is told so.
//
// Each role is one file that reads in the order in which a purchase passes
// through it: buyer (with its replica and routing), then seller.
package traderless

import (
	"souk/sim/peers"
	"souk/sim/vtime"
)

// Config describes a traderless market.
type Config struct {
	peers.Config
	// BroadcastEvery is the period at which a seller tells its stock if it has
	// changed; 0 tells it at every sale.
	BroadcastEvery vtime.Duration
	Routing        Routing
	OnFail         OnFail
	Check          Check
	// RejoinEvery is how long a buyer waits before it tries again to connect to
	// a seller that it has no connection to.
	RejoinEvery vtime.Duration
}

// OnFail says what a buyer does when a seller has not enough after all.
type OnFail int

// What to do after a BUY_FAIL.
const (
	// NextSeller: the request goes to the next best seller.
	NextSeller OnFail = iota
	// FailAtOnce: the request has failed.
	FailAtOnce
)

// Check says how a seller makes sure that it has what it sells.
type Check int

// The checks.
const (
	// Atomic: it checks and decrements in one step.
	Atomic Check = iota
	// CheckThenAct: it checks when it begins to serve a purchase and decrements
	// when it is through; what others sell in between it does not see.
	CheckThenAct
)
