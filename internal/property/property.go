// Package property runs property tests on fixed seeds: a test that passes on
// one day passes on every other. Other seeds are for whoever goes looking:
//
//	go test ./sim/run -run Random -rapid.seed=7 -rapid.checks=10000
package property

import (
	"flag"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// Check checks a property on so many random cases, unless the command line
// says otherwise.
func Check(t *testing.T, cases int, property func(*rapid.T)) {
	t.Helper()
	unlessGiven("rapid.seed", "1")
	unlessGiven("rapid.checks", strconv.Itoa(cases))
	unlessGiven("rapid.nofailfile", "true")
	rapid.Check(t, property)
}

// unlessGiven sets a flag that the command line leaves alone.
func unlessGiven(name, value string) {
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == name && !ours[name] })
	if !given {
		ours[name] = true
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
}

// ours remembers the flags that this package set itself, in an earlier test.
var ours = map[string]bool{}
