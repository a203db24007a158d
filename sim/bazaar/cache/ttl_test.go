package cache_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/bazaar/cache"
	"souk/sim/market"
	"souk/sim/vtime"
)

// second after second of virtual time.
func at(seconds int) vtime.Time {
	return vtime.Time(0).Add(vtime.Duration(seconds) * vtime.Second)
}

// fetched returns a cache whose copies are good for 10 s, filled at 100 s with 5
// units in the first row and 9 younger ones in the second.
func fetched(onZero cache.OnZero) cache.Policy {
	p := cache.New(cache.Config{Mode: cache.TTL, TTL: 10 * vtime.Second, OnZero: onZero}, 2, 1)
	p.Load(at(100), []market.Stock{{Row: first, Offer: offer(5, 10)}, {Row: second, Offer: offer(9, 20)}})
	return p
}

func TestACopyIsGoodUntilItExpires(t *testing.T) {
	p := fetched(cache.Ask)
	require.Equal(t, serve(first, 1, 5), p.Decide(at(100), 0, 1, false))
	require.Equal(t, serve(first, 1, 5), p.Decide(at(110)-1, 0, 1, false))
	require.Equal(t, consult, p.Decide(at(110), 0, 1, false))
	require.Equal(t, consult, p.Decide(at(500), 0, 1, false))

	p.Load(at(500), []market.Stock{{Row: first, Offer: offer(4, 10)}})
	require.Equal(t, serve(first, 1, 4), p.Decide(at(509), 0, 1, false), "a fetch makes it good again")
}

func TestNothingIsBelievedBeforeTheFirstFetch(t *testing.T) {
	p := cache.New(cache.Config{Mode: cache.TTL, TTL: 10 * vtime.Second, OnZero: cache.Deny}, 2, 1)
	require.Equal(t, consult, p.Decide(at(0), 0, 1, false))
	p.Learn(first, offer(5, 10))
	require.Equal(t, consult, p.Decide(at(0), 0, 1, false), "a deposit's answer is no copy")
}

func TestOnlyAFetchRenewsACopy(t *testing.T) {
	p := fetched(cache.Ask)
	p.Learn(first, offer(3, 10))
	p.Merge(second, offer(7, 20))
	p.Sold(second, 1)
	p.Settled(second, 1)
	require.Equal(t, serve(first, 3, 3), p.Decide(at(109), 0, 3, false), "but each is taken in")
	require.Equal(t, serve(second, 4, 6), p.Decide(at(109), 0, 4, false))
	require.Equal(t, consult, p.Decide(at(110), 0, 1, false))
}

func TestOnlyAGoodCopyDenies(t *testing.T) {
	p := fetched(cache.Deny)
	require.Equal(t, refuse, p.Decide(at(109), 0, 10, false))
	require.Equal(t, consult, p.Decide(at(110), 0, 10, false))
	require.Equal(t, consult, fetched(cache.Ask).Decide(at(109), 0, 10, false))
}

// Three units were promised and the warehouse has not answered when the copy
// expires. The next one may or may not count them; they come off until then.
func TestOwedUnitsSurviveAnExpiry(t *testing.T) {
	p := fetched(cache.Ask)
	p.Sold(first, 3)
	p.Load(at(200), []market.Stock{{Row: first, Offer: offer(5, 10)}})
	require.Equal(t, serve(first, 2, 2), p.Decide(at(205), 0, 2, false))
	p.Settled(first, 3)
	p.Load(at(300), []market.Stock{{Row: first, Offer: offer(2, 10)}})
	require.Equal(t, serve(first, 2, 2), p.Decide(at(305), 0, 2, false))
}
