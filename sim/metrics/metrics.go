// Package metrics measures a run from its facts: what happened, how fast, and
// what it cost. It never looks into an actor.
package metrics

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/table"
	"souk/sim/vtime"
)

// Setting is what the meter needs to know of a run.
type Setting struct {
	Actors int
	Items  int
	// Partial: a seller that has some of a quantity can fill the order.
	Partial bool
	// Stalls: sellers keep their goods themselves, so those of one that is down
	// can't be had.
	Stalls bool
	// WarmUp is the time before which nothing counts.
	WarmUp vtime.Duration
}

// Counts is what happened, in requests unless the name says units.
type Counts struct {
	Issued    uint64
	Outcomes  [market.Outcomes]uint64
	Undersold uint64
	// Retries counts requests that were sent again.
	Retries uint64
	// OversoldUnits were confirmed to a buyer and could not be shipped.
	OversoldUnits int64
	// Ghosts were shipped although the buyer was told otherwise, or gave up.
	Ghosts uint64
	// Sales and UnitsSold are what the warehouse shipped.
	Sales     uint64
	UnitsSold int64
	Deposits  uint64
	UnitsIn   int64
	Turnover  market.Money
	Cuts      market.Money
	// FromCache and FromWarehouse are the trader's decisions; Denied are its
	// refusals on the cache alone.
	FromCache, FromWarehouse, Denied uint64
	Pulls, PeerSyncs                 uint64
	Operations                       uint64
	TakenOver, HandedBack            uint64
	Elections                        uint64
	// Seatings are the times that a peer took a trader's seat, or took it up again.
	Seatings uint64
	// FalseSuspicions are beliefs that a trader is dead, of one that is not.
	FalseSuspicions uint64
	// StaleRefusals are refusals by whoever has the goods of a request that was
	// sent there on old news; one request can meet several.
	StaleRefusals uint64
	// Routed are the choices of a seller by a buyer's own view of the market,
	// RoutedStale those in which that view was wrong about the seller's stock.
	Routed, RoutedStale uint64
	// LookUps are searches of the network for an item, Visits the peers that
	// each search reached, Replies the offers that it met.
	LookUps, Visits, Replies uint64
}

// Meter is the observer that measures.
type Meter struct {
	set     Setting
	Counts  Counts
	Latency Sample
	// Stock is the goods on hand, by item.
	Stock []int64
	// Live is the number of requests without an outcome.
	Live    int64
	Offices []Office
	// inOffices is, by actor, one above its place among the offices.
	inOffices table.Sparse[int32]
	Turns     []Turn
	Warehouse Level
	// SalesInTime counts the sales before the run closed.
	SalesInTime uint64
	// FirstSale is when the first of them was; Never if there was none.
	FirstSale vtime.Time
	// FirstWish is when trading began: the first request. Never if none.
	FirstWish vtime.Time
	// Elected is when the last of the first elections was decided.
	Elected  vtime.Time
	lastSale vtime.Time
	gapFrom  vtime.Time
	gap      vtime.Duration
	// sellers numbers the sellers, from 1, as they first deposit; offers holds, by item,
	// what each of them has on sale.
	sellers table.Sparse[int32]
	offers  [][]int32
	// away marks the sellers that are down.
	away    []bool
	shipped market.RequestSet
	failed  market.RequestSet
	warm    bool
	closed  bool
}

// New returns a meter at zero.
func New(set Setting) *Meter {
	return &Meter{
		set: set, Stock: make([]int64, set.Items), FirstWish: vtime.Never, FirstSale: vtime.Never,
		inOffices: table.NewSparse[int32](set.Actors), sellers: table.NewSparse[int32](set.Actors), offers: make([][]int32, set.Items),
		warm: set.WarmUp == 0, shipped: market.NewRequestSet(set.Actors), failed: market.NewRequestSet(set.Actors),
	}
}

// Wants lists the facts that are measured.
func (m *Meter) Wants() []market.Kind {
	return []market.Kind{
		market.Issued, market.Retried, market.Queued, market.Started, market.Finished, market.Accepted,
		market.Asked, market.Denied, market.Sold, market.Ended, market.Revoked,
		market.Deposited, market.PeerSynced, market.PullStarted, market.TookOver, market.Reloaded,
		market.Dropped, market.Elected, market.ElectionStarted, market.Suspected, market.WronglySuspected,
		market.Resigned, market.Returned, market.Crashed, market.Restarted, market.WorkBegan, market.WorkEnded,
		market.Closing, market.FaultMissed, market.Bereaved, market.Refused, market.Withdrawn, market.Opened, market.Left,
		market.Routed, market.LookedUp, market.Visited, market.Offered,
	}
}

// Observe takes in a fact.
func (m *Meter) Observe(f *market.Fact) error {
	if !m.warm && f.At >= vtime.Time(0).Add(m.set.WarmUp) {
		m.warm = true
	}
	m.levels(f)
	m.turn(f)
	if f.Kind == market.Closing {
		m.closed = true
		m.freeze(f.At)
	}
	if m.warm {
		m.count(f)
		m.countSearch(f)
	}
	return nil
}

// begin starts the averages: they count from the first request that counts.
func (m *Meter) begin(at vtime.Time) {
	for i := range m.Offices {
		m.Offices[i].begin(at)
	}
	m.Warehouse.Begin(at)
}

func (m *Meter) count(f *market.Fact) {
	c := &m.Counts
	switch f.Kind {
	case market.Issued:
		c.Issued++
		if m.FirstWish == vtime.Never {
			m.FirstWish, m.lastSale = f.At, f.At
			m.begin(f.At)
		}
	case market.Retried:
		c.Retries++
	case market.Accepted:
		c.FromCache++
	case market.Asked:
		c.FromWarehouse++
	case market.Denied:
		c.Denied++
		if m.couldFill(f) {
			c.Undersold++
		}
	case market.Sold:
		m.sale(f)
	case market.Ended:
		if f.Since < vtime.Time(0).Add(m.set.WarmUp) {
			return // issued before anything counted
		}
		c.Outcomes[f.Outcome]++
		if f.Outcome == market.Fulfilled {
			m.Latency.Add(f.At.Sub(f.Since))
			return
		}
		m.failed.Add(f.Request)
		if m.shipped.Has(f.Request) {
			c.Ghosts++
		}
	case market.Revoked:
		c.OversoldUnits += int64(f.Qty)
	case market.Deposited:
		c.Deposits++
		c.UnitsIn += int64(f.Qty)
	case market.PeerSynced:
		c.PeerSyncs++
	case market.PullStarted:
		c.Pulls++
	case market.TookOver:
		c.TakenOver++
	case market.Reloaded:
		c.HandedBack++
	case market.WorkBegan:
		c.Operations++
	case market.ElectionStarted:
		c.Elections++
	case market.Elected, market.Returned:
		c.Seatings++
	case market.Suspected:
		if m.inOffice(f.Peer) {
			c.FalseSuspicions++
		}
	case market.Bereaved:
		if market.Bereavement(f.N) == market.Noticed && m.inOffice(f.Peer) {
			c.FalseSuspicions++
		}
	}
}

// countSearch counts how buyers find sellers where nobody stands between them,
// and what comes of old news.
func (m *Meter) countSearch(f *market.Fact) {
	c := &m.Counts
	switch f.Kind {
	case market.Refused:
		if f.N == 1 {
			c.StaleRefusals++
		}
	case market.Routed:
		c.Routed++
		if m.has(f.Peer, f.Item) != f.N {
			c.RoutedStale++
		}
	case market.LookedUp:
		c.LookUps++
	case market.Visited:
		c.Visits++
	case market.Offered:
		c.Replies++
	}
}

// sale counts a sale. What is shipped during the drain is a sale like any
// other, but not part of the throughput; nor is one of a request from before
// the first that counts.
func (m *Meter) sale(f *market.Fact) {
	c := &m.Counts
	c.Sales++
	m.shipped.Add(f.Request)
	if m.failed.Has(f.Request) {
		c.Ghosts++
	}
	c.UnitsSold += int64(f.Qty)
	c.Turnover += f.Amount
	c.Cuts += f.Cut
	m.office(f.Trader, -1).Sales++
	if m.closed || m.FirstWish == vtime.Never {
		return
	}
	m.SalesInTime++
	m.FirstSale = min(m.FirstSale, f.At)
	if f.At.Sub(m.lastSale) > m.gap {
		m.gap, m.gapFrom = f.At.Sub(m.lastSale), m.lastSale
	}
	m.lastSale = f.At
}

// move changes what a seller has on sale.
func (m *Meter) move(f *market.Fact, units int32) {
	m.Stock[f.Item] += int64(units)
	seller := m.sellers.Get(int(f.Peer))
	if seller == 0 {
		m.away = append(m.away, false)
		seller = int32(len(m.away))
		*m.sellers.At(int(f.Peer)) = seller
	}
	have := &m.offers[f.Item]
	for len(*have) < int(seller) {
		*have = append(*have, 0)
	}
	(*have)[seller-1] += units
}

// has returns how many units of an item a seller has on sale.
func (m *Meter) has(seller actor.ID, item market.Item) int64 {
	if at := int(m.sellers.Get(int(seller))); at > 0 && at <= len(m.offers[item]) {
		return int64(m.offers[item][at-1])
	}
	return 0
}

// couldFill says whether some seller's goods could have filled a denied request.
func (m *Meter) couldFill(f *market.Fact) bool {
	for seller, have := range m.offers[f.Item] {
		if m.set.Stalls && m.away[seller] {
			continue
		}
		if have >= f.Qty || m.set.Partial && have > 0 {
			return true
		}
	}
	return false
}

// LastSale returns when the last of the sales in time was; Never if there was
// none.
func (m *Meter) LastSale() vtime.Time {
	if m.SalesInTime == 0 {
		return vtime.Never
	}
	return m.lastSale
}

// Gap returns the longest time without a sale, between the first request and
// the given close, and when it began.
func (m *Meter) Gap(closed vtime.Time) (vtime.Duration, vtime.Time) {
	if rest := closed.Sub(m.lastSale); rest > m.gap {
		return rest, m.lastSale
	}
	return m.gap, m.gapFrom
}
