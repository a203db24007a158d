package fault

import "souk/sim/rng"

// nameServer is an outage of the name server: whoever needs to look an address
// up while it lasts cannot send. Messages in flight still arrive.
type nameServer struct{}

func newNameServer(int, *Spec) Fault { return nameServer{} }

func (nameServer) Begin(w World, _ *rng.Stream) { w.NameServerDown() }
func (nameServer) End(w World)                  { w.NameServerUp() }
func (nameServer) String() string               { return "outage of the name server" }
