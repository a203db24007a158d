package main

import (
	"fmt"
	"os"
	"time"

	"souk/bench/program"
	"souk/bench/recipe"
)

// meter counts events, times those after the first ones, and ends the process at
// the last one, because Akita's engine runs until nothing is left.
type meter struct {
	left, events int
	began        time.Duration
}

func newMeter(job program.Job) meter {
	return meter{left: job.Warm + job.Events, events: job.Events, began: program.CPU()}
}

func (m *meter) count(t recipe.Tally) {
	m.left--
	switch m.left {
	case m.events:
		m.began = program.CPU()
	case 0:
		fmt.Println(program.Report{Events: m.events, CPU: program.CPU() - m.began, Tally: t})
		os.Exit(0)
	}
}
