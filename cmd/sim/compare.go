package main

import (
	"fmt"
	"slices"
	"strings"

	"souk/experiments/stats"
	"souk/experiments/sweep"
	"souk/sim/run"
	"souk/sim/scenario"
)

// compareCmd compares scenarios run by run.
type compareCmd struct {
	Scenarios []string `arg:"" help:"The scenario to compare with, and one or more others."`
	settings
	labFlags
	Replications int      `short:"n" help:"Runs of each scenario." default:"30"`
	Confidence   float64  `help:"Confidence of the verdicts, between 0 and 1." default:"0.95"`
	Measure      []string `help:"What to compare; may be repeated." default:"throughput,oversell,unmet,latency_mean,latency_p95,messages_per_sale" placeholder:"NAME"`
}

func (c *compareCmd) Run(stdout resultWriter, stderr noteWriter) error {
	plan, err := c.plan()
	if err != nil {
		return err
	}
	lab, err := c.lab()
	if err != nil {
		return err
	}
	ctx, stop := untilSignal()
	bar := newProgress(stderr, c.Quiet)
	bar.begin("compare")
	result, err := plan.Execute(ctx, lab, bar.at)
	bar.end()
	if err != nil {
		return signalled(err, stop)
	}
	if stats.Few(c.Replications) {
		fmt.Fprintf(stderr, "sim: only %d replications; at least %d are needed for verdicts that can be trusted\n", c.Replications, stats.Fewest)
	}
	return result.WriteVersus(stdout)
}

// phased checks that a scenario has the phases of the measures.
func phased(name string, cfg *scenario.Config, measures []string) error {
	for _, m := range measures {
		_, phase, ok := strings.Cut(m, "@")
		if ok && !slices.ContainsFunc(cfg.Phases, func(p scenario.Phase) bool { return p.Name == phase }) {
			return usageError{fmt.Errorf("--measure %s: %s has no run.phases called %q", m, name, phase)}
		}
	}
	return nil
}

func (c *compareCmd) plan() (*sweep.Plan, error) {
	switch {
	case len(c.Scenarios) < 2:
		return nil, usageError{fmt.Errorf("compare needs two scenarios or more")}
	case c.Replications < 2:
		return nil, usageError{fmt.Errorf("--replications %d: a difference needs at least 2 runs, and %d to be trusted", c.Replications, stats.Fewest)}
	case c.Replications > sweep.MostRuns:
		return nil, usageError{fmt.Errorf("--replications %d: give at most %d", c.Replications, sweep.MostRuns)}
	case !(c.Confidence >= 0.0001 && c.Confidence <= 0.9999):
		return nil, usageError{fmt.Errorf("--confidence %v: give a number from 0.0001 to 0.9999, such as 0.95", c.Confidence)}
	}
	for _, name := range c.Measure {
		if _, err := run.FindMeasure(name); err != nil {
			return nil, usageError{fmt.Errorf("--measure %s: %w; there are %s", name, err, sweep.MeasureWords())}
		}
	}
	var rivals []sweep.Rival
	var seed uint64
	for i, name := range c.Scenarios {
		doc, err := load(name, &c.settings)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			seed = doc.Config.World.Seed
		}
		neutral := c.settings
		neutral.Seed = new(uint64)
		if doc, err = load(name, &neutral); err != nil {
			return nil, err
		}
		if err := phased(name, &doc.Config, c.Measure); err != nil {
			return nil, err
		}
		rivals = append(rivals, sweep.Rival{Name: name, Doc: doc})
	}
	return sweep.Versus(rivals, seed, c.Replications, c.Confidence, c.Measure), nil
}
