package sim

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/network"
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
	w.begun[plan]++
	w.state(&market.Fact{Kind: market.FaultBegan, Actor: actor.None, Peer: actor.None, N: int64(plan)})
	if f.Begin(w, &w.draws[plan]) == 0 {
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
	if p.Every == nil || p.Times > 0 && w.begun[plan] >= p.Times {
		return
	}
	w.planMishap(plan, begin, vtime.FromNanos(p.Every.Draw(&w.draws[plan])))
}

func (w *World[M]) planMishap(plan int, tag uint16, after vtime.Duration) {
	w.kernel.Schedule(w.kernel.Now().Add(after), 0, mishap, tag, uint32(plan))
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
		if fate == network.Carried {
			w.kernel.Schedule(when, uint32(next), sever, 0, uint32(id))
		}
	}
	w.down[id] = true
	w.awaited -= int(w.live[id])
	w.kernel.Cancel(uint32(id))
	w.network.SetDown(id, true)
	w.state(&market.Fact{Kind: market.Crashed, Actor: id, Peer: actor.None})
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
	w.step(actor.Input[M]{Trigger: actor.Restart, Self: id})
	if w.closed {
		w.step(actor.Input[M]{Trigger: actor.Close, Self: id})
	}
}

// Resign asks an actor to give up its office.
func (w *World[M]) Resign(id actor.ID) {
	w.step(actor.Input[M]{Trigger: actor.Resign, Self: id})
}

// Partition separates groups of actors.
func (w *World[M]) Partition(id int, groups [][]actor.ID) { w.network.Partition(id, groups) }

// Heal ends a partition.
func (w *World[M]) Heal(id int) { w.network.Heal(id) }

// NameServerDown begins an outage of the name server.
func (w *World[M]) NameServerDown() { w.network.NameServerDown() }

// NameServerUp ends an outage of the name server.
func (w *World[M]) NameServerUp() { w.network.NameServerUp() }
