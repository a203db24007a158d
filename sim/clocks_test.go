package sim_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/actor"
	"souk/sim/fault"
	"souk/sim/market"
	"souk/sim/network"
	"souk/sim/vtime"
)

// waiter has a0 and a1 set timers at the start; each says its own time, in
// nanoseconds and with the number of the timer added, when one fires.
func waiter(after ...vtime.Duration) *town {
	return &town{actors: 2, act: func(in *input, out *outbox) {
		switch in.Trigger {
		case actor.Start, actor.Restart:
			for i, d := range after {
				out.After(d, actor.Timer{Guard: uint32(i)})
			}
		case actor.Timeout:
			say(out, int(in.Now)+int(in.Timer.Guard))
		}
	}}
}

func drift(by float64) func(*fault.Spec)        { return func(s *fault.Spec) { s.By = by } }
func offset(d vtime.Duration) func(*fault.Spec) { return func(s *fault.Spec) { s.Offset = d } }

// A clock that is a tenth fast fires a timer of 110 ms after 100 ms, to the
// nanosecond; one that is a third slow rounds so that it is never early.
func TestADriftIsExactToTheNanosecond(t *testing.T) {
	d, result := live(t, waiter(110*ms), network.Any, vtime.Second, plan("clock_drift", 0, 0, drift(1.1), "0"))
	require.Equal(t, []string{"0s a0 clock by 0s", "100ms a0 110000000", "110ms a1 110000000"}, d.lines)
	require.EqualValues(t, 1, result.Faults[0].Touched)
	d, _ = live(t, waiter(100*ms), network.Any, vtime.Second, plan("clock_drift", 0, 0, drift(0.7), "0"))
	require.Equal(t, []string{"0s a0 clock by 0s", "100ms a1 100000000", "142.857143ms a0 100000000"}, d.lines)
	// It drifts for the first 50 ms only, then keeps what it lost.
	d, _ = live(t, waiter(100*ms), network.Any, vtime.Second, plan("clock_drift", 0, 50*ms, drift(0.5), "0"))
	require.Equal(t, "125ms a0 100000000", d.lines[len(d.lines)-1])
	// Two at once multiply.
	d, _ = live(t, waiter(60*ms), network.Any, vtime.Second, plan("clock_drift", 0, 0, drift(1.5), "0"), plan("clock_drift", 0, 0, drift(4), "0"))
	require.Contains(t, d.lines, "10ms a0 60000000")
}

// Forward, what is due fires at once and in order; back, it waits.
func TestAJumpFiresOrDelaysTimers(t *testing.T) {
	d, result := live(t, waiter(70*ms, 50*ms, 200*ms), network.Any, vtime.Second, plan("clock_jump", 30*ms, 0, offset(60*ms), "0"))
	require.Equal(t, []string{
		"30ms a0 clock by 60ms", "30ms a0 90000001", "30ms a0 90000000",
		"50ms a1 50000001", "70ms a1 70000000", "140ms a0 200000002", "200ms a1 200000002",
	}, d.lines)
	require.EqualValues(t, 3, result.Faults[0].Touched)
	d, _ = live(t, waiter(50*ms), network.Any, vtime.Second, plan("clock_jump", 30*ms, 0, offset(-vtime.Hour), "0"))
	require.Equal(t, []string{"30ms a0 clock by -1h", "50ms a1 50000000"}, d.lines)
	d, _ = live(t, waiter(50*ms), network.Any, vtime.Second, plan("clock_jump", 30*ms, 0, offset(-40*ms), "0"))
	require.Equal(t, "90ms a0 50000000", d.lines[len(d.lines)-1])
}

// A skew is gone when it is over: what it did not fire comes when it would have.
func TestASkewIsTakenBack(t *testing.T) {
	d, _ := live(t, waiter(50*ms, 100*ms), network.Any, vtime.Second, plan("clock_skew", 30*ms, 30*ms, offset(25*ms), "0"))
	require.Equal(t, []string{
		"30ms a0 clock by 25ms", "30ms a0 55000000", "50ms a1 50000000", "60ms a0 clock by -25ms",
		"100ms a1 100000001", "100ms a0 100000001",
	}, d.lines)
}

// Work takes true time, whatever the clock shows; a crash kills clock timers
// like all others; and a timer that fired in a pause waits for its time again
// when the clock was set back meanwhile.
func TestClocksMeetOtherTroubles(t *testing.T) {
	work := &town{actors: 1, act: func(in *input, out *outbox) {
		if in.Trigger == actor.Start {
			out.Takes(50*ms, actor.Timer{})
		} else if in.Trigger == actor.Timeout {
			say(out, 1)
		}
	}}
	d, _ := live(t, work, network.Any, vtime.Second, plan("clock_drift", 0, 0, drift(10), "0"))
	require.Equal(t, []string{"0s a0 clock by 0s", "50ms a0 1"}, d.lines)

	d, _ = live(t, waiter(50*ms), network.Any, vtime.Second,
		plan("clock_jump", 10*ms, 0, offset(5*ms), "0"), plan("restart", 20*ms, 0, nil, "0"), plan("clock_jump", 30*ms, 0, offset(-5*ms), "0"))
	require.Equal(t, []string{
		"10ms a0 clock by 5ms", "20ms a0 crashed", "20ms a0 restarted", "30ms a0 clock by -5ms", "50ms a1 50000000", "75ms a0 75000000",
	}, d.lines)

	d, _ = live(t, waiter(50*ms), network.Any, vtime.Second,
		plan("pause", 40*ms, 30*ms, nil, "0"), plan("clock_jump", 60*ms, 0, offset(-40*ms), "0"))
	require.Equal(t, []string{
		"40ms a0 stands still", "50ms a1 50000000", "60ms a0 clock by -40ms", "70ms a0 goes on with 1", "90ms a0 50000000",
	}, d.lines)
}

// A run in which clocks could be wrong but are not is the run without them, to
// the last event, crashes and all.
func TestClocksThatAreRightChangeNoEvent(t *testing.T) {
	property.Check(t, 30, func(rt *rapid.T) {
		var after []vtime.Duration
		for range 20 {
			after = append(after, vtime.Duration(rapid.Int64Range(0, 9).Draw(rt, "after"))*10*ms)
		}
		crash := plan("restart", 45*ms, 0, nil, "0")
		plain, want := live(t, waiter(after...), network.Any, vtime.Second, crash)
		// It comes after the end of the run, so nobody's clock is ever touched.
		clocked, got := live(t, waiter(after...), network.Any, vtime.Second, crash, plan("clock_jump", vtime.Hour, 0, offset(ms), "0"))
		require.Equal(rt, plain, clocked)
		require.Equal(rt, want.Digest, got.Digest)
		require.Equal(rt, want.Events, got.Events)
	})
}

// Facts carry the true time: when a request was made, and when its buyer gives
// up as things are.
func TestFactsTellTheTrueTime(t *testing.T) {
	request := market.NewRequestID(0, 1)
	tn := &town{actors: 1, act: func(in *input, out *outbox) {
		switch {
		case in.Trigger == actor.Start:
			out.After(20*ms, actor.Timer{Guard: 1})
		case in.Trigger == actor.Timeout && in.Timer.Guard == 1:
			out.Say(market.Fact{Kind: market.Issued, Request: request, Deadline: in.Now.Add(30 * ms), Peer: actor.None})
			out.After(30*ms, actor.Timer{Guard: 2})
		case in.Trigger == actor.Timeout:
			out.Say(market.Fact{Kind: market.Ended, Request: request, Since: in.Now.Add(-30 * ms), Peer: actor.None})
		}
	}}
	var told []string
	watch := spy(func(f *market.Fact) { told = append(told, fmt.Sprint(f.At, f.Deadline, f.Since)) })
	runWith(t, tn, watch, plan("clock_drift", 0, 0, drift(2), "0"))
	at := func(d vtime.Duration) vtime.Time { return vtime.Time(0).Add(d) }
	require.Equal(t, []string{
		fmt.Sprint(at(10*ms), at(25*ms), at(0)), fmt.Sprint(at(25*ms), at(0), at(10*ms)),
	}, told)
}
