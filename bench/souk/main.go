// Souk is the program of a comparison that runs on Souk's own kernel.
package main

import (
	"souk/bench/program"
	"souk/bench/workload"
)

func main() {
	program.Main(func(name string, n uint32) (program.Workload, error) { return workload.Start(name, n) })
}
