package fault

import "souk/sim/actor"

// newWarehouseStaleReads makes reads of the warehouse show, with some chance, the
// stock of the moment in which it began, as a replica does that lags behind. No
// message and no timer is touched.
func newWarehouseStaleReads(id int, s *Spec) Fault {
	return newAiling(id, s, actor.StaleReads, "stale reads")
}
