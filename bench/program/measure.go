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

// Workload is what a program runs: it fires that many further events.
type Workload interface {
	Step(events int)
	Tally() recipe.Tally
}

// Main is the main function of a program in Go that runs workloads.
func Main(start func(workload string, n uint32) (Workload, error)) {
	Do(func(job Job) (Report, error) {
		before := live()
		w, err := start(job.Workload, uint32(job.N))
		if err != nil {
			return Report{}, err
		}
		r, err := Measure(job, w)
		r.Heap = live() - before
		runtime.KeepAlive(w)
		return r, err
	})
}

// Do does the job of the program's arguments and prints the report.
func Do(do func(Job) (Report, error)) {
	job, err := Parse(os.Args[1:])
	if err == nil {
		var r Report
		if r, err = do(job); err == nil {
			fmt.Println(r)
			return
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// Measure times a workload that is set up.
func Measure(job Job, w Workload) (Report, error) {
	w.Step(job.Warm)
	began := CPU()
	w.Step(job.Events)
	return Report{Events: job.Events, CPU: CPU() - began, Tally: w.Tally()}, nil
}

// live returns the bytes of memory that are in use.
func live() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
