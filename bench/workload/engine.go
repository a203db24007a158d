package workload

import (
	"souk/sim/kernel"
	"souk/sim/vtime"
)

// engine is the one place where the workloads meet the kernel.
type engine struct{ k *kernel.Kernel }

func newEngine(targets uint32) engine {
	return engine{kernel.New(int(targets), kernel.Limits{})}
}

// next moves to the next event. There always is one.
func (e engine) next() (target uint32, kind uint16) {
	event := e.k.Next()
	if event == nil {
		panic("workload: no events left")
	}
	return event.Target, event.Kind
}

func (e engine) now() int64 { return int64(e.k.Now()) }

func (e engine) schedule(at int64, target uint32, kind uint16) {
	e.k.Schedule(vtime.Time(at), target, kind, 0, 0)
}

// scheduleGuarded schedules an event that cancel of its target prevents.
func (e engine) scheduleGuarded(at int64, target uint32, kind uint16) {
	e.k.ScheduleGuarded(vtime.Time(at), target, kind, 0, 0)
}

func (e engine) cancel(target uint32) { e.k.Cancel(target) }

func (e engine) newTimer(target uint32, kind uint16) kernel.Timer {
	return e.k.NewTimer(target, kind, 0, 0)
}

func (e engine) arm(t kernel.Timer, at int64) { e.k.Arm(t, vtime.Time(at)) }

// Pending returns the number of events waiting.
func (e engine) Pending() int { return e.k.Pending() }
