package fault

import "souk/sim/actor"

// newWarehouseErrors makes operations of the warehouse fail with some chance
// while it lasts: they have no effect, and who asked for them is told so. An
// operation under way when it begins may fail. No message and no timer is
// touched; a trader asks again by its own rules.
func newWarehouseErrors(id int, s *Spec) Fault { return newAiling(id, s, actor.Errors, "errors") }
