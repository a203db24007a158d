package sim

import "embed"

// Source is the simulator's own source. Results that are kept from one process
// to the next are named by it, so that no result outlives the code that it
// came from.
//
//go:embed *.go */*.go */*/*.go
var Source embed.FS
