package main

import (
	"fmt"
	"runtime"

	"souk/sim"
)

// versionCmd prints the version.
type versionCmd struct{}

func (c *versionCmd) Run(stdout resultWriter) error {
	fmt.Fprintf(stdout, "sim %s (%s, %s/%s)\n", sim.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}
