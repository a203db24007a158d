package workload_test

import (
	"flag"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/bench/workload"
)

// golden are the hashes after 20,000 events with n = 300. They are the same for
// every engine that keeps the order (time, sequence), in whatever language.
var golden = map[string]uint64{
	"hold":            0xdd568b67ca1a197f,
	"phold":           0x147cc25c23861b01,
	"mm1":             0xba430870b2f257b4,
	"timers-cancel":   0xb0639193393bb9cd,
	"timers-deferred": 0xb0639193393bb9cd,
}

func TestWorkloadsFireWhatASortedListFires(t *testing.T) {
	for _, w := range workload.All() {
		t.Run(w.Name, func(t *testing.T) {
			for _, n := range []uint32{1, 2, 17, 300} {
				run := w.Start(n)
				run.Step(10)
				run.Step(990)
				require.Equal(t, reference(w.Name, n, 1000), run.Tally(), "n = %d", n)
			}
			run := w.Start(300)
			run.Step(20_000)
			require.Equal(t, reference(w.Name, 300, 20_000), run.Tally())
			require.Equal(t, fmt.Sprintf("%#016x", golden[w.Name]), fmt.Sprintf("%#016x", run.Tally().Hash))
		})
	}
}

// What is left are the few times when a queue has more events, or more of them
// close together, than ever before.
func TestStepsAllocateNothing(t *testing.T) {
	for _, w := range workload.All() {
		run := w.Start(1000)
		run.Step(20_000)
		require.Less(t, testing.AllocsPerRun(1, func() { run.Step(20_000) }), 5.0, w.Name)
	}
}

func TestStartRefusesWhatIsNotThere(t *testing.T) {
	_, err := workload.Start("phald", 1)
	require.EqualError(t, err, `there is no workload "phald"`)
}

var long = flag.Bool("long", false, "benchmark hold with ten million pending events as well")

// BenchmarkWorkload prints with each result the hash of its first n + 100,000
// events (as hash48, its upper 48 bits, which a float holds).
func BenchmarkWorkload(b *testing.B) {
	for _, w := range workload.All() {
		for _, n := range sizes(w.Name) {
			b.Run(fmt.Sprintf("%s/n=%.0e", w.Name, float64(n)), func(b *testing.B) { measure(b, w, n) })
		}
	}
}

func sizes(name string) []uint32 {
	switch {
	case name == "mm1":
		return []uint32{1}
	case name == "hold" && *long:
		return []uint32{1e3, 1e5, 1e6, 1e7}
	}
	return []uint32{1e3, 1e5, 1e6}
}

func measure(b *testing.B, w workload.Workload, n uint32) {
	run := w.Start(n)
	run.Step(int(n) + 100_000) // most of what was scheduled at the start is gone then
	hash := run.Tally().Hash
	b.ReportAllocs()
	b.ResetTimer()
	run.Step(b.N)
	b.ReportMetric(float64(hash>>16), "hash48")
}
