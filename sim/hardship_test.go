package sim_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim"
	"souk/sim/actor"
	"souk/sim/fault"
	"souk/sim/market"
	"souk/sim/network"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// What reaches an actor that stands still waits, messages and timers in the
// order in which they came, and is handled when it goes on.
func TestAPausedActorHandlesAllThatWaited(t *testing.T) {
	tn := talker(10*ms, 4)
	act := tn.act
	tn.act = func(in *input, out *outbox) {
		switch {
		case in.Trigger == actor.Start && in.Self == 1:
			out.After(25*ms, actor.Timer{Guard: 100})
			out.Takes(45*ms, actor.Timer{Guard: 200})
		case in.Trigger == actor.Timeout && in.Self == 1, in.Trigger == actor.Resign:
			say(out, int(in.Timer.Guard))
		default:
			act(in, out)
		}
	}
	d, result := live(t, tn, network.Any, vtime.Second,
		plan("pause", 15*ms, 50*ms, nil, "1"), plan("pause", 20*ms, 28*ms, nil, "1"), plan("resign", 35*ms, 0, nil, "1"))
	require.Equal(t, []string{
		"15ms a1 stands still", "65ms a1 goes on with 7",
		"65ms a1 1", "65ms a1 100", "65ms a1 2", "65ms a1 0", "65ms a1 3", "65ms a1 200",
	}, d.lines[:8])
	require.EqualValues(t, 7, result.Faults[0].Touched)
	require.EqualValues(t, 6, result.Faults[1].Touched, "the second pause ended before the last message")
	require.EqualValues(t, 1, result.Faults[1].Begun)
}

// A run that closes tells so a paused actor in its turn, once.
func TestAPausedActorHearsOfTheCloseInItsTurn(t *testing.T) {
	tn := talker(10*ms, 2)
	act := tn.act
	tn.act = func(in *input, out *outbox) {
		if in.Trigger == actor.Close && in.Self == 1 {
			say(out, 99)
		}
		act(in, out)
	}
	d, _ := live(t, tn, network.Any, 25*ms, plan("pause", 15*ms, 50*ms, nil, "1"))
	require.Equal(t, []string{"15ms a1 stands still", "65ms a1 goes on with 3", "65ms a1 1", "65ms a1 99", "65ms a1 2"}, d.lines)
}

// What the run asks of an actor while it catches up comes after what waited.
func TestACloseDuringTheCatchUpComesLast(t *testing.T) {
	tn := talker(10*ms, 3)
	act := tn.act
	tn.act = func(in *input, out *outbox) {
		if in.Trigger == actor.Close && in.Self == 1 {
			say(out, 99)
		}
		act(in, out)
	}
	d := &diary{}
	_, err := sim.New[word](sim.Config{
		Seed: 1, TimeLimit: vtime.Second, Drain: vtime.Second, Network: plainWires(network.Any),
		Faults: []fault.Plan{plan("pause", 15*ms, 50*ms, nil, "1")}, Stop: []sim.StopRule{{Fact: market.Ready, Count: 1}},
	}, tn, d).Run()
	require.NoError(t, err)
	require.Equal(t, []string{"15ms a1 stands still", "65ms a1 goes on with 3", "65ms a1 1", "65ms a1 2", "65ms a1 3", "65ms a1 99"}, d.lines)
}

// An ailing service is told of the worst of its ailments in force, also while it
// is down, and of its recovery.
func TestOfTwoAilmentsTheWorseCounts(t *testing.T) {
	var told []string
	tn := &town{actors: 3, act: func(in *input, _ *outbox) {
		if in.Trigger == actor.Afflict {
			told = append(told, fmt.Sprintf("a%d %d %x", in.Self, in.Affliction.Ailment, in.Affliction.Chance>>60))
		}
	}}
	ail := func(at, lasts vtime.Duration, chance float64) fault.Plan {
		p := plan("pause", at, lasts, nil)
		c := rng.ProbabilityOf(chance)
		*p.Percent(slices.IndexFunc(fault.Kinds(), func(k fault.Kind) bool { return k.Name == "warehouse_errors" })) = &c
		return p
	}
	_, result := live(t, tn, network.Any, vtime.Second,
		ail(10*ms, 50*ms, 0.25), ail(20*ms, 20*ms, 0.75), plan("crash", 5*ms, 0, nil, "2"), ail(70*ms, 5*ms, 0.5),
		ail(80*ms, 30*ms, 0.9), ail(90*ms, 5*ms, 0.1))
	require.Equal(t, []string{"a2 0 4", "a2 0 c", "a2 0 4", "a2 0 0", "a2 0 8", "a2 0 0", "a2 0 e", "a2 0 e", "a2 0 e", "a2 0 0"}, told)
	require.EqualValues(t, 1, result.Faults[0].Struck)
	require.False(t, result.Faults[0].Exercised(), "no operation failed")
}

// A crash in a pause takes what waits along, and the pause: when it would have
// ended the actor is up and has long gone on.
func TestACrashEndsAPauseAndLosesWhatWaits(t *testing.T) {
	d, _ := live(t, talker(10*ms, 4), network.Any, vtime.Second,
		plan("pause", 15*ms, 50*ms, nil, "1"), plan("restart", 35*ms, 0, nil, "1"))
	require.Equal(t, []string{
		"15ms a1 stands still", "35ms a1 crashed", "35ms a0 lost", "35ms a0 lost", "35ms a1 restarted", "40ms a1 3", "50ms a1 4",
	}, d.lines)
}

// Work that begins while its actor is slow takes longer, and no other wait does.
func TestSlownessStretchesWorkAndNothingElse(t *testing.T) {
	tn := &town{actors: 2, act: func(in *input, out *outbox) {
		switch {
		case in.Trigger == actor.Start:
			out.After(10*ms, actor.Timer{Guard: 1})
			out.After(30*ms, actor.Timer{Guard: 2})
			out.After(45*ms, actor.Timer{Guard: 4})
			out.Takes(12*ms, actor.Timer{Guard: 3})
		case in.Trigger == actor.Timeout && in.Timer.Kind == 1:
			say(out, int(in.Timer.Guard))
		case in.Trigger == actor.Timeout:
			out.Takes(10*ms, actor.Timer{Kind: 1, Guard: in.Timer.Guard})
			if in.Timer.Guard == 1 {
				out.After(8*ms, actor.Timer{Kind: 1, Guard: 5})
			}
		}
	}}
	by := func(x float64) func(*fault.Spec) { return func(s *fault.Spec) { s.By = x } }
	d, result := live(t, tn, network.Any, vtime.Second,
		plan("slow", 5*ms, 35*ms, by(3), "0"), plan("slow", 20*ms, 15*ms, by(1.5), "all"))
	require.Equal(t, []string{
		"18ms a0 5", "18ms a1 5", "20ms a1 1", "22ms a1 3", "40ms a0 1", "42ms a0 3", "45ms a1 2", "55ms a0 4", "55ms a1 4", "75ms a0 2",
	}, d.lines)
	require.EqualValues(t, 3, result.Faults[0].Touched)
	require.EqualValues(t, 2, result.Faults[1].Touched)
}

// A clog holds what is sent and lets it go in that order when it ends, nothing
// faster than it would have been; what was in flight before arrives.
func TestAClogHoldsAndThenDeliversInOrder(t *testing.T) {
	for _, order := range []network.Order{network.Any, network.FIFO} {
		d, result := live(t, talker(10*ms, 5), order, vtime.Second, plan("clog", 15*ms, 30*ms, nil, "1"))
		require.Equal(t, []string{
			"20ms a0 held", "20ms a1 1", "30ms a0 held", "40ms a0 held", "45ms a1 2", "45ms a1 3", "50ms a1 4", "60ms a1 5",
		}, d.lines)
		require.EqualValues(t, 3, result.Faults[0].Touched)
	}
}

// A message that is late for a reason of its own holds up its own link at most.
func TestAClogLetsEachLinkGoOnItsOwn(t *testing.T) {
	late := plan("delay", 15*ms, 10*ms, func(s *fault.Spec) { s.Extra = rng.Constant(float64(500 * ms)) }, "2")
	tn := &town{actors: 3, act: func(in *input, out *outbox) {
		if in.Trigger == actor.Start && in.Self == 0 {
			out.After(20*ms, actor.Timer{})
			out.After(30*ms, actor.Timer{})
		}
		switch in.Trigger {
		case actor.Timeout:
			out.Send(2, 7)
			out.Send(1, 8)
		case actor.Receive:
			say(out, int(*in.Msg))
		}
	}}
	d, _ := live(t, tn, network.Any, vtime.Second, plan("clog", 15*ms, 30*ms, nil, "0"), late)
	require.Equal(t, []string{
		"20ms a0 held", "20ms a0 held", "30ms a0 held", "30ms a0 held", "45ms a1 8", "45ms a2 7", "45ms a1 8", "530ms a2 7",
	}, d.lines)
}

// Where two clogs overlap the later end counts; a connection that breaks is
// heard of after what was said on it.
func TestAClogOverAnotherHoldsOn(t *testing.T) {
	tn := talker(10*ms, 3)
	tn.ties = [][2]actor.ID{{0, 1}}
	d, _ := live(t, tn, network.FIFO, vtime.Second,
		plan("clog", 15*ms, 10*ms, nil, "1"), plan("clog", 20*ms, 30*ms, nil, "0"), plan("crash", 32*ms, 0, nil, "0"))
	require.Equal(t, []string{
		"20ms a0 held", "20ms a1 1", "30ms a0 held", "32ms a0 crashed", "50ms a1 2", "50ms a1 3", "50ms a1 -1",
	}, d.lines)
}

// A duplicate is a message of its own: it arrives, and the run waits for it.
func TestADuplicateArrivesTwice(t *testing.T) {
	d, result := live(t, talker(10*ms, 2), network.Any, 25*ms,
		plan("duplicate", 15*ms, 0, func(s *fault.Spec) { s.Chance = rng.ProbabilityOf(1) }, "1"))
	require.Equal(t, []string{"20ms a0 doubled", "20ms a1 1", "30ms a1 2", "30ms a1 2"}, d.lines)
	require.EqualValues(t, 1, result.Faults[0].Touched)
	require.EqualValues(t, 2, result.Messages(), "a copy is not sent by anybody")
	require.Equal(t, 30*ms, vtime.Duration(result.Now))
}

// copying is a town whose messages have to be copied with care.
type copying struct{ *town }

func (copying) Copy(m *word) word { return -*m }

func TestASystemCopiesItsOwnMessages(t *testing.T) {
	d := &diary{}
	_, err := sim.New[word](sim.Config{
		Seed: 1, TimeLimit: vtime.Second, Drain: vtime.Second, Network: plainWires(network.FIFO),
		Faults: []fault.Plan{plan("duplicate", 0, 0, func(s *fault.Spec) { s.Chance = rng.ProbabilityOf(1) }, "1")},
	}, copying{talker(10*ms, 1)}, d).Run()
	require.NoError(t, err)
	require.Equal(t, []string{"10ms a0 doubled", "20ms a1 1", "20ms a1 -1"}, d.lines)
}

// A fault can begin right after a given event: here each in turn.
func TestAFaultCanFollowAnEvent(t *testing.T) {
	// The events: sent at 10 and 20 ms, heard at 20 and 30 ms.
	for event, want := range map[uint64]string{1: "10ms", 2: "20ms", 3: "20ms", 4: "30ms"} {
		p := plan("crash", 0, 0, nil, "2")
		p.AfterEvent = event
		q := p
		q.Spec = plan("restart", 0, 0, nil, "0").Spec
		d, result := live(t, talker(10*ms, 2), network.Any, vtime.Second, q, p)
		require.Contains(t, d.lines, want+" a2 crashed")
		require.Contains(t, d.lines, want+" a0 crashed", "two faults after one event")
		require.EqualValues(t, 1, result.Faults[1].Begun)
	}
	early, late := plan("crash", 0, 0, nil, "0"), plan("crash", 0, 0, nil, "2")
	early.AfterEvent, late.AfterEvent = 1, 3
	d, _ := live(t, talker(10*ms, 2), network.Any, vtime.Second, late, early)
	require.Equal(t, []string{"10ms a0 crashed", "20ms a1 1"}, d.lines, "with nobody left to talk there is no third event")
	early.AfterEvent = 2
	d, _ = live(t, talker(10*ms, 2), network.Any, vtime.Second, late, early)
	require.Equal(t, []string{"20ms a0 crashed", "20ms a1 1", "20ms a2 crashed"}, d.lines[:3])
	p := plan("crash", 0, 0, nil, "2")
	p.AfterEvent = 1000
	_, result := live(t, talker(10*ms, 2), network.Any, vtime.Second, p)
	require.Zero(t, result.Faults[0].Begun, "an event that never came")
}

// A fault that hits nobody changes nothing but says that it was there.
func TestAFaultThatNeverStrikesTouchesNothing(t *testing.T) {
	rare := func(s *fault.Spec) { s.Chance, s.Extra, s.By = 1, rng.Constant(1e9), 3 }
	plain, calm := live(t, talker(10*ms, 20), network.Any, vtime.Second)
	for _, kind := range []string{"loss", "duplicate", "reorder"} {
		d, result := live(t, talker(10*ms, 20), network.Any, vtime.Second, plan(kind, ms, 0, rare, "all"))
		require.Equal(t, plain, d, kind)
		require.Equal(t, calm.Sent, result.Sent)
		require.False(t, result.Faults[0].Exercised(), kind)
		require.EqualValues(t, 3, result.Faults[0].Struck)
	}
	for _, kind := range []string{"delay", "clog", "slow", "isolate"} {
		d, result := live(t, talker(10*ms, 20), network.Any, vtime.Second, plan(kind, ms, 0, rare, "2"))
		require.Equal(t, plain, d, kind)
		require.False(t, result.Faults[0].Exercised(), kind)
	}
}
