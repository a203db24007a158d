package run_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim"
	"souk/sim/run"
)

func TestARunInTheMemoryOfOthersIsTheSame(t *testing.T) {
	memory := new(sim.Memory)
	for _, name := range []string{"bazaar", "traderless", "peer-to-peer", "stormy", "two-peers", "bully-11-drift", "overlay", "bazaar"} {
		alone, err := run.Once(read(t, name), run.Options{})
		require.NoError(t, err)

		// One that is broken off leaves events and messages behind.
		brokenOff := read(t, name, "run.event_limit=3000")
		brokenOff.World.Memory = memory
		_, err = run.Once(brokenOff, run.Options{})
		require.NoError(t, err)

		sharing := read(t, name)
		sharing.World.Memory = memory
		report, err := run.Once(sharing, run.Options{})
		require.NoError(t, err)
		require.Equal(t, alone.World, report.World, name)
	}
}

// BenchmarkShortRun is a run that is soon over, alone and in the memory of the one
// before.
func BenchmarkShortRun(b *testing.B) {
	for _, name := range []string{"two-peers", "exp1-cached", "bazaar"} {
		for _, memory := range []*sim.Memory{nil, new(sim.Memory)} {
			for _, events := range []string{"0", "1"} {
				b.Run(fmt.Sprintf("%s/shared=%t/limit=%s", name, memory != nil, events), func(b *testing.B) {
					cfg := read(b, name, "run.event_limit="+events)
					cfg.World.Memory = memory
					b.ReportAllocs()
					b.ResetTimer()
					var fired uint64
					for range b.N {
						r, err := run.Once(cfg, run.Options{})
						require.NoError(b, err)
						fired = r.World.Events
					}
					b.ReportMetric(float64(fired), "events")
				})
			}
		}
	}
}
