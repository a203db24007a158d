//go:build !unix

package scale

import "errors"

// cpuTime is the CPU time that this process took so far, in seconds.
func cpuTime() (float64, error) {
	return 0, errors.New("this system does not tell the CPU time of a process")
}
