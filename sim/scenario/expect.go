package scenario

import "souk/sim/scenario/field"

// The words under which an expectation can stand.
const (
	// Always: it holds at every moment.
	Always = "always"
	// Eventually: from some moment on it holds to the end.
	Eventually = "eventually"
)

// expectFields are what a run is held to. What the statements mean is for those
// who watch the run: see package run.
func expectFields() []f {
	return []f{{
		Key: "expect", Apart: true,
		Doc: "What must come of the run, or it ends with exit code 3: measures, such as throughput >= 0.5/s; always or eventually: " +
			"invariants, such as always: no-oversell; and quantities, such as eventually: leaders >= 2. `sim list --expect` names them.",
		Type: field.Statements(func(c *Config) *[]field.Statement { return &c.Expect },
			"a statement such as throughput >= 0.5/s or always: no-oversell", Always, Eventually),
	}}
}
