package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"souk/experiments"
	"souk/experiments/sweep"
	"souk/sim/scenario/field"
)

// experimentCmd makes Souk's own experiments.
type experimentCmd struct {
	Name string `arg:"" optional:"" help:"An experiment, or all; without one, the experiments are listed."`
	labFlags
}

func (c *experimentCmd) Run(stdout resultWriter, stderr noteWriter) error {
	if c.Name == "" {
		return listExperiments(stdout)
	}
	lab, err := c.lab()
	if err != nil {
		return err
	}
	ctx, stop := untilSignal()
	bar := newProgress(stderr, c.Quiet)
	bench := &experiments.Bench{Lab: lab, Results: c.Results, Progress: bar.at, Measure: apart}
	if c.Name == "all" {
		err = experiments.RunAll(ctx, bench, bar.begin)
	} else {
		err = c.one(ctx, bench, bar)
	}
	bar.end()
	var doubt sweep.Inconclusive
	if err != nil && !errors.As(err, &doubt) {
		return signalled(err, stop)
	}
	where := filepath.Join(c.Results, c.Name)
	if c.Name == "all" {
		where = c.Results
	}
	fmt.Fprintf(stdout, "written: %s\n", filepath.Join(where, "README.md"))
	return err
}

func (c *experimentCmd) one(ctx context.Context, bench *experiments.Bench, bar *progress) error {
	var names []string
	for _, e := range experiments.All() {
		if e.Name == c.Name {
			bar.begin(e.Name)
			return e.Run(ctx, bench)
		}
		names = append(names, e.Name)
	}
	hint := ""
	if meant := field.Nearest(c.Name, names); meant != "" {
		hint = fmt.Sprintf("did you mean %q? ", meant)
	}
	return usageError{fmt.Errorf("there is no experiment %q; %sthere are all, %s", c.Name, hint, strings.Join(names, ", "))}
}

func listExperiments(w resultWriter) error {
	part := ""
	for _, e := range experiments.All() {
		if e.Part != part {
			part = e.Part
			fmt.Fprintf(w, "%s\n", part)
		}
		fmt.Fprintf(w, "  %s\n", e.Name)
	}
	_, err := fmt.Fprintln(w, "\nsim experiment NAME makes one of them, sim experiment all makes all and the page that lists them.")
	return err
}
