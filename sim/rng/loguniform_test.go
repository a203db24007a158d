package rng

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLogUniformSpreadsOverTheOrdersOfMagnitude(t *testing.T) {
	const n = 100_000
	draw := NewStream(1, "test", 0)
	below := [4]int{}
	for range n {
		x := LogUniform(&draw, 1, 10_000)
		require.True(t, 1 <= x && x <= 10_000, "%v", x)
		for decade, limit := range []float64{10, 100, 1000, 10_000.1} {
			if x < limit {
				below[decade]++
			}
		}
	}
	for decade, count := range below {
		require.InDelta(t, float64(decade+1)/4, float64(count)/n, 0.01, "below 10^%d", decade+1)
	}
	require.Equal(t, 5.0, LogUniform(&draw, 5, 5))
}
