package run_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim"
	"souk/sim/run"
)

// mallocs returns how often a run of a busy market allocates.
func mallocs(t testing.TB, m *busyMarket, events int) uint64 {
	cfg := m.config(t, events)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := run.Once(cfg, run.Options{})
	runtime.ReadMemStats(&after)
	require.NoError(t, err)
	return after.Mallocs - before.Mallocs
}

// In the steady state an event allocates nothing, observers and checkers
// included. What is left are buffers that double when the run sets a record,
// and a checker's one bit a request.
func TestSteadyStateAllocatesNothing(t *testing.T) {
	for _, m := range busyMarkets() {
		short, long := mallocs(t, &m, 400_000), mallocs(t, &m, 800_000)
		perEvent := float64(long-short) / 400_000
		require.Less(t, perEvent, 0.002, "%s: %d allocations in 400,000 events", m.name, long-short)
	}
}

// BenchmarkEvent is the cost of one event of a whole market: deliver, step,
// route, schedule, with metrics and all checkers on.
func BenchmarkEvent(b *testing.B) {
	for _, m := range busyMarkets() {
		b.Run(m.name, func(b *testing.B) {
			if b.N == 1 {
				b.Logf("digest %v after %d events", m.run(b, sampleEvents).Digest, sampleEvents)
			}
			cfg := m.config(b, b.N)
			b.ReportAllocs()
			b.ResetTimer()
			_, err := run.Once(cfg, run.Options{})
			require.NoError(b, err)
		})
	}
}

// BenchmarkPeers is the memory of a peer: the live heap, observers and pending
// events included, of a market of so many open-loop buyers in full swing.
func BenchmarkPeers(b *testing.B) {
	for _, peers := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(peers), func(b *testing.B) {
			for range b.N {
				cfg := crowded(b, peers)
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
				b.Logf("digest %v", report.World.Digest)
			}
		})
	}
}
