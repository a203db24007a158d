package fault

import (
	"strings"

	"souk/sim/rng"
)

// clog holds all messages that actors send or receive, on an overlay each hop of
// them, while it lasts. When it ends they arrive in the order in which they were
// sent, none before it would have without the clog; one that another clog
// touches is held on. What is lost, by chance or by a partition when it is sent,
// is not held. Messages in flight when it begins arrive. No timer is touched.
type clog struct {
	id  int
	who []string
}

func newClog(id int, s *Spec) Fault {
	return &clog{id: id, who: s.argument().actors}
}

func (f *clog) Begin(w World, _ *rng.Stream) int {
	members := find(w, f.who)
	w.Clog(f.id, members)
	return len(members)
}

func (f *clog) End(w World) { w.Calm(f.id) }

func (f *clog) String() string { return "clogging of " + strings.Join(f.who, ", ") }
