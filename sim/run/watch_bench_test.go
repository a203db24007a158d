package run_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/run"
)

// BenchmarkWatched and BenchmarkUnwatched are the same runs with the meter and all
// checkers, and with nobody looking: what they differ by is what it costs to know.
func BenchmarkWatched(b *testing.B) { eachMarket(b, true) }

func BenchmarkUnwatched(b *testing.B) { eachMarket(b, false) }

func eachMarket(b *testing.B, watched bool) {
	const events = 1_000_000
	for _, m := range []struct {
		name string
		set  []string
	}{
		{"bazaar", busy(events)},
		{"cacheless", append(busy(events), "traders.cache.mode=off")},
		{"traderless", busyTraderless(events)},
		{"peer-to-peer", busyPeerToPeer(events)},
	} {
		scenario := m.name
		if scenario == "cacheless" {
			scenario = "bazaar"
		}
		b.Run(m.name, func(b *testing.B) {
			cfg := read(b, scenario, m.set...)
			b.ResetTimer()
			for range b.N {
				if watched {
					report, err := run.Once(cfg, run.Options{})
					require.NoError(b, err)
					require.EqualValues(b, events, report.World.Events)
				} else {
					_, err := cfg.Play().Run()
					require.NoError(b, err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/events, "ns/event")
		})
	}
}
