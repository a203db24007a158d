package sim

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"souk/sim/actor"
	"souk/sim/kernel"
	"souk/sim/market"
	"souk/sim/vtime"
)

// clocks are the actors' own, in a run in which they can be wrong. A timer that
// an actor reads off its clock is kept here with its time by that clock; in the
// kernel stands a timer at the true time that this means as things are. When
// a clock changes, that is armed anew.
type clocks struct {
	kernel *kernel.Kernel
	faces  []face
	alarms []alarm
	free   []uint32
	// seq is the number of alarms ever set. Of alarms that become due together the
	// one that was set first goes first.
	seq uint64
	// last is the due time of the alarm that fired last.
	last   vtime.Time
	drifts []slowness
	// issued holds the true time at which each live request was made.
	issued map[market.RequestID]vtime.Time
}

// face is an actor's clock: at the true time since it showed shown, and it runs
// at a pace in millionths.
type face struct {
	since, shown vtime.Time
	pace         int64
}

// alarm is a timer that is due by its owner's clock.
type alarm struct {
	owner actor.ID
	timer actor.Timer
	due   vtime.Time
	seq   uint64
	set   bool
	// armed is the timer in the kernel.
	armed kernel.Timer
}

func newClocks(k *kernel.Kernel, actors int) *clocks {
	c := &clocks{kernel: k, issued: map[market.RequestID]vtime.Time{}}
	for range actors {
		c.faces = append(c.faces, face{pace: even})
	}
	return c
}

// shows returns what an actor's clock shows now.
func (c *clocks) shows(id actor.ID) vtime.Time {
	f := &c.faces[id]
	return f.shown.Add(vtime.Duration(scaled(int64(c.kernel.Now().Sub(f.since)), f.pace, even, false)))
}

// when returns the true time at which an actor's clock shows a time, or
// would have.
func (c *clocks) when(id actor.ID, shown vtime.Time) vtime.Time {
	f := &c.faces[id]
	if shown <= f.shown {
		return f.since.Add(-vtime.Duration(scaled(int64(f.shown.Sub(shown)), even, f.pace, false)))
	}
	if shown == vtime.Never {
		return vtime.Never
	}
	return f.since.Add(vtime.Duration(scaled(int64(shown.Sub(f.shown)), even, f.pace, true)))
}

// set sets a timer that fires a while later, by the actor's clock.
func (c *clocks) set(id actor.ID, after vtime.Duration, t actor.Timer) {
	c.setTo(id, c.shows(id).Add(after), t)
}

// setTo sets a timer that fires when the actor's clock shows a time.
func (c *clocks) setTo(id actor.ID, due vtime.Time, t actor.Timer) {
	if len(c.free) == 0 {
		place := uint32(len(c.alarms))
		c.alarms = append(c.alarms, alarm{armed: c.kernel.NewTimer(0, ring, 0, place)})
		c.free = append(c.free, place)
	}
	place := c.free[len(c.free)-1]
	c.free = c.free[:len(c.free)-1]
	c.seq++
	a := &c.alarms[place]
	*a = alarm{owner: id, timer: t, due: due, seq: c.seq, set: true, armed: a.armed}
	c.arm(a)
}

// arm sets an alarm's timer in the kernel.
func (c *clocks) arm(a *alarm) {
	c.kernel.Arm(a.armed, max(c.kernel.Now(), c.when(a.owner, a.due)))
}

// fire turns the event of an alarm into that of the actor's timer and frees the
// alarm's place.
func (c *clocks) fire(e *kernel.Event) {
	a := &c.alarms[e.Ref]
	c.last = a.due
	c.free = append(c.free, e.Ref)
	e.Target, e.Kind, e.Tag, e.Ref = uint32(a.owner), wake, a.timer.Kind, a.timer.Guard
	// A timer's event has a life of 0 from here on: it is known to be current.
	e.Life = 0
	a.set = false
}

// fired says of the timer event under way whether it was read off a clock, and
// for which time it was set.
func (c *clocks) fired(e *kernel.Event) (timed bool, due vtime.Time) { return e.Life == 0, c.last }

// silence drops the alarms of an actor that crashed.
func (c *clocks) silence(id actor.ID) {
	for i := range c.alarms {
		if a := &c.alarms[i]; a.set && a.owner == id {
			c.kernel.Disarm(a.armed)
			c.free = append(c.free, uint32(i))
			a.set = false
		}
	}
}

// turn sets an actor's clock forward, or back, and gives it a pace. It returns
// how many timers this moved.
func (c *clocks) turn(id actor.ID, by vtime.Duration, pace int64) (moved int) {
	c.faces[id] = face{since: c.kernel.Now(), shown: c.shows(id).Add(by), pace: pace}
	var places []uint32
	for i := range c.alarms {
		if a := &c.alarms[i]; a.set && a.owner == id {
			places = append(places, uint32(i))
		}
	}
	slices.SortStableFunc(places, func(i, j uint32) int {
		a, b := &c.alarms[i], &c.alarms[j]
		return cmp.Or(cmp.Compare(a.due, b.due), cmp.Compare(a.seq, b.seq))
	})
	for _, place := range places {
		c.arm(&c.alarms[place])
	}
	return len(places)
}

// correct puts the true time into a fact where an actor put its own.
func (c *clocks) correct(f *market.Fact) {
	switch f.Kind {
	case market.Issued:
		c.issued[f.Request] = c.kernel.Now()
		f.Deadline = c.when(f.Actor, f.Deadline)
	case market.Retried, market.Routed:
		f.Deadline = c.when(f.Actor, f.Deadline)
	case market.Ended:
		f.Since = c.issued[f.Request]
		delete(c.issued, f.Request)
	}
}

// pace returns an actor's pace under the drifts in force.
func (c *clocks) pace(id actor.ID) int64 {
	pace := int64(even)
	for _, d := range c.drifts {
		if slices.Contains(d.who, id) {
			pace = combined(pace, d.by)
		}
	}
	return pace
}

// scaled returns x times num by den, rounded down or up, for numbers that are not
// negative. What is too large for an int64 is the largest.
func scaled(x, num, den int64, up bool) int64 {
	hi, lo := bits.Mul64(uint64(x), uint64(num))
	if hi >= uint64(den) {
		return math.MaxInt64
	}
	q, r := bits.Div64(hi, lo, uint64(den))
	if up && r > 0 {
		q++
	}
	return int64(min(q, math.MaxInt64))
}

// Drift lets the clocks of actors run at another pace.
func (w *World[M]) Drift(plan int, who []actor.ID, pace int64) {
	w.Undrift(plan)
	w.clocks.drifts = append(w.clocks.drifts, slowness{plan: plan, who: who, by: pace})
	w.repace(plan, who)
}

// Undrift lets them run right again.
func (w *World[M]) Undrift(plan int) {
	drifts := w.clocks.drifts
	if i := slices.IndexFunc(drifts, func(d slowness) bool { return d.plan == plan }); i >= 0 {
		who := drifts[i].who
		w.clocks.drifts = slices.Delete(drifts, i, i+1)
		w.repace(plan, who)
	}
}

// repace gives clocks the pace of the drifts in force.
func (w *World[M]) repace(plan int, who []actor.ID) {
	for _, id := range who {
		w.turn(plan, id, 0, w.clocks.pace(id))
	}
}

// JumpClock sets an actor's clock forward, or back.
func (w *World[M]) JumpClock(plan int, id actor.ID, by vtime.Duration) {
	w.turn(plan, id, by, w.clocks.faces[id].pace)
}

// turn changes an actor's clock and says so, if it does.
func (w *World[M]) turn(plan int, id actor.ID, by vtime.Duration, pace int64) {
	before := w.clocks.faces[id].pace
	if by == 0 && pace == before {
		return
	}
	w.tally[plan].Touched += uint64(w.clocks.turn(id, by, pace))
	w.state(&market.Fact{
		Kind: market.ClockSet, Actor: id, Peer: actor.None, N: int64(by), Term: uint32(before), Qty: int32(pace),
	})
}

// touchDrifts counts a timer that runs at another pace from the beginning.
func (w *World[M]) touchDrifts(id actor.ID) {
	for _, d := range w.clocks.drifts {
		if slices.Contains(d.who, id) {
			w.tally[d.plan].Touched++
		}
	}
}
