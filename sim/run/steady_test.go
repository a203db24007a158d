package run_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim"
	"souk/sim/run"
)

// busy is a market that goes on for ever: think of it as the inside of a long
// run, with a cache, syncs, heartbeats and the queue store at work.
func busy(events uint64) []string {
	return []string{
		"run.time_limit=100000h", fmt.Sprint("run.event_limit=", events), "faults=[]",
		"peers.buyers.count=200", "peers.sellers.count=50", "traders.workers=20",
	}
}

// busyTraderless is the inside of a long run without traders.
func busyTraderless(events uint64) []string {
	return []string{
		"run.time_limit=100000h", fmt.Sprint("run.event_limit=", events), "faults=[]", "peers.list=[]", "peers.buyers.script=[]",
		"peers.buyers.count=50", "peers.sellers.count=20", "traderless.broadcast_every=100ms",
	}
}

// busyPeerToPeer is the inside of a long run in which look-ups flood a network.
func busyPeerToPeer(events uint64) []string {
	return []string{
		"run.time_limit=100000h", fmt.Sprint("run.event_limit=", events),
		"peers.buyers.count=50", "peers.sellers.count=20", "peer_to_peer.hop_limit=5",
	}
}

// mallocs returns how often a run of a scenario allocates.
func mallocs(t testing.TB, name string, events uint64, set []string) uint64 {
	cfg := read(t, name, set...)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	report, err := run.Once(cfg, run.Options{})
	runtime.ReadMemStats(&after)
	require.NoError(t, err)
	require.Equal(t, events, report.World.Events)
	return after.Mallocs - before.Mallocs
}

// In the steady state an event allocates nothing, observers and checkers
// included. What is left are buffers that double when the run sets a record,
// and a checker's one bit a request.
func TestSteadyStateAllocatesNothing(t *testing.T) {
	for name, market := range map[string]func(uint64) []string{
		"bazaar": busy, "traderless": busyTraderless, "peer-to-peer": busyPeerToPeer,
	} {
		short, long := mallocs(t, name, 400_000, market(400_000)), mallocs(t, name, 800_000, market(800_000))
		perEvent := float64(long-short) / 400_000
		require.Less(t, perEvent, 0.002, "%s: %d allocations in 400,000 events", name, long-short)
	}
}

// BenchmarkEvent is the cost of one event of a whole bazaar: deliver, step,
// route, schedule, with metrics and all checkers on.
func BenchmarkEvent(b *testing.B) {
	cfg := read(b, "bazaar", busy(uint64(b.N))...)
	b.ReportAllocs()
	b.ResetTimer()
	report, err := run.Once(cfg, run.Options{})
	require.NoError(b, err)
	b.Logf("digest %v after %d events", report.World.Digest, report.World.Events)
}

// BenchmarkPeers is the memory of a peer: the live heap, observers and pending
// events included, of a market of so many open-loop buyers in full swing.
func BenchmarkPeers(b *testing.B) {
	for _, peers := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(peers), func(b *testing.B) {
			for range b.N {
				cfg := read(b, "flash-sale", fmt.Sprint("peers.buyers.count=", peers),
					"peers.buyers.arrivals={exponential: {mean: 1000s}}", "run.time_limit=60s")
				var before, during runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&before)
				cfg.World.Watch = func(p sim.Progress) bool {
					if during.HeapAlloc == 0 && p.Events > uint64(2*peers) {
						runtime.GC()
						runtime.ReadMemStats(&during)
					}
					return true
				}
				report, err := run.Once(cfg, run.Options{})
				require.NoError(b, err)
				b.ReportMetric(float64(during.HeapAlloc-before.HeapAlloc)/float64(peers), "B/peer")
				b.ReportMetric(float64(report.World.Events), "events")
			}
		})
	}
}
