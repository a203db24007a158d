package sim

import "souk/sim/kernel"

// Memory is what a run that is over leaves to the next one: the memory of its
// pending events and of its messages, so that of many short runs only the first
// allocates it. The zero value is ready. It serves one run at a time, of whatever
// market, and nothing of a run shows in the next.
type Memory struct {
	kernel *kernel.Kernel
	// mail is the slab of the last run's kind of messages.
	mail any
}

// furnish gives the world a kernel and room for messages, of a former run if it
// may.
func (w *World[M]) furnish(actors int) {
	limits := kernel.Limits{Events: w.cfg.EventLimit}
	m := w.cfg.Memory
	if m == nil {
		w.kernel, w.mail = kernel.New(actors, limits), new(slab[M])
		return
	}
	if m.kernel == nil {
		m.kernel = kernel.New(actors, limits)
	} else {
		m.kernel.Reset(actors, limits)
	}
	mail, ok := m.mail.(*slab[M])
	if !ok {
		mail = new(slab[M])
		m.mail = mail
	}
	mail.clear()
	w.kernel, w.mail = m.kernel, mail
}
