package stats_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/experiments/stats"
)

func TestAnIntervalHoldsItsBounds(t *testing.T) {
	i := stats.Interval{Low: 1, High: 4}
	for x, want := range map[float64]bool{0.999: false, 1: true, 2: true, 4: true, 4.001: false, inf: false, nan: false} {
		require.Equal(t, want, i.Holds(x), "%v", x)
	}
	require.Equal(t, 1.5, i.Half())
}

func TestAnUnknownIntervalHoldsNothing(t *testing.T) {
	i := stats.Interval{Low: nan, High: nan}
	require.False(t, i.Holds(0))
	require.False(t, i.Holds(nan))
	require.NotEqual(t, i.Half(), i.Half(), "unknown half-width")
}
