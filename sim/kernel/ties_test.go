package kernel_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/kernel"
	"souk/sim/vtime"
)

// order schedules events at one instant, and returns the order in which they
// fire. Every third one is in line 1, every other third in line 2.
func order(key uint64, n int) []uint32 {
	k := kernel.New(1, kernel.Limits{})
	k.ShuffleTies(key)
	for i := range uint32(n) {
		if i%3 == 0 {
			k.Schedule(7, 0, 0, 0, i)
		} else {
			k.ScheduleInLine(uint64(i%3), 7, 0, 0, 0, i)
		}
	}
	var fired []uint32
	for e := k.Next(); e != nil; e = k.Next() {
		fired = append(fired, e.Ref)
	}
	return fired
}

func TestShuffledTiesAreAPermutationInWhichLinesKeepTheirOrder(t *testing.T) {
	plain := order(0, 300)
	require.True(t, slices.IsSorted(plain), "without a key nothing is shuffled, in a line or not")
	seen := [][]uint32{plain}
	for key := range uint64(20) {
		got := order(key+1, 300)
		require.NotContains(t, seen, got, "key %d is an order of its own", key+1)
		require.Equal(t, got, order(key+1, 300), "and always the same")
		seen = append(seen, got)
		for line := range uint32(3) {
			members := slices.DeleteFunc(slices.Clone(got), func(ref uint32) bool { return ref%3 != line })
			require.Equal(t, line != 0, slices.IsSorted(members), "line %d", line)
		}
		slices.Sort(got)
		require.Equal(t, plain, got, "nothing is lost")
	}
}

func TestShuffledTiesRespectTimeAndCause(t *testing.T) {
	for key := range uint64(50) {
		k := kernel.New(1, kernel.Limits{})
		k.ShuffleTies(key)
		k.Schedule(5, 0, 0, 0, 0)
		k.Schedule(6, 0, 0, 0, 99)
		// Each event causes the next, for the same instant.
		var fired []uint32
		for e := k.Next(); e != nil; e = k.Next() {
			fired = append(fired, e.Ref)
			if e.Ref < 5 {
				require.Equal(t, vtime.Time(5), k.Now())
				k.Schedule(5, 0, 0, 0, e.Ref+1)
			}
		}
		require.Equal(t, []uint32{0, 1, 2, 3, 4, 5, 99}, fired)
	}
}
