package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"

	"souk/experiments/cells"
	"souk/experiments/stats"
	"souk/experiments/warmup"
)

// warmupCmd finds how long a scenario takes to settle.
type warmupCmd struct {
	Scenario string `arg:"" help:"A scenario file, or the name of one that ships (see: sim list)."`
	settings
	Replications int    `short:"n" help:"Runs." default:"20"`
	Out          string `help:"Write Welch's plots to a folder." placeholder:"DIR"`
}

func (c *warmupCmd) Run(stdout resultWriter, stderr noteWriter) error {
	if c.Replications < 1 {
		return usageError{fmt.Errorf("--replications %d: give at least 1, and %d for a smooth curve", c.Replications, stats.Fewest)}
	}
	doc, err := load(c.Scenario, &c.settings)
	if err != nil {
		return err
	}
	ctx, stop := untilSignal()
	study, err := warmup.Find(ctx, doc.Config, c.Replications, runtime.NumCPU())
	if ctx.Err() != nil {
		return interrupted{code: 128 + int(stop.Load())}
	}
	if err != nil {
		return err
	}
	if c.Out != "" {
		for i := range study.Signals {
			g := &study.Signals[i]
			var png bytes.Buffer
			if err := study.Figure(g).WritePNG(&png); err != nil {
				return err
			}
			name := filepath.Join(c.Out, "warmup-"+strings.ReplaceAll(g.Name, " ", "-")+".png")
			if err := cells.WriteFile(name, png.Bytes()); err != nil {
				return err
			}
			fmt.Fprintf(stderr, "written: %s\n", name)
		}
	}
	return study.WriteText(stdout)
}
