package fault

import "souk/sim/rng"

// nameServer is an outage of the name server: whoever needs to look an address
// up while it lasts cannot send. Messages in flight still arrive.
type nameServer struct{ down bool }

func newNameServer(int, *Spec) Fault { return &nameServer{} }

func (n *nameServer) Begin(w World, _ *rng.Stream) int {
	if !n.down {
		w.NameServerDown()
	}
	n.down = true
	return 1
}

func (n *nameServer) End(w World) {
	n.down = false
	w.NameServerUp()
}

func (*nameServer) String() string { return "outage of the name server" }
