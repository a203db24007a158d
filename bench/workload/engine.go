package workload

import (
	"souk/sim/kernel"
	"souk/sim/vtime"
)

// engine is the one place where the workloads meet the kernel.
type engine struct{ k *kernel.Kernel }

func newEngine(targets, pending uint32) engine {
	return engine{kernel.New(kernel.NewHeap(int(pending)), int(targets), kernel.Limits{})}
}

// next moves to the next event. There always is one.
func (e engine) next() (target uint32, kind uint16) {
	event, ok := e.k.Next()
	if !ok {
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

// Pending returns the number of events waiting.
func (e engine) Pending() int { return e.k.Pending() }
