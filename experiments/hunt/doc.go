// Package hunt looks for broken invariants: it runs random scenarios, or one
// scenario under random trouble, seed by seed, with every checker watching, and
// writes what it finds as a scenario that repeats it. The tables of what a random
// scenario can be are in options.go.
package hunt
