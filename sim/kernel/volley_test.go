package kernel

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/vtime"
)

func TestABroadcastOverEqualLinksIsOneEntry(t *testing.T) {
	k := New(1, Limits{})
	for round := range vtime.Time(3) {
		for i := range uint32(100_000) {
			k.Schedule(10*(round+1), 0, 0, 0, i)
		}
		require.Equal(t, 1, k.queue.bottom.len())
		require.Zero(t, k.queue.top.count)
		require.Empty(t, k.queue.rungs)
		require.Equal(t, 100_000, k.Pending())
		for i := range uint32(100_000) {
			require.Equal(t, i, k.Next().Ref)
		}
		require.Zero(t, k.Pending())
	}
	require.Len(t, k.volleys.lists, 1)
}
