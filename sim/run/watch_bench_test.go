package run_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim"
	"souk/sim/run"
)

// BenchmarkWatched and BenchmarkUnwatched are the same runs with the meter and all
// checkers, and with nobody looking: what they differ by is what it costs to know.
func BenchmarkWatched(b *testing.B) { eachMarket(b, true) }

func BenchmarkUnwatched(b *testing.B) { eachMarket(b, false) }

func eachMarket(b *testing.B, watched bool) {
	const events = 1_000_000
	for _, m := range busyMarkets() {
		b.Run(m.name, func(b *testing.B) {
			cfg := m.config(b, events)
			var result sim.Result
			b.ResetTimer()
			for range b.N {
				if watched {
					report, err := run.Once(cfg, run.Options{})
					require.NoError(b, err)
					result = report.World
				} else {
					var err error
					result, err = cfg.Play().Run()
					require.NoError(b, err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/events, "ns/event")
			if b.N == 1 {
				b.Logf("digest %v after %d events", result.Digest, result.Events)
			}
		})
	}
}
