package kernel_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/kernel"
	"souk/sim/vtime"
)

func TestSimultaneousEventsFireInTheOrderTheyWereScheduled(t *testing.T) {
	k := kernel.New(1, kernel.Limits{})
	for i := range 1000 {
		k.Schedule(7, 0, 0, 0, uint32(i))
	}
	for i := range 1000 {
		e := k.Next()
		require.NotNil(t, e)
		require.EqualValues(t, i, e.Ref)
		require.EqualValues(t, 7, k.Now())
	}
	require.Nil(t, k.Next())
	require.Equal(t, kernel.Exhausted, k.End())
}

func TestCancelKillsGuardedEventsOfOneTargetOnly(t *testing.T) {
	k := kernel.New(2, kernel.Limits{})
	k.ScheduleGuarded(1, 0, 0, 0, 10)
	k.ScheduleGuarded(2, 1, 0, 0, 11)
	k.Schedule(3, 0, 0, 0, 12)
	k.Cancel(0)
	k.ScheduleGuarded(4, 0, 0, 0, 13)

	require.Equal(t, []uint32{11, 12, 13}, refs(k))
	require.EqualValues(t, 3, k.Fired(), "a cancelled event does not count")
}

// refs fires what is left and returns the references.
func refs(k *kernel.Kernel) (fired []uint32) {
	for e := k.Next(); e != nil; e = k.Next() {
		fired = append(fired, e.Ref)
	}
	return fired
}

func TestLimitsStopTheRunAndLeaveTheRestPending(t *testing.T) {
	byTime := kernel.New(1, kernel.Limits{Time: 10})
	byTime.Schedule(10, 0, 0, 0, 0)
	byTime.Schedule(11, 0, 0, 0, 0)
	require.EqualValues(t, 10, byTime.Peek())
	require.NotNil(t, byTime.Next(), "an event at the limit still fires")
	require.Nil(t, byTime.Next())
	require.Equal(t, kernel.TimeLimit, byTime.End())
	require.EqualValues(t, 10, byTime.Now())
	require.EqualValues(t, 11, byTime.Peek())
	require.Equal(t, 1, byTime.Pending())

	byEvents := kernel.New(1, kernel.Limits{Events: 1})
	byEvents.Schedule(1, 0, 0, 0, 0)
	byEvents.Schedule(1, 0, 0, 0, 0)
	require.NotNil(t, byEvents.Next())
	require.Nil(t, byEvents.Next())
	require.Equal(t, kernel.EventLimit, byEvents.End())
}

func TestSchedulingInThePastIsABug(t *testing.T) {
	k := kernel.New(1, kernel.Limits{})
	k.Schedule(5, 0, 0, 0, 0)
	k.Next()
	require.Panics(t, func() { k.Schedule(4, 0, 0, 0, 0) })
	require.Panics(t, func() { k.Arm(k.NewTimer(0, 0, 0, 0), 4) })
}

func TestTheEventInHandStaysWhateverIsScheduledMeanwhile(t *testing.T) {
	k := kernel.New(1, kernel.Limits{})
	k.Schedule(1, 0, 0, 0, 42)
	e := k.Next()
	for i := range uint32(1000) {
		k.Schedule(1, 0, 0, 0, i)
		k.Schedule(1_000_000, 0, 0, 0, i)
	}
	require.EqualValues(t, 42, e.Ref)
}

func TestAResetKernelRunsLikeANewOne(t *testing.T) {
	used := kernel.New(3, kernel.Limits{Time: 500})
	used.ShuffleTies(9)
	used.Arm(used.NewTimer(1, 0, 0, 0), 900)
	used.Cancel(2)
	churn(used, 5000)
	used.Reset(2, kernel.Limits{})
	require.Zero(t, used.NewTimer(0, 0, 0, 0))
	require.Zero(t, used.Pending())
	require.Zero(t, used.Fired())
	require.Zero(t, used.Now())
	require.Equal(t, churn(kernel.New(2, kernel.Limits{}), 3000), churn(used, 3000))
}

func TestAResetInTheMiddleOfAVolleyForgetsTheRest(t *testing.T) {
	k := kernel.New(1, kernel.Limits{})
	for i := range uint32(200) {
		k.Schedule(1, 0, 0, 0, i)
	}
	for range 100 {
		k.Next()
	}
	k.Reset(1, kernel.Limits{})
	k.Schedule(1, 0, 0, 0, 99)
	require.Equal(t, []uint32{99}, refs(k))
}

// churn schedules and fires events near and far and returns what fired.
func churn(k *kernel.Kernel, steps int) (fired []kernel.Event) {
	state := uint64(1)
	for range steps {
		state = state*6364136223846793005 + 1442695040888963407
		at := k.Now().Add(vtime.Duration(state>>33%1000) + 1<<(state>>59))
		k.ScheduleGuarded(at, uint32(state>>60&1), 0, 0, uint32(state>>32))
		if state>>40%3 == 0 {
			if e := k.Next(); e != nil {
				fired = append(fired, *e)
			}
		}
	}
	return fired
}

func TestPeekingMayMoveTheEventThatWasScheduledLast(t *testing.T) {
	const step, events = 1000, 300
	// However long the run is before a peek: one of these lengths is that after which a
	// volley begins.
	for run := range uint32(50) {
		k := kernel.New(1, kernel.Limits{})
		for i := range vtime.Time(events) {
			k.Schedule(step*i, 0, 0, 0, 0)
		}
		for i := range vtime.Time(events - 1) {
			require.Equal(t, step*i, k.Next().At)
			next := step * (i + 1)
			for ref := range run {
				k.Schedule(next, 0, 0, 0, 1+ref)
			}
			require.Equal(t, next, k.Peek())
			k.Schedule(next, 0, 0, 0, 1+run)
			for ref := range 1 + run {
				e := k.Next()
				require.Equal(t, next, e.At)
				require.Equal(t, ref, e.Ref)
			}
		}
		require.Equal(t, []uint32{1 + run}, refs(k))
	}
}

// A kernel is told what a list is told that is sorted by time and keeps the order
// of what is equal.
func TestTheOrderIsThatOfAStableSortByTime(t *testing.T) {
	property.Check(t, 300, func(t *rapid.T) {
		k := kernel.New(2, kernel.Limits{})
		var list []kernel.Event
		for i := range rapid.IntRange(1, 60).Draw(t, "steps") {
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0, 1:
				// A volley, of one event or more.
				at := k.Now().Add(vtime.Duration(rapid.Int64Range(0, 3).Draw(t, "after")))
				for range rapid.IntRange(1, 100).Draw(t, "size") {
					k.Schedule(at, 0, 0, 0, uint32(i))
					list = append(list, kernel.Event{At: at, Ref: uint32(i)})
				}
				slices.SortStableFunc(list, func(e, f kernel.Event) int { return cmp.Compare(e.At, f.At) })
			case 2:
				want := vtime.Never
				if len(list) > 0 {
					want = list[0].At
				}
				require.Equal(t, want, k.Peek())
			case 3:
				for range min(len(list), rapid.IntRange(1, 120).Draw(t, "fire")) {
					e := k.Next()
					require.Equal(t, list[0], kernel.Event{At: e.At, Ref: e.Ref})
					list = list[1:]
				}
			}
			require.Equal(t, len(list), k.Pending())
		}
		require.Len(t, refs(k), len(list))
	})
}

func TestEventsOfAVolleyFireAndDieOneByOne(t *testing.T) {
	const before = 100 // are enough for the others to be of a volley
	k := kernel.New(3, kernel.Limits{Events: before + 5})
	for range before {
		k.Schedule(5, 0, 0, 0, 0)
	}
	for i := range uint32(3) {
		k.ScheduleGuarded(5, i, 0, 0, i)
	}
	for i := range uint32(2) {
		k.Schedule(5, 0, 0, 0, 10+i)
	}
	for range before + 1 {
		require.EqualValues(t, 0, k.Next().Ref)
	}
	k.Schedule(5, 0, 0, 0, 20)
	k.Cancel(2)
	require.Equal(t, []uint32{1, 10, 11, 20}, refs(k), "what is scheduled meanwhile comes after, what is cancelled not at all")
	require.EqualValues(t, before+5, k.Fired())
	k.Schedule(5, 0, 0, 0, 21)
	require.Nil(t, k.Next())
	require.Equal(t, kernel.EventLimit, k.End())
	require.Equal(t, 1, k.Pending())
}
