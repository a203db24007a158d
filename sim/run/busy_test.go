package run_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim"
	"souk/sim/run"
	"souk/sim/scenario"
)

// busyMarket is a market that goes on for ever: think of it as the inside of a
// long run. Benchmarks and the test of allocations run it.
type busyMarket struct {
	name, scenario string
	set            []string
}

// busyMarkets are the three systems, the bazaar with caches and without.
func busyMarkets() []busyMarket {
	// With syncs, heartbeats and the queue store at work.
	bazaar := []string{"faults=[]", "peers.buyers.count=200", "peers.sellers.count=50", "traders.workers=20"}
	return []busyMarket{
		{"bazaar", "bazaar", bazaar},
		{"cacheless", "bazaar", append([]string{"traders.cache.mode=off"}, bazaar...)},
		{"traderless", "traderless", []string{
			"faults=[]", "peers.list=[]", "peers.buyers.script=[]",
			"peers.buyers.count=50", "peers.sellers.count=20", "traderless.broadcast_every=100ms",
		}},
		{"peer-to-peer", "peer-to-peer", []string{"peers.buyers.count=50", "peers.sellers.count=20", "peer_to_peer.hop_limit=5"}},
	}
}

// config is a run of the market that ends after so many events.
func (m *busyMarket) config(t testing.TB, events int) *scenario.Config {
	return read(t, m.scenario, append([]string{"run.time_limit=100000h", fmt.Sprint("run.event_limit=", events)}, m.set...)...)
}

// run runs the market with the meter and all checkers.
func (m *busyMarket) run(t testing.TB, events int) sim.Result {
	t.Helper()
	report, err := run.Once(m.config(t, events), run.Options{})
	require.NoError(t, err)
	require.EqualValues(t, events, report.World.Events)
	return report.World
}

// crowded is a sale to so many buyers, most of whom have nothing under way at any
// moment.
func crowded(t testing.TB, buyers int) *scenario.Config {
	return read(t, "flash-sale", fmt.Sprint("peers.buyers.count=", buyers),
		"peers.buyers.arrivals={exponential: {mean: 1000s}}", "run.time_limit=60s")
}

// What the benchmarks measure does what it did when their figures were written
// down.
func TestWhatIsMeasuredStaysTheSame(t *testing.T) {
	var got strings.Builder
	for _, m := range busyMarkets() {
		fmt.Fprintf(&got, "%-24s %s\n", m.name, m.run(t, sampleEvents).Digest)
	}
	report, err := run.Once(crowded(t, sampleBuyers), run.Options{})
	require.NoError(t, err)
	fmt.Fprintf(&got, "%-24s %s\n", "crowded", report.World.Digest)
	want, err := os.ReadFile(filepath.Join("testdata", "busy.txt"))
	require.NoError(t, err)
	require.Equal(t, string(want), got.String())
}

// The size of the runs whose digests the benchmarks print, and the test compares.
const (
	sampleEvents = 200_000
	sampleBuyers = 2_000
)
