// Package validation compares the simulator with what theory says exactly:
// closed forms of queues, caches, failure detectors and quorums, and identities
// that hold on every run to the nanosecond. What is measured are runs of
// scenarios, read from text and run as the command runs them; where no scenario
// can say it, a small model on the same world and kernel. Nothing here computes
// for itself what it is to compare.
//
// One file holds one family of models.
package validation

import "slices"

// Effort says how much work the models are given.
type Effort int

// The efforts.
const (
	// Small is for tests: all models in a few seconds, to a few per cent.
	Small Effort = iota
	// Full is for the published page: a few minutes, to a per cent or better.
	Full
)

// of returns the value for this effort.
func (e Effort) of(small, full int) int {
	if e == Full {
		return full
	}
	return small
}

// Quantity is one number that a model predicts.
type Quantity struct {
	// Name says what it is, Unit in what it is measured; a share has no unit.
	Name, Unit string
	Predicted  float64
	// Exact: every replication must give exactly this, not only their mean.
	Exact bool
}

// Model is a setting of the simulator of which theory knows the outcome.
type Model struct {
	// Name is short and stable: it names cached results.
	Name string
	// Title says what is compared, Formula is the theory as text, Source where
	// it is from.
	Title, Formula, Source string
	// Setting says how Souk is set up to be this model.
	Setting    string
	Quantities []Quantity
	// Replications is how many measurements to make at this effort.
	Replications int
	// Measure makes one replication and returns one value for each quantity. It
	// depends on the seed alone, and several may run at once.
	Measure func(seed uint64) ([]float64, error)
}

// Models returns all models, in the order in which they are published.
func Models(e Effort) []Model {
	return slices.Concat(
		queues(e), closedNetworks(e), caches(e), oversells(e), replicas(e),
		heartbeats(e), availabilities(e), quorums(e), identities(),
	)
}
