package program

import (
	"fmt"
	"os"
	"runtime"
	"syscall"
	"time"

	"souk/bench/recipe"
)

// CPU returns the processor time that the process has used so far, in all its
// threads: what a garbage collector does beside the simulation counts.
func CPU() time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		panic("program: getrusage: " + err.Error()) // it has no way to fail
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// Workload is what Main runs: it fires that many further events.
type Workload interface {
	Step(events int)
	Tally() recipe.Tally
}

// Main is the main function of a program in Go: it does the job of its
// arguments and prints the report.
func Main(start func(workload string, n uint32) (Workload, error)) {
	job, err := Parse(os.Args[1:])
	if err == nil {
		var r Report
		if r, err = measure(job, start); err == nil {
			fmt.Println(r)
			return
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func measure(job Job, start func(string, uint32) (Workload, error)) (Report, error) {
	before := live()
	w, err := start(job.Workload, uint32(job.N))
	if err != nil {
		return Report{}, err
	}
	w.Step(job.Warm)
	began := CPU()
	w.Step(job.Events)
	r := Report{Events: job.Events, CPU: CPU() - began, Heap: live() - before, Tally: w.Tally()}
	runtime.KeepAlive(w)
	return r, nil
}

// live returns the bytes of memory that are in use.
func live() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
