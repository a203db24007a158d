package run_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/rng"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/scenario/field"
)

// randomShop draws a small market without a rapid test around it, so that a
// thousand of them are a thousand different ones.
func randomShop(seed int, fixed ...field.Override) []field.Override {
	draw := rng.NewStream(uint64(seed), "shop", 0)
	set := []field.Override{{Key: "run.seed", Value: fmt.Sprint(seed)}}
	choose := func(key string, values ...string) {
		set = append(set, field.Override{Key: key, Value: values[draw.IntN(len(values))]})
	}
	choose("peers.buyers.count", "2", "5", "9")
	choose("peers.sellers.count", "1", "2", "5")
	choose("peers.items", "[fish]", "[fish, salt]", "[fish, salt, boar]")
	choose("peers.buyers.think", "0s", "{exponential: {mean: 300ms}}", "{exponential: {mean: 2s}}")
	choose("peers.buyers.quantity", "1", "{uniform: {min: 1, max: 4}}")
	choose("peers.buyers.fill", "all-or-nothing", "partial")
	choose("peers.buyers.answer_timeout", "500ms", "15s")
	choose("peers.sellers.sells.on_sold_out", "another-item", "same-item", "wait")
	choose("peers.sellers.restock.quantity", "1", "3", "10")
	choose("traders.count", "1", "2")
	choose("traders.workers", "1", "20")
	choose("traders.service", "1ms", "{exponential: {mean: 100ms}}")
	choose("traders.queue.order", "lamport", "arrival")
	choose("traders.queue.on_crash", "taken-over", "lost")
	choose("warehouse.parallel", "1", "8")
	choose("network.loss", "0%", "1%")
	choose("network.delay", "1ms", "{exponential: {mean: 50ms}}")
	return append(set, fixed...)
}

func TestAThousandRandomCachelessMarketsNeverOversellOrUndersell(t *testing.T) {
	const file = `version: 1
run: {time_limit: 70s}
traders: {election: {algorithm: appointed}, settle: 1s, opening: 1s, cache: {mode: "off"}}
faults:
  - {at: 30s, crash: trader0, for: 8s}
  - {at: 55s, crash: warehouse, for: 2s}
`
	var sales, refused uint64
	for seed := range 1000 {
		doc, problems := scenario.Read("shop.yaml", []byte(file), randomShop(seed))
		require.NoError(t, problems.Err())
		report, err := run.Once(&doc.Config, run.Options{})
		require.NoError(t, err, "seed %d", seed)
		q := report.Summary().Requests
		require.Zero(t, q.Stale, "seed %d", seed)
		require.Zero(t, q.Undersold, "seed %d", seed)
		require.Zero(t, q.OversoldUnits, "seed %d", seed)
		sales += q.Fulfilled
		refused += q.OutOfStock
	}
	require.Greater(t, sales, uint64(10_000), "the markets must have been busy for this to mean anything")
	require.Greater(t, refused, uint64(10_000), "and goods must have run out")
}

func TestRareRefreshesOversellAndAreCountedApartFromHonestRefusals(t *testing.T) {
	rare := []string{"traders.cache.warehouse_sync.after_sales=1000", "traders.cache.peer_sync.after_sales=0"}
	var stale, gone uint64
	for seed := range 20 {
		q := once(t, "cache-sync-database", append(rare, fmt.Sprint("run.seed=", seed))...).Summary().Requests
		require.Equal(t, q.Issued, q.Fulfilled+q.Rejected+q.TimedOut+q.Cancelled+q.Live)
		require.Equal(t, q.Rejected, q.Stale+q.OutOfStock+q.Undersold+q.NotOffered)
		stale += q.Stale
		gone += q.OutOfStock
	}
	require.NotZero(t, stale)
	require.NotZero(t, gone)
}

// A fresher cache oversells less: on common random numbers, over 40 seeds, the
// total of stale rejections must fall with every step of freshness.
func TestFresherCachesOversellLess(t *testing.T) {
	total := func(set ...string) (stale uint64) {
		for seed := range 40 {
			stale += once(t, "cache-sync-database", append(set, fmt.Sprint("run.seed=", seed))...).Summary().Requests.Stale
		}
		return stale
	}
	ttl := func(lasting string) []string {
		return []string{"traders.cache.warehouse_sync.after_sales=0", "traders.cache.mode=ttl", "traders.cache.ttl=" + lasting}
	}
	never := total("traders.cache.warehouse_sync.after_sales=0")
	seldom := total("traders.cache.warehouse_sync.after_sales=20")
	often := total("traders.cache.warehouse_sync.after_sales=2")
	told := total("traders.cache.warehouse_sync.after_sales=2", "traders.cache.peer_sync.after_sales=1")
	off := total("traders.cache.mode=off")
	require.Greater(t, never, total(ttl("20s")...))
	require.Greater(t, total(ttl("20s")...), total(ttl("2s")...))
	require.Greater(t, never, seldom)
	require.Greater(t, seldom, often)
	require.Greater(t, often, told)
	require.Zero(t, off)
}

func TestLostUpdatesOversellEvenWithoutACache(t *testing.T) {
	var stale uint64
	for seed := range 20 {
		r := once(t, "cacheless", "warehouse.writes=absolute", "peers.buyers.think=50ms", "traders.workers=20", fmt.Sprint("run.seed=", seed))
		stale += r.Summary().Requests.Stale
	}
	require.NotZero(t, stale)
}
