package main

import (
	"io"
	"testing"

	"github.com/stretchr/testify/require"
)

// start runs the smallest market there is, for one purchase.
func start(t testing.TB) {
	require.Equal(t, exitOK, command([]string{"run", "two-peers", "--set", "run.stop.requests=1"}, io.Discard, io.Discard))
}

// Whoever tries a scenario doesn't wait for the simulator to get ready. A test of
// the time would fail on a busy machine; of what is done, the allocations tell:
// they are some 19,000, in 4 ms.
func TestStartingIsCheap(t *testing.T) {
	require.Less(t, testing.AllocsPerRun(3, func() { start(t) }), 25_000.0)
}

// BenchmarkStart is what a run takes besides running: the command line, the
// field table, a scenario, a market of two, the summary.
func BenchmarkStart(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		start(b)
	}
}
