// Package scenarios holds the scenario files that ship with Souk, so that they
// run by their bare name from any folder.
package scenarios

import "embed"

// Files are the shipped scenarios.
//
//go:embed *.yaml
var Files embed.FS
