// Package scenarios holds the scenario files that ship with Souk, so that they
// run by their bare name from any folder.
package scenarios

import "embed"

// Files are the shipped scenarios, and in the folder sweeps the sweeps with the
// published values that they are compared with.
//
//go:embed *.yaml sweeps
var Files embed.FS
