package kernel_test

import (
	"testing"

	"github.com/stretchr/testify/require"

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
	require.Zero(t, used.Pending())
	require.Zero(t, used.Fired())
	require.Zero(t, used.Now())
	require.Equal(t, churn(kernel.New(2, kernel.Limits{}), 3000), churn(used, 3000))
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
