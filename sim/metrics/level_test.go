package metrics_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/metrics"
	"souk/sim/vtime"
)

// A level's average agrees with looking at it at every nanosecond.
func TestALevelAgreesWithLookingAtEveryInstant(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) {
		var l metrics.Level
		at, now := vtime.Time(0), int64(0)
		var seen []int64 // the level during each past nanosecond
		start, top := 0, int64(0)
		for range rapid.IntRange(0, 30).Draw(t, "changes") {
			for range rapid.IntRange(0, 5).Draw(t, "pause") {
				seen = append(seen, now)
				at++
			}
			switch rapid.IntRange(0, 5).Draw(t, "what") {
			case 0:
				l.Begin(at)
				start, top = len(seen), now
			case 1, 2:
				now = rapid.Int64Range(0, 9).Draw(t, "level")
				l.Set(at, now)
			default:
				change := rapid.Int64Range(max(-2, -now), 3).Draw(t, "change")
				now += change
				l.Add(at, change)
			}
			top = max(top, now)
			require.Equal(t, now, l.Now())
			require.Equal(t, top, l.Max())
		}
		want := 0.0
		for _, level := range seen[start:] {
			want += float64(level) / float64(len(seen)-start)
		}
		require.InDelta(t, want, l.Mean(at), 1e-9)
	})
}

func TestALevelLastsUntilTheTimeAskedFor(t *testing.T) {
	var l metrics.Level
	l.Set(10, 4)
	require.InDelta(t, 3.0, l.Mean(40), 1e-12) // 0 for 10, 4 for 30
	require.InDelta(t, 3.2, l.Mean(50), 1e-12)
}
