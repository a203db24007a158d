package fault

import "souk/sim/rng"

// nameServer is an outage of the name server: whoever needs to look an address
// up while it lasts cannot send. Messages in flight still arrive, and no timer
// is touched.
type nameServer struct {
	id   int
	down bool
}

func newNameServer(id int, _ *Spec) Fault { return &nameServer{id: id} }

func (n *nameServer) Begin(w World, _ *rng.Stream) int {
	if !n.down {
		w.NameServerDown(n.id)
	}
	n.down = true
	return 1
}

func (n *nameServer) End(w World) {
	n.down = false
	w.NameServerUp(n.id)
}

func (*nameServer) String() string { return "outage of the name server" }
