// Package program is how the programs of a comparison are called, and what they
// print: see Job and Report. In other languages they keep to the same.
package program

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"souk/bench/recipe"
)

// Job is what a program is to do. Its arguments are the fields in this order.
type Job struct {
	Workload string
	N        int // pending events or entities; the workloads say which
	Warm     int // events before those that are timed
	Events   int // events that are timed
}

// Args returns the arguments of a program.
func (j Job) Args() []string {
	return []string{j.Workload, strconv.Itoa(j.N), strconv.Itoa(j.Warm), strconv.Itoa(j.Events)}
}

// Parse reads the arguments of a program. Further ones are for others.
func Parse(args []string) (j Job, err error) {
	if len(args) < 4 {
		return j, fmt.Errorf("%d arguments, not WORKLOAD N WARM EVENTS", len(args))
	}
	j.Workload = args[0]
	for i, to := range []*int{&j.N, &j.Warm, &j.Events} {
		if *to, err = strconv.Atoi(args[i+1]); err != nil {
			return j, err
		}
	}
	return j, nil
}

// Report is what a program prints when it is done, as one line of names and
// values.
type Report struct {
	Events int           // those that were timed
	CPU    time.Duration // of the process, user and system, during those
	Tally  recipe.Tally  // of all events, the first ones included
	Heap   int64         // bytes of live memory that the workload holds; 0 if not told
}

func (r Report) String() string {
	line := fmt.Sprintf("events %d cpu_ns %d hash %016x sum %016x", r.Events, r.CPU.Nanoseconds(), r.Tally.Hash, r.Tally.Sum)
	if r.Heap > 0 {
		line += fmt.Sprintf(" heap %d", r.Heap)
	}
	return line
}

// ParseReport reads the line of a program. Memory may be missing.
func ParseReport(line string) (r Report, err error) {
	fields := strings.Fields(line)
	seen := 0
	for i := 0; i+1 < len(fields); i += 2 {
		name, value := fields[i], fields[i+1]
		switch name {
		case "events":
			r.Events, err = strconv.Atoi(value)
		case "cpu_ns":
			var ns int64
			ns, err = strconv.ParseInt(value, 10, 64)
			r.CPU = time.Duration(ns)
		case "hash":
			r.Tally.Hash, err = strconv.ParseUint(value, 16, 64)
		case "sum":
			r.Tally.Sum, err = strconv.ParseUint(value, 16, 64)
		case "heap":
			r.Heap, err = strconv.ParseInt(value, 10, 64)
			seen-- // optional
		default:
			err = fmt.Errorf("unknown name %q", name)
		}
		if err != nil {
			return r, fmt.Errorf("%q: %w", line, err)
		}
		seen++
	}
	if seen != 4 || len(fields)%2 != 0 {
		return r, fmt.Errorf("%q is not the report of a program", line)
	}
	return r, nil
}
