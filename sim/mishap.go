package sim

import (
	"fmt"
	"math"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/network"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// The tags of mishap and closing events.
const (
	begin uint16 = iota
	end
	// settled: the time after the drain is over.
	settled
)

// mishap begins or ends the fault of a plan and plans what follows. A closed
// world begins no new faults but ends the ones under way: it is draining.
func (w *World[M]) mishap(plan int, tag uint16) {
	p, f := &w.cfg.Faults[plan], w.faults[plan]
	if tag == end {
		f.End(w)
		w.state(&market.Fact{Kind: market.FaultEnded, Actor: actor.None, Peer: actor.None, N: int64(plan)})
		w.planNext(plan)
		return
	}
	if w.closed {
		return
	}
	w.tally[plan].Begun++
	w.state(&market.Fact{Kind: market.FaultBegan, Actor: actor.None, Peer: actor.None, N: int64(plan)})
	struck := f.Begin(w, &w.draws[plan])
	w.tally[plan].Struck += uint64(struck)
	if struck == 0 {
		w.state(&market.Fact{Kind: market.FaultMissed, Actor: actor.None, Peer: actor.None, N: int64(plan)})
	}
	if p.Momentary() {
		w.state(&market.Fact{Kind: market.FaultEnded, Actor: actor.None, Peer: actor.None, N: int64(plan)})
	}
	if p.Momentary() || p.For == nil {
		w.planNext(plan)
		return
	}
	w.planMishap(plan, end, vtime.FromNanos(p.For.Draw(&w.draws[plan])))
}

func (w *World[M]) planNext(plan int) {
	p := &w.cfg.Faults[plan]
	if p.Every == nil || p.Times > 0 && w.tally[plan].Begun >= uint64(p.Times) {
		return
	}
	w.planMishap(plan, begin, vtime.FromNanos(p.Every.Draw(&w.draws[plan])))
}

func (w *World[M]) planMishap(plan int, tag uint16, after vtime.Duration) {
	w.kernel.Schedule(w.kernel.Now().Add(after), 0, mishap, tag, uint32(plan))
}

// nextCue returns the number of the first event after one that a plan waits
// for.
func (w *World[M]) nextCue(after uint64) uint64 {
	next := uint64(math.MaxUint64)
	for i := range w.cfg.Faults {
		if n := w.cfg.Faults[i].AfterEvent; n > after {
			next = min(next, n)
		}
	}
	return next
}

// beginCued begins the faults of the plans that waited for the event that was
// just handled.
func (w *World[M]) beginCued() {
	fired := w.kernel.Fired()
	for i := range w.cfg.Faults {
		if w.cfg.Faults[i].AfterEvent == fired {
			w.mishap(i, begin)
		}
	}
	w.cue = w.nextCue(fired)
}

// The methods below are the fault.World that faults act on.

// Find resolves a selector.
func (w *World[M]) Find(selector string) []actor.ID { return w.sys.Find(selector) }

// Up says whether an actor is running.
func (w *World[M]) Up(id actor.ID) bool { return !w.down[id] }

// Crash stops an actor: its next life begins, in which no old timer fires. Who
// had a connection to it hears of it after whatever it sent before.
func (w *World[M]) Crash(id actor.ID) {
	for _, other := range w.sys.Connected(id) {
		next, when, fate := w.network.Carry(id, id, other, w.kernel.Now())
		if next != other {
			panic("sim: a connection goes straight, not over an overlay")
		}
		switch fate {
		case network.Carried:
			w.arrive(id, next, when, sever, uint32(id))
		case network.Held:
			w.held = append(w.held, heldMail{at: id, next: next, due: when, broken: true})
		}
	}
	w.down[id] = true
	w.awaited -= int(w.live[id])
	w.kernel.Cancel(uint32(id))
	if w.clocks != nil {
		w.clocks.silence(id)
	}
	w.network.SetDown(id, true)
	w.state(&market.Fact{Kind: market.Crashed, Actor: id, Peer: actor.None})
	w.forgetWaiting(id)
}

// Restart brings an actor back.
func (w *World[M]) Restart(id actor.ID, memory bool) {
	w.down[id] = false
	w.awaited += int(w.live[id])
	w.network.SetDown(id, false)
	remembers := int64(0)
	if memory {
		remembers = 1
	}
	w.state(&market.Fact{Kind: market.Restarted, Actor: id, Peer: actor.None, N: remembers})
	w.sys.Reboot(id, memory)
	w.in = actor.Input[M]{Trigger: actor.Restart, Self: id}
	w.step()
	if w.closed {
		w.in = actor.Input[M]{Trigger: actor.Close, Self: id}
		w.step()
	}
}

// Resign asks an actor to give up its office.
func (w *World[M]) Resign(id actor.ID) { w.ask(id, actor.Resign) }

// Partition separates groups of actors.
func (w *World[M]) Partition(plan int, groups [][]actor.ID) { w.network.Partition(plan, groups) }

// PartitionOneWay loses what one group sends to another.
func (w *World[M]) PartitionOneWay(plan int, from, to []actor.ID) {
	w.network.PartitionOneWay(plan, from, to)
}

// PartitionRing lets each of some actors hear a majority only.
func (w *World[M]) PartitionRing(plan int, members []actor.ID) {
	w.network.PartitionRing(plan, members)
}

// Heal ends a partition.
func (w *World[M]) Heal(plan int) { w.network.Heal(plan) }

// Delay makes messages of actors take longer.
func (w *World[M]) Delay(plan int, who []actor.ID, extra rng.Distribution) {
	w.disturb(plan, network.Disturbance{Trouble: network.Delayed, Members: who, Extra: extra})
}

// Lose loses messages of actors.
func (w *World[M]) Lose(plan int, who []actor.ID, chance rng.Probability) {
	w.disturb(plan, network.Disturbance{Trouble: network.Lossy, Members: who, Chance: chance})
}

// Duplicate makes messages of actors arrive twice.
func (w *World[M]) Duplicate(plan int, who []actor.ID, chance rng.Probability) {
	w.disturb(plan, network.Disturbance{Trouble: network.Doubled, Members: who, Chance: chance})
}

// Reorder lets messages of actors be overtaken.
func (w *World[M]) Reorder(plan int, who []actor.ID, chance rng.Probability, extra rng.Distribution) {
	w.disturb(plan, network.Disturbance{Trouble: network.Reordered, Members: who, Chance: chance, Extra: extra})
}

// Clog holds the messages of actors.
func (w *World[M]) Clog(plan int, who []actor.ID) {
	w.disturb(plan, network.Disturbance{Trouble: network.Clogged, Members: who})
	w.release()
}

// Calm ends what one of the five began. Messages that a clog held go on.
func (w *World[M]) Calm(plan int) {
	w.network.Calm(plan)
	w.release()
}

// disturb begins a disturbance of the network. Its draws are keyed like those of
// the fault itself.
func (w *World[M]) disturb(plan int, d network.Disturbance) {
	w.network.Disturb(plan, fmt.Sprintf("%s, %d", w.faults[plan], w.namesakes(plan)), d)
}

// NameServerDown begins an outage of the name server.
func (w *World[M]) NameServerDown(plan int) { w.network.NameServerDown(plan) }

// NameServerUp ends an outage of the name server.
func (w *World[M]) NameServerUp(plan int) { w.network.NameServerUp(plan) }
