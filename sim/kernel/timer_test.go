package kernel_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/kernel"
	"souk/sim/vtime"
)

// twins are two kernels that are told the same. One has timers. In the other the
// deadline of timer i is an event of target i, cancelled and scheduled anew
// whenever the deadline moves.
type twins struct {
	timed, plain *kernel.Kernel
	timers       []kernel.Timer
}

func newTwins(timers int, ties uint64) *twins {
	w := &twins{timed: kernel.New(timers, kernel.Limits{}), plain: kernel.New(timers, kernel.Limits{})}
	w.timed.ShuffleTies(ties)
	w.plain.ShuffleTies(ties)
	for i := range timers {
		w.timers = append(w.timers, w.timed.NewTimer(uint32(i), 1, 2, uint32(i)))
	}
	return w
}

func (w *twins) arm(i int, after vtime.Duration) {
	at := w.timed.Now().Add(after)
	w.timed.Arm(w.timers[i], at)
	w.plain.Cancel(uint32(i))
	w.plain.ScheduleGuarded(at, uint32(i), 1, 2, uint32(i))
}

func (w *twins) disarm(i int) {
	w.timed.Disarm(w.timers[i])
	w.plain.Cancel(uint32(i))
}

func (w *twins) schedule(after vtime.Duration, ref uint32, events int) {
	at := w.timed.Now().Add(after)
	for range events {
		w.timed.Schedule(at, 0, 3, 4, ref)
		w.plain.Schedule(at, 0, 3, 4, ref)
	}
}

// fire fires the next event of both and returns false if there is none.
func (w *twins) fire(t require.TestingT) bool {
	got, want := w.timed.Next(), w.plain.Next()
	if want == nil {
		require.Nil(t, got)
		return false
	}
	require.NotNil(t, got)
	sameBut := *want
	sameBut.Life = got.Life
	require.Equal(t, sameBut, *got)
	return true
}

func TestATimerFiresAsIfItsEventWereCancelledAndScheduledAnew(t *testing.T) {
	property.Check(t, 200, func(t *rapid.T) {
		const timers = 3
		w := newTwins(timers, rapid.SampledFrom([]uint64{0, 1, 77}).Draw(t, "ties"))
		for i := range rapid.IntRange(1, 200).Draw(t, "steps") {
			after := vtime.Duration(rapid.Int64Range(0, 6).Draw(t, "after"))
			timer := rapid.IntRange(0, timers-1).Draw(t, "timer")
			switch rapid.IntRange(0, 4).Draw(t, "what") {
			case 0, 1:
				w.arm(timer, after)
			case 2:
				w.disarm(timer)
			case 3:
				w.schedule(after, uint32(i), rapid.SampledFrom([]int{1, 1, 50}).Draw(t, "events"))
			case 4:
				w.fire(t)
			}
		}
		for w.fire(t) {
		}
	})
}

func TestATimerThatIsArmedBetweenTwoEventsFiresBetweenThem(t *testing.T) {
	w := newTwins(1, 0)
	w.arm(0, 5)
	w.schedule(10, 1, 50)
	w.arm(0, 10)
	w.schedule(10, 2, 50)
	for w.fire(t) {
	}
}

func TestATimerThatIsOnlyPostponedHasOnePendingEvent(t *testing.T) {
	k := kernel.New(1, kernel.Limits{})
	timer := k.NewTimer(0, 0, 0, 7)
	for i := range vtime.Time(10_000) {
		k.Schedule(i, 0, 0, 0, 0)
		k.Arm(timer, i+100)
		require.NotNil(t, k.Next())
		require.LessOrEqual(t, k.Pending(), 2)
	}
	last := k.Next()
	require.EqualValues(t, 7, last.Ref)
	require.EqualValues(t, 10_099, last.At)
	require.Nil(t, k.Next())
}

func TestEventsThatATimerAbandonedDoNotPileUp(t *testing.T) {
	k := kernel.New(1, kernel.Limits{})
	timer := k.NewTimer(0, 0, 0, 0)
	for i := range vtime.Time(100) {
		k.Arm(timer, 1000-i)
	}
	require.Equal(t, 100, k.Pending())
	for i := range vtime.Time(2000) {
		k.Schedule(i, 0, 0, 0, 0)
		k.Arm(timer, i+1000)
		k.Next()
	}
	require.LessOrEqual(t, k.Pending(), 1)
}
