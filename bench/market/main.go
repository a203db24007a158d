// Market is the program of a comparison that runs whole markets, and beside them
// PHOLD with the simulator's own draws: how many bare events is one worth in which
// a message is delivered, an actor steps and what it says is routed and scheduled?
// Its workloads are the markets of experiments/scale, with N buyers; the same
// followed by -unwatched, without meter and checkers; and phold-drawn.
package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"souk/bench/program"
	"souk/bench/recipe"
	"souk/experiments/scale"
	"souk/sim"
	"souk/sim/run"
	"souk/sim/scenario"
)

func main() {
	program.Do(func(job program.Job) (program.Report, error) {
		if job.Workload == "phold-drawn" {
			return program.Measure(job, newPhold(uint32(job.N)))
		}
		return measure(job)
	})
}

// measure runs a market.
func measure(job program.Job) (program.Report, error) {
	market, unwatched := strings.CutSuffix(job.Workload, "-unwatched")
	cfg, err := config(market, job)
	if err != nil {
		return program.Report{}, err
	}
	// The world is looked at now and then, and timed from the first time after it has
	// warmed up.
	var began time.Duration
	var from uint64
	var looks, pending int
	cfg.World.Watch = func(p sim.Progress) bool {
		if p.Events >= uint64(job.Warm) {
			if looks == 0 {
				from, began = p.Events, program.CPU()
			}
			looks++
			pending += p.Pending
		}
		return true
	}
	var result sim.Result
	if unwatched {
		result, err = cfg.Play().Run()
	} else {
		var report *run.Report
		if report, err = run.Once(cfg, run.Options{}); report != nil {
			result = report.World
		}
	}
	took := program.CPU() - began
	switch {
	case err != nil:
		return program.Report{}, err
	case looks == 0:
		return program.Report{}, errors.New("too few events to be timed")
	}
	return program.Report{
		Events: int(result.Events - from), CPU: took, Pending: pending / looks,
		Tally: recipe.Tally{Hash: uint64(result.Digest), Sum: result.Events},
	}, nil
}

// config is the market with job.N buyers, until it has had its events.
func config(market string, job program.Job) (*scenario.Config, error) {
	for _, m := range scale.Markets() {
		if m.Name != market {
			continue
		}
		points := m.Points(job.N)
		if len(points) == 0 || points[len(points)-1].Buyers != job.N {
			return nil, fmt.Errorf("%s is not run with %d buyers", market, job.N)
		}
		p := points[len(points)-1]
		p.Set = append(p.Set, "run.time_limit=100000h", fmt.Sprint("run.event_limit=", job.Warm+job.Events))
		return p.Config()
	}
	return nil, fmt.Errorf("there is no market %q", market)
}
