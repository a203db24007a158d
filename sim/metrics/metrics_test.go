package metrics_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/metrics"
	"souk/sim/vtime"
)

func TestAMarketDayInNumbers(t *testing.T) {
	day := new(tale).happens(market.ElectionStarted, tom).elected(tim, 0).
		at(1).deposit(salt, 10).deposit(boar, 3).
		// From the cache, in two seconds.
		at(2).wish(ann, 1, 2).trader(market.Queued, tim, 0, ann, 1, 2).trader(market.Started, tim, 0, ann, 1, 2).
		trader(market.Accepted, tim, 0, ann, 1, 2).
		at(3).sold(tim, ann, 1, 2).trader(market.Finished, tim, 0, ann, 1, 2).
		at(4).bought(tim, ann, 1, 2, 2).
		// Refused on an outdated cache, and once more rightly: there are 8.
		at(5).wish(bob, 1, 8).trader(market.Denied, tim, 0, bob, 1, 8).failed(tim, bob, 1, market.RejectedOutOfStock).
		at(6).wish(bob, 2, 9).trader(market.Denied, tim, 0, bob, 2, 9).failed(tim, bob, 2, market.RejectedOutOfStock).
		// Bob gives up, asks again, and both are shipped: one is a ghost before,
		// the other after its end.
		at(7).wish(bob, 3, 1).trader(market.Asked, tim, 0, bob, 3, 1).say(market.Fact{Kind: market.Retried}).
		at(8).sold(tim, bob, 3, 1).failed(actor.None, bob, 3, market.TimedOut).
		at(9).wish(bob, 4, 1).failed(actor.None, bob, 4, market.TimedOut).sold(tim, bob, 4, 1).
		say(market.Fact{Kind: market.Revoked, Qty: 5}).
		happens(market.PullStarted, tim).happens(market.PeerSynced, tim).happens(market.WorkBegan, actors)

	c := measure(day, 0).Counts
	want := metrics.Counts{
		Issued: 5, Undersold: 1, Retries: 1, OversoldUnits: 5, Ghosts: 2,
		Sales: 3, UnitsSold: 4, Deposits: 2, UnitsIn: 13, Turnover: 400, Cuts: 80,
		FromCache: 1, FromWarehouse: 1, Denied: 2, Pulls: 1, PeerSyncs: 1, Operations: 1, Elections: 1, Seatings: 1,
	}
	want.Outcomes[market.Fulfilled] = 1
	want.Outcomes[market.RejectedOutOfStock] = 2
	want.Outcomes[market.TimedOut] = 2
	require.Equal(t, want, c)
	require.Equal(t, []int64{6, 3}, measure(day, 0).Stock)
	require.Equal(t, 2*vtime.Second, measure(day, 0).Latency.Quantiles().Max)
}

func TestWhatHappensDuringTheWarmUpDoesNotCountButIsThere(t *testing.T) {
	m := measure(new(tale).elected(tim, 0).
		at(1).deposit(salt, 10).wish(ann, 1, 2).sold(tim, ann, 1, 2).bought(tim, ann, 1, 2, 1).
		at(5).wish(ann, 2, 2).sold(tim, ann, 2, 2), 5*vtime.Second)
	require.EqualValues(t, 1, m.Counts.Issued)
	require.EqualValues(t, 1, m.Counts.Sales)
	require.Zero(t, m.Counts.Deposits)
	require.Zero(t, m.Latency.Quantiles().N)
	require.Equal(t, []int64{6, 0}, m.Stock)
	require.EqualValues(t, vtime.Time(0).Add(5*vtime.Second), m.FirstWish)
}

func TestTheGapIsTheLongestTimeBetweenSales(t *testing.T) {
	m := measure(new(tale).at(1).deposit(salt, 100).
		at(1.5).wish(ann, 1, 1).at(2).sold(tim, ann, 1, 1).at(3).sold(tim, ann, 2, 1).
		at(7.5).sold(tim, ann, 3, 1).at(8).sold(tim, ann, 4, 1).
		happens(market.Closing, actor.None).
		at(60).sold(tim, ann, 5, 1), 0) // in the drain
	gap, from := m.Gap(0)
	require.Equal(t, 4500*vtime.Millisecond, gap)
	require.Equal(t, vtime.Time(0).Add(3*vtime.Second), from)
	require.EqualValues(t, 4, m.SalesInTime)
	require.EqualValues(t, 5, m.Counts.Sales)
	require.Equal(t, vtime.Time(0).Add(2*vtime.Second), m.FirstSale)
	require.Equal(t, vtime.Time(0).Add(8*vtime.Second), m.LastSale())
}

// A sale after the warm-up of a request from before it is no gap since the
// start of the run.
func TestTheGapBeginsWithTheFirstWishThatCounts(t *testing.T) {
	m := measure(new(tale).at(1).deposit(salt, 100).
		at(55).wish(ann, 1, 1).at(61).sold(tim, ann, 1, 1).
		at(62).wish(ann, 2, 1).at(64).sold(tim, ann, 2, 1), 60*vtime.Second)
	gap, from := m.Gap(vtime.Time(0).Add(65 * vtime.Second))
	require.Equal(t, 2*vtime.Second, gap)
	require.Equal(t, vtime.Time(0).Add(62*vtime.Second), from)
	require.EqualValues(t, 1, m.SalesInTime)
	require.Equal(t, vtime.Time(0).Add(64*vtime.Second), m.FirstSale)
	require.Equal(t, m.FirstSale, m.LastSale())
}

func TestWithoutASaleThereIsNoFirstAndNoLast(t *testing.T) {
	m := measure(new(tale).at(1).deposit(salt, 100).at(2).wish(ann, 1, 1).
		happens(market.Closing, actor.None).at(3).sold(tim, ann, 1, 1), 0) // in the drain
	require.Equal(t, vtime.Never, m.FirstSale)
	require.Equal(t, vtime.Never, m.LastSale())
}

// Tim's worker is at work from 10 s to 14 s and from 16 s to 20 s; trading
// begins at 10 s. One request waits from 12 s to 16 s.
func TestUtilisationCountsFromTheFirstWish(t *testing.T) {
	m := measure(new(tale).elected(tim, 0).say(market.Fact{Kind: market.WorkBegan, N: 1}).
		at(10).wish(ann, 1, 1).trader(market.Queued, tim, 0, ann, 1, 1).trader(market.Started, tim, 0, ann, 1, 1).
		at(12).wish(bob, 1, 1).trader(market.Queued, tim, 0, bob, 1, 1).
		at(14).trader(market.Finished, tim, 0, ann, 1, 1).
		at(15).say(market.Fact{Kind: market.WorkEnded, N: 0}).
		at(16).trader(market.Started, tim, 0, bob, 1, 1).
		at(20).trader(market.Finished, tim, 0, bob, 1, 1), 0)
	end := vtime.Time(0).Add(20 * vtime.Second)
	o := &m.Offices[0]
	require.Equal(t, tim, o.ID)
	require.InDelta(t, 0.8, o.Busy.Mean(end), 1e-12)
	require.EqualValues(t, 1, o.Busy.Max())
	require.InDelta(t, 0.4, o.Queue.Mean(end), 1e-12)
	require.InDelta(t, 0.5, m.Warehouse.Mean(end), 1e-12)
}

// Trading begins at 10 s. Tim was down before that, which does not count, and
// again from 12 s to 14 s; Tom wins a seat at 15 s and resigns at 18 s, and what
// happens to him after the close at 20 s does not count.
func TestAvailabilityIsTheShareOfTheTimeInOffice(t *testing.T) {
	m := measure(new(tale).elected(tim, 0).
		at(5).happens(market.Crashed, tim).at(8).say(market.Fact{Kind: market.Returned, Actor: tim}).
		at(10).wish(ann, 1, 1).
		at(12).happens(market.Crashed, tim).at(14).say(market.Fact{Kind: market.Returned, Actor: tim}).
		at(15).elected(tom, 1).
		at(18).say(market.Fact{Kind: market.Resigned, Actor: tom, Slot: 1}).
		at(20).happens(market.Closing, actor.None).
		at(30).happens(market.Crashed, tim).elected(tom, 1), 0)
	require.InDelta(t, 0.8, m.Average(&m.Offices[0].Up, 0), 1e-12)
	require.InDelta(t, 0.6, m.Average(&m.Offices[1].Up, 0), 1e-12)
}

func TestTheStoryOfWhoLed(t *testing.T) {
	m := measure(new(tale).at(1).elected(tim, 0).at(2).elected(tom, 1).
		at(3).wish(ann, 1, 1).trader(market.Queued, tim, 0, ann, 1, 1).
		happens(market.Crashed, ann). // leads nothing
		at(4).happens(market.Crashed, tim).
		at(5).say(market.Fact{Kind: market.Suspected, Actor: tom, Peer: tim}).
		at(6).trader(market.TookOver, tom, 1, ann, 1, 1).trader(market.TookOver, tom, 1, bob, 1, 1).
		at(7).happens(market.Restarted, tim).say(market.Fact{Kind: market.Returned, Actor: tim}).
		at(8).say(market.Fact{Kind: market.Resigned, Actor: tom, Slot: 1}), 0)

	var story []string
	for _, turn := range m.Turns {
		story = append(story, turn.At.String()+" "+name(turn.Who))
	}
	require.Equal(t, []string{
		"00:00:01.000000 tim", "00:00:02.000000 tom",
		"00:00:04.000000 tim", "00:00:05.000000 tom", "00:00:06.000000 tom",
		"00:00:07.000000 tim", "00:00:07.000000 tim", "00:00:08.000000 tom",
	}, story)
	require.Equal(t, 2, m.Turns[4].N, "both requests are one takeover")
	require.EqualValues(t, 2, m.Counts.TakenOver)
	require.Equal(t, vtime.Time(0).Add(2*vtime.Second), m.Elected)

	require.EqualValues(t, 1, m.Offices[0].Up.Now())
	require.Zero(t, m.Offices[0].Queue.Now(), "the crash emptied it")
	require.Zero(t, m.Offices[1].Up.Now())
	require.EqualValues(t, 2, m.Offices[1].Queue.Now())
}

func TestOnlyASuspicionOfATraderThatRunsIsFalse(t *testing.T) {
	m := measure(new(tale).at(1).elected(tim, 0).elected(tom, 1).
		at(3).happens(market.Crashed, tim).
		at(4).say(market.Fact{Kind: market.Suspected, Actor: tom, Peer: tim}).
		at(5).happens(market.Restarted, tim).say(market.Fact{Kind: market.Returned, Actor: tim}).
		at(6).say(market.Fact{Kind: market.Suspected, Actor: tim, Peer: tom}), 0)
	require.EqualValues(t, 1, m.Counts.FalseSuspicions)
}
