package kernel_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/kernel"
	"souk/sim/vtime"
)

// reference is the dumb twin of a queue: a slice, sorted stably by time alone,
// so that events of equal time keep the order in which they were pushed.
type reference []kernel.Event

func (r *reference) push(e kernel.Event) {
	*r = append(*r, e)
	slices.SortStableFunc(*r, func(a, b kernel.Event) int { return int(a.At - b.At) })
}

func (r *reference) pop() kernel.Event {
	first := (*r)[0]
	*r = (*r)[1:]
	return first
}

func TestQueueAgreesWithASortedListUnderMassiveTies(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) {
		var want reference
		got := kernel.NewHeap(0)
		instants := rapid.SampledFrom([]int64{1, 2, 5, 1000}).Draw(t, "instants")
		var seq uint64
		now := vtime.Time(0)
		for range rapid.IntRange(1, 300).Draw(t, "steps") {
			if got.Len() > 0 && rapid.IntRange(0, 2).Draw(t, "pop") == 0 {
				require.Equal(t, want[0].At, got.Peek())
				e := got.Pop()
				require.Equal(t, want.pop(), e)
				now = e.At
				continue
			}
			seq++
			e := kernel.Event{At: now + vtime.Time(rapid.Int64Range(0, instants-1).Draw(t, "at")), Seq: seq, Ref: uint32(seq)}
			want.push(e)
			got.Push(e)
		}
		for len(want) > 0 {
			require.Equal(t, want.pop(), got.Pop())
		}
		require.Zero(t, got.Len())
		require.Equal(t, vtime.Never, got.Peek())
	})
}

func TestSimultaneousEventsFireInTheOrderTheyWereScheduled(t *testing.T) {
	k := kernel.New(kernel.NewHeap(0), 1, kernel.Limits{})
	for i := range 1000 {
		k.Schedule(7, 0, 0, 0, uint32(i))
	}
	for i := range 1000 {
		e, ok := k.Next()
		require.True(t, ok)
		require.EqualValues(t, i, e.Ref)
		require.EqualValues(t, 7, k.Now())
	}
	_, ok := k.Next()
	require.False(t, ok)
	require.Equal(t, kernel.Exhausted, k.End())
}

func TestCancelKillsGuardedEventsOfOneTargetOnly(t *testing.T) {
	k := kernel.New(kernel.NewHeap(0), 2, kernel.Limits{})
	k.ScheduleGuarded(1, 0, 0, 0, 10)
	k.ScheduleGuarded(2, 1, 0, 0, 11)
	k.Schedule(3, 0, 0, 0, 12)
	k.Cancel(0)
	k.ScheduleGuarded(4, 0, 0, 0, 13)

	var fired []uint32
	for e, ok := k.Next(); ok; e, ok = k.Next() {
		fired = append(fired, e.Ref)
	}
	require.Equal(t, []uint32{11, 12, 13}, fired)
	require.EqualValues(t, 3, k.Fired(), "a cancelled event does not count")
}

func TestLimitsStopTheRunAndLeaveTheRestPending(t *testing.T) {
	byTime := kernel.New(kernel.NewHeap(0), 1, kernel.Limits{Time: 10})
	byTime.Schedule(10, 0, 0, 0, 0)
	byTime.Schedule(11, 0, 0, 0, 0)
	_, ok := byTime.Next()
	require.True(t, ok, "an event at the limit still fires")
	_, ok = byTime.Next()
	require.False(t, ok)
	require.Equal(t, kernel.TimeLimit, byTime.End())
	require.EqualValues(t, 10, byTime.Now())
	require.Equal(t, 1, byTime.Pending())

	byEvents := kernel.New(kernel.NewHeap(0), 1, kernel.Limits{Events: 1})
	byEvents.Schedule(1, 0, 0, 0, 0)
	byEvents.Schedule(1, 0, 0, 0, 0)
	_, ok = byEvents.Next()
	require.True(t, ok)
	_, ok = byEvents.Next()
	require.False(t, ok)
	require.Equal(t, kernel.EventLimit, byEvents.End())
}

func TestSchedulingInThePastIsABug(t *testing.T) {
	k := kernel.New(kernel.NewHeap(0), 1, kernel.Limits{})
	k.Schedule(5, 0, 0, 0, 0)
	k.Next()
	require.Panics(t, func() { k.Schedule(4, 0, 0, 0, 0) })
}

// BenchmarkHold is the hold model: take the first event, schedule it again a
// pseudo-random while later, at a constant number of pending events.
func BenchmarkHold(b *testing.B) {
	for _, pending := range []int{1_000, 100_000, 1_000_000} {
		b.Run(sizeName(pending), func(b *testing.B) {
			k := kernel.New(kernel.NewHeap(pending), 1, kernel.Limits{})
			state := uint64(1)
			draw := func() vtime.Time {
				state = state*6364136223846793005 + 1442695040888963407
				return vtime.Time(state >> 40)
			}
			for range pending {
				k.Schedule(draw(), 0, 0, 0, 0)
			}
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				k.Next()
				k.Schedule(k.Now()+draw(), 0, 0, 0, 0)
			}
		})
	}
}

func sizeName(n int) string {
	return map[int]string{1_000: "1e3", 100_000: "1e5", 1_000_000: "1e6"}[n]
}
