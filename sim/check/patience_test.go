package check_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/market"
	"souk/sim/vtime"
)

// at places a sentence in time: tenths of a second, and the number of its event.
func tick(tenths int64, event uint64, f market.Fact) market.Fact {
	f.At, f.Event = vtime.Time(tenths)*vtime.Time(100*vtime.Millisecond), event
	return f
}

// clock is a change of ann's clock: a jump in tenths of a second, and the pace
// before and after in tenths of the right one.
func clock(jump int64, before, after int) market.Fact {
	return with(about(market.ClockSet, ann), func(f *market.Fact) {
		f.N, f.Term, f.Qty = jump*int64(100*vtime.Millisecond), uint32(before)*100_000, int32(after)*100_000
	})
}

// Ann's wish has a deadline at 10 s by her clock. Each story ends her request at
// the last moment, and is then told once more with a moment too late.
func TestADeadlineGoesByTheBuyersClock(t *testing.T) {
	for about, c := range map[string]struct {
		last  int64
		facts []market.Fact
	}{
		"nothing happens":              {100, nil},
		"set back by 5s":               {150, facts(tick(50, 2, clock(-50, 10, 10)))},
		"set forward by 3s":            {70, facts(tick(50, 2, clock(30, 10, 10)))},
		"set forward past it":          {50, facts(tick(50, 2, clock(80, 10, 10)))},
		"twice as fast from 5s":        {75, facts(tick(50, 2, clock(0, 10, 20)))},
		"half as fast, and right":      {125, facts(tick(50, 2, clock(0, 10, 5)), tick(100, 3, clock(0, 5, 10)))},
		"fast, and set back meanwhile": {95, facts(tick(50, 2, clock(0, 10, 20)), tick(60, 3, clock(-40, 20, 20)))},
		"back and forth":               {100, facts(tick(50, 2, clock(-50, 10, 10)), tick(60, 3, clock(50, 10, 10)))},
		"bob's clock":                  {100, facts(tick(50, 2, with(clock(-50, 10, 10), func(f *market.Fact) { f.Actor = bob })))},
	} {
		tell := func(end int64) story {
			day := facts(tick(0, 1, wish(ann, 1)))
			return story{facts: append(append(day, c.facts...), tick(end, 9, ended(ann, 1, market.TimedOut)))}
		}
		require.Equal(t, "holds", verdicts(t, tell(c.last))["R2"].Result, about)
		requireBreach(t, "R2", tell(c.last+1))
	}
}

// A buyer that stands still misses its deadlines, up to the end of the event in
// which it goes on.
func TestAPausedBuyerIsExcused(t *testing.T) {
	paused, resumed := tick(50, 2, about(market.Paused, ann)), tick(200, 5, about(market.Resumed, ann))
	end := ended(ann, 1, market.TimedOut)
	first := tick(0, 1, wish(ann, 1))
	verdicts(t, story{facts: facts(first, paused, resumed, tick(200, 5, end))})
	requireBreach(t, "R2", story{facts: facts(first, paused, resumed, tick(200, 6, end))})
	requireBreach(t, "R2", story{facts: facts(first, tick(50, 2, about(market.Paused, bob)), tick(200, 5, end))})
	// Paused again in the same instant, and to the end.
	still := story{facts: facts(first, paused, resumed, tick(200, 5, about(market.Paused, ann)), tick(210, 7, wish(bob, 1)), tick(220, 8, ended(bob, 1, market.TimedOut))), endless: true}
	still.now = vtime.Time(300 * vtime.Second)
	still.facts[4].Deadline = still.now
	verdicts(t, still)
	// Its clock is set back when the deadline has passed: it waits on.
	back := tick(120, 3, clock(-40, 10, 10))
	on := tick(125, 4, about(market.Resumed, ann))
	verdicts(t, story{facts: facts(first, paused, back, on, tick(140, 6, end))})
	requireBreach(t, "R2", story{facts: facts(first, paused, back, on, tick(141, 6, end))})
	// It is set back in two steps, of which the first is not enough.
	bit, rest := tick(120, 3, clock(-10, 10, 10)), tick(121, 3, clock(-30, 10, 10))
	verdicts(t, story{facts: facts(first, paused, bit, rest, on, tick(140, 6, end))})
	requireBreach(t, "R2", story{facts: facts(first, paused, bit, rest, on, tick(141, 6, end))})
	// A crash ends the pause: back again, the buyer has no excuse.
	requireBreach(t, "R2", story{facts: facts(first, paused, tick(60, 3, about(market.Crashed, ann)), tick(70, 4, about(market.Restarted, ann)), tick(200, 6, end))})
}

// Nobody can say how long a buyer waits whose clock is wrong.
func TestAWrongClockExcusesTheDrain(t *testing.T) {
	s := story{facts: facts(tick(0, 1, wish(ann, 1)), tick(50, 2, clock(-36000, 10, 10))), stuck: true, now: vtime.Time(60 * vtime.Second)}
	said := verdicts(t, story{facts: s.facts, stuck: true, now: s.now})
	require.Equal(t, "skipped", said["R3"].Result)
}
