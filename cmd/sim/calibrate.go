package main

import (
	"fmt"
	"path/filepath"
	"time"

	"souk/experiments"
)

// calibrateCmd looks for the times that the report does not give.
type calibrateCmd struct {
	Jobs    int    `short:"j" help:"Runs at a time; by default one on each core." placeholder:"N"`
	Results string `help:"The folder of results." default:"results" placeholder:"DIR"`
	Quiet   bool   `short:"q" help:"No progress."`
}

func (c *calibrateCmd) Run(stdout resultWriter, stderr noteWriter) error {
	flags := labFlags{Jobs: c.Jobs, Results: c.Results}
	lab, err := flags.lab()
	if err != nil {
		return err
	}
	ctx, stop := untilSignal()
	next := time.Now()
	err = experiments.Calibrate(ctx, &experiments.Bench{Lab: lab, Results: c.Results}, func(tried int, best float64) {
		if now := time.Now(); !c.Quiet && now.After(next) {
			fmt.Fprintf(stderr, "calibrate: %d points tried, best objective %.4f\n", tried, best)
			next = now.Add(10 * time.Second)
		}
	})
	if ctx.Err() != nil {
		return interrupted{code: 128 + int(stop.Load())}
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "written: %s\n", filepath.Join(c.Results, "calibration", "README.md"))
	return err
}
