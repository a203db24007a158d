// Package cache holds what a trader believes of the warehouse's stock, one
// policy a file, and the rules by which it merges what other traders say.
package cache

import (
	"souk/sim/market"
	"souk/sim/vtime"
)

// Mode names a policy in a scenario.
type Mode int

// The modes.
const (
	// Off: no cache; the warehouse decides every request (strict).
	Off Mode = iota
	// Pull: a local copy, refreshed from the warehouse now and then.
	Pull
	// TTL: the same, but a copy is believed only for Config.TTL.
	TTL
)

// OnZero says what a trader does when its cache shows too little of an item
// that it knows.
type OnZero int

// What to do on a cached zero.
const (
	// Ask the warehouse.
	Ask OnZero = iota
	// Deny the request on the cache's word.
	Deny
)

// Merge says how a trader takes in another's count.
type Merge int

// The merges.
const (
	// Min keeps the smaller of the two counts, as the report does.
	Min Merge = iota
	// Latest takes the other's count.
	Latest
)

// Versions says whether a trader heeds the versions of snapshots, which can
// overtake each other on the way.
type Versions int

// The ways to deal with versions.
const (
	// Ignore: what arrives last counts.
	Ignore Versions = iota
	// Check: a snapshot older than the one applied last is dropped, so that the
	// version applied never decreases.
	Check
)

// Sync says when a cache exchanges counts: after so many sales of this trader
// (0 never), or every so often (0 never).
type Sync struct {
	AfterSales int
	Every      vtime.Duration
}

// Config describes a trader's cache.
type Config struct {
	Mode          Mode
	WarehouseSync Sync
	PeerSync      Sync
	Merge         Merge
	OnZero        OnZero
	// TTL is for how long a copy is good in mode TTL.
	TTL vtime.Duration
	// Versions says what a trader does with a snapshot older than its last.
	Versions Versions
}

// Verdict is what the cache says of a request.
type Verdict uint8

// The verdicts.
const (
	// Consult the warehouse.
	Consult Verdict = iota
	// Serve from the cache.
	Serve
	// Refuse on the cache's word.
	Refuse
)

// Decision is a verdict and, if it is Serve, from which row how many units;
// Seen is what the row showed.
type Decision struct {
	Verdict Verdict
	Row     market.Row
	Take    int32
	Seen    int32
}

// Policy is one trader's cache. Decide does not change it; a trader that
// serves tells it so with Sold.
type Policy interface {
	Decide(now vtime.Time, item market.Item, quantity int32, partial bool) Decision
	// Sold takes units off a row that the trader promised.
	Sold(r market.Row, count int32)
	// Settled says that the warehouse answered for units that were Sold: they
	// are off its own count now, or were refused.
	Settled(r market.Row, count int32)
	// Learn sets a row to what the warehouse said of it.
	Learn(r market.Row, o market.Offer)
	// Load replaces everything by a snapshot of the warehouse that has arrived
	// now.
	Load(now vtime.Time, rows []market.Stock)
	// Merge takes in what another trader says of a row.
	Merge(r market.Row, o market.Offer)
	// At returns what the cache shows of a row.
	At(r market.Row) market.Offer
	// Each hands out every row that the cache knows: what it shows, and the units
	// Sold that are not Settled.
	Each(do func(r market.Row, shows, unsettled int32))
}

// Kind is one line of the table of policies: its name in a scenario, what it
// does, and how to make an empty cache.
type Kind struct {
	Name, Doc string
	New       func(c Config, sellers, items int) Policy
}

// Kinds is the table of policies, in the order of their modes.
func Kinds() []Kind {
	return []Kind{
		Off: {
			"off", "none: the warehouse decides every request (strict)",
			func(Config, int, int) Policy { return off{} },
		},
		Pull: {
			"pull", "a copy, refreshed from the warehouse on a miss and now and then",
			func(c Config, sellers, items int) Policy { return newPull(c, sellers, items) },
		},
		TTL: {"ttl", "the same, but a copy that is older than traders.cache.ttl is a miss", newTTL},
	}
}

// New returns an empty cache.
func New(c Config, sellers, items int) Policy { return Kinds()[c.Mode].New(c, sellers, items) }
