package kernel

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/vtime"
)

func TestABroadcastOverEqualLinksIsAFewEntries(t *testing.T) {
	k := New(1, Limits{})
	for round := range vtime.Time(3) {
		for i := range uint32(100_000) {
			k.Schedule(10*(round+1), 0, 0, 0, i)
		}
		require.Equal(t, enough, k.queue.bottom.len())
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

func TestShortVolleysTakeLittleMemory(t *testing.T) {
	for _, size := range []int{1, 2, 5, enough, enough + 1, enough + 2, 100} {
		k := New(1, Limits{})
		words := splitmix(1)
		for k.Pending() < 100_000 {
			at := vtime.Time(words.next() >> 20)
			for range size {
				k.Schedule(at, 0, 0, 0, 0)
			}
		}
		perEvent := float64(k.queue.pool.fresh*chunkLen*32) / float64(k.Pending())
		require.Less(t, perEvent, 56.0, "%d at a time", size)
	}
}
