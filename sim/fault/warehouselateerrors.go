package fault

import "souk/sim/actor"

// newWarehouseLateErrors makes operations of the warehouse take effect and fail
// nevertheless, with some chance, while it lasts: who asked for them is told
// that they failed, as when a database crashes between commit and reply. No
// message and no timer is touched.
func newWarehouseLateErrors(id int, s *Spec) Fault {
	return newAiling(id, s, actor.LateErrors, "errors after the fact")
}
