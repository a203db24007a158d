package cache_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/bazaar/cache"
	"souk/sim/market"
)

// Two sellers, one item: each row is a seller.
const (
	first market.Row = iota
	second
)

func offer(count int32, stamp uint64) market.Offer {
	return market.Offer{Count: count, Stamp: stamp, Price: 100}
}

// pulled returns a cache that was just filled with 5 units in the first row and
// 9 younger ones in the second.
func pulled(change func(*cache.Config)) cache.Policy {
	c := cache.Config{Mode: cache.Pull}
	if change != nil {
		change(&c)
	}
	p := cache.New(c, 2, 1)
	p.Load(0, []market.Stock{{Row: first, Offer: offer(5, 10)}, {Row: second, Offer: offer(9, 20)}})
	return p
}

var (
	consult = cache.Decision{Verdict: cache.Consult, Row: market.NoRow}
	refuse  = cache.Decision{Verdict: cache.Refuse, Row: market.NoRow}
)

func serve(r market.Row, take, seen int32) cache.Decision {
	return cache.Decision{Verdict: cache.Serve, Row: r, Take: take, Seen: seen}
}

func TestOffAlwaysConsults(t *testing.T) {
	p := cache.New(cache.Config{OnZero: cache.Deny}, 2, 1)
	require.Equal(t, consult, p.Decide(0, 0, 1, false))
	p.Load(0, []market.Stock{{Row: first, Offer: offer(5, 10)}})
	p.Learn(first, offer(5, 10))
	p.Merge(first, offer(5, 10))
	p.Sold(first, 1)
	p.Settled(first, 1)
	require.Equal(t, consult, p.Decide(0, 0, 1, false))
	require.Equal(t, consult, p.Decide(0, 0, 1, true))
	require.Zero(t, p.At(first))
}

func TestTheOldestOfferThatWillDoIsServed(t *testing.T) {
	p := pulled(nil)
	require.Equal(t, serve(first, 5, 5), p.Decide(0, 0, 5, false))
	require.Equal(t, serve(second, 6, 9), p.Decide(0, 0, 6, false))
	require.Equal(t, serve(first, 5, 5), p.Decide(0, 0, 6, true))
	require.Equal(t, serve(first, 5, 5), p.Decide(0, 0, 5, false), "deciding changes nothing")
	p.Sold(first, 5)
	require.Equal(t, serve(second, 1, 9), p.Decide(0, 0, 1, false))
}

func TestACachedZeroIsAskedAboutOrDenied(t *testing.T) {
	for _, c := range []struct {
		onZero cache.OnZero
		want   cache.Decision
	}{{cache.Ask, consult}, {cache.Deny, refuse}} {
		p := pulled(func(cfg *cache.Config) { cfg.OnZero = c.onZero })
		require.Equal(t, c.want, p.Decide(0, 0, 10, false), "too little is as good as nothing")
		p.Sold(first, 5)
		p.Sold(second, 9)
		require.Equal(t, c.want, p.Decide(0, 0, 1, true))

		unknown := cache.New(cache.Config{Mode: cache.Pull, OnZero: c.onZero}, 2, 1)
		require.Equal(t, consult, unknown.Decide(0, 0, 1, false), "an item that was never seen is asked about")
	}
}

// A snapshot that left before the warehouse heard of a sale still counts the
// units; they are owed, and come off again.
func TestOwedUnitsSurviveALoad(t *testing.T) {
	p := pulled(nil)
	p.Sold(first, 3)
	require.EqualValues(t, 2, p.At(first).Count)
	p.Load(0, []market.Stock{{Row: first, Offer: offer(5, 10)}, {Row: second, Offer: offer(4, 20)}})
	require.EqualValues(t, 2, p.At(first).Count)
	require.EqualValues(t, 4, p.At(second).Count)
	p.Learn(first, offer(7, 10)) // two more were deposited
	require.EqualValues(t, 4, p.At(first).Count)

	p.Settled(first, 1)
	require.EqualValues(t, 4, p.At(first).Count, "an answer alone changes no count")
	p.Learn(first, offer(7, 10))
	require.EqualValues(t, 5, p.At(first).Count, "two are still owed")
	p.Settled(first, 2)
	p.Load(0, []market.Stock{{Row: first, Offer: offer(5, 10)}})
	require.EqualValues(t, 5, p.At(first).Count)
	require.Zero(t, p.At(second).Count, "what a snapshot does not mention is gone")
}

func TestACountIsNeverBelowZero(t *testing.T) {
	p := pulled(nil)
	p.Sold(first, 5)
	p.Load(0, []market.Stock{{Row: first, Offer: offer(3, 10)}})
	require.Zero(t, p.At(first).Count)
	p.Learn(first, offer(1, 10))
	require.Zero(t, p.At(first).Count)
}

func TestWhatAnotherTraderSays(t *testing.T) {
	for _, c := range []struct {
		merge       cache.Merge
		fewer, more int32
	}{{cache.Min, 3, 3}, {cache.Latest, 3, 8}} {
		p := pulled(func(cfg *cache.Config) { cfg.Merge = c.merge })
		p.Merge(first, market.Offer{Count: 3, Stamp: 99, Price: 77})
		require.Equal(t, offer(c.fewer, 10), p.At(first), "only the count is taken over")
		p.Merge(first, offer(8, 10))
		require.Equal(t, c.more, p.At(first).Count)
		p.Merge(first, offer(0, 10))
		require.Equal(t, serve(second, 1, 9), p.Decide(0, 0, 1, false))

		empty := cache.New(cache.Config{Mode: cache.Pull, Merge: c.merge}, 2, 1)
		empty.Merge(first, offer(3, 10))
		require.Zero(t, empty.At(first), "a row never seen stays unknown")
		require.Equal(t, consult, empty.Decide(0, 0, 1, false))
	}
}

// While the warehouse says what it has each time, a cache of one trader shows
// that less what is owed, whatever is sold, settled and learnt in between.
func TestACacheIsTheLastWordLessWhatIsOwed(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) {
		p := pulled(nil)
		var owed [2]int32
		for range 50 {
			r := market.Row(rapid.Int32Range(0, 1).Draw(t, "row"))
			switch rapid.IntRange(0, 2).Draw(t, "what") {
			case 0:
				if d := p.Decide(0, 0, rapid.Int32Range(1, 3).Draw(t, "quantity"), rapid.Bool().Draw(t, "partial")); d.Verdict == cache.Serve {
					require.Equal(t, p.At(d.Row).Count, d.Seen)
					p.Sold(d.Row, d.Take)
					owed[d.Row] += d.Take
					require.Equal(t, d.Seen-d.Take, p.At(d.Row).Count)
				}
			case 1:
				if owed[r] > 0 {
					part := rapid.Int32Range(1, owed[r]).Draw(t, "settled")
					before := p.At(r)
					p.Settled(r, part)
					owed[r] -= part
					require.Equal(t, before, p.At(r))
				}
			case 2:
				counts := [2]int32{rapid.Int32Range(0, 20).Draw(t, "first"), rapid.Int32Range(0, 20).Draw(t, "second")}
				p.Load(0, []market.Stock{{Row: first, Offer: offer(counts[0], 10)}, {Row: second, Offer: offer(counts[1], 20)}})
				for i := range counts {
					require.Equal(t, max(0, counts[i]-owed[i]), p.At(market.Row(i)).Count)
				}
			}
		}
	})
}

func TestTheTableOfPoliciesIsFitForParserAndDocs(t *testing.T) {
	names := map[string]bool{}
	for mode, k := range cache.Kinds() {
		require.False(t, names[k.Name], "%s is there twice", k.Name)
		names[k.Name] = true
		require.NotEmpty(t, k.Doc, k.Name)
		require.NotNil(t, cache.New(cache.Config{Mode: cache.Mode(mode)}, 1, 1))
	}
}
