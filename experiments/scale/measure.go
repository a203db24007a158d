package scale

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strconv"

	"souk/sim"
	"souk/sim/run"
)

// Counts is what a run did: the same on every machine.
type Counts struct {
	Peers          int     `json:"peers"`
	VirtualSeconds float64 `json:"virtual_seconds"`
	Events         uint64  `json:"events"`
	Messages       uint64  `json:"messages"`
	// Pending is the largest number of pending events.
	Pending int    `json:"pending"`
	Digest  string `json:"digest"`
}

// Sample is a run with what it took of this machine.
type Sample struct {
	Counts
	// Start is the CPU time in seconds until the market was built and its first
	// Early events had happened, Whole that of the run with these. The collector's
	// time is in it.
	Start float64 `json:"start_s"`
	Early uint64  `json:"early"`
	Whole float64 `json:"whole_s"`
	// Live is what was on the heap half-way through, in bytes; 0 if nobody looked,
	// because looking takes a collection.
	Live uint64 `json:"live"`
	// Resident is the most memory that the process ever had, in bytes; 0 where the
	// system does not tell.
	Resident uint64 `json:"resident"`
}

// PerEvent is the CPU time of an event in nanoseconds.
func (s *Sample) PerEvent() float64 {
	return 1e9 * (s.Whole - s.Start) / float64(s.Events-s.Early)
}

// Job is a run to be measured. It goes to a process of its own, so that no run
// finds the memory that another has left.
type Job struct {
	Point Point
	// Weigh says to look at the heap, which spoils the times.
	Weigh bool
}

// Measure runs a job in this process.
func Measure(j *Job) (Sample, error) {
	var s Sample
	cfg, err := j.Point.Config()
	if err != nil {
		return s, err
	}
	var failed error
	clock := func() float64 {
		t, err := cpuTime()
		if err != nil {
			failed = err
		}
		return t
	}
	before := liveHeap()
	begin := clock()
	cfg.World.Watch = func(p sim.Progress) bool {
		if s.Early == 0 {
			s.Early, s.Start = p.Events, clock()-begin
		}
		if j.Weigh && s.Live == 0 && p.Share >= 0.5 {
			s.Live = liveHeap() - before
		}
		return failed == nil
	}
	report, err := run.Once(cfg, run.Options{})
	s.Whole = clock() - begin
	if err == nil {
		err = failed
	}
	if err != nil {
		return s, fmt.Errorf("%s: %w", j.Point.Name(), err)
	}
	w := &report.World
	s.Counts = Counts{
		Peers: report.Play.Peers(), VirtualSeconds: w.Now.Seconds(), Events: w.Events,
		Messages: w.Messages(), Pending: w.Peak, Digest: w.Digest.String(),
	}
	s.Resident = mostResident()
	return s, nil
}

// liveHeap is the size of what is reachable now.
func liveHeap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// mostResident is the largest resident set that the process ever had, as Linux
// tells it; 0 elsewhere. (That of getrusage includes the parent's.)
func mostResident() uint64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for lines := bufio.NewScanner(bytes.NewReader(status)); lines.Scan(); {
		if words := bytes.Fields(lines.Bytes()); len(words) == 3 && string(words[0]) == "VmHWM:" {
			kB, _ := strconv.ParseUint(string(words[1]), 10, 64)
			return kB << 10
		}
	}
	return 0
}
