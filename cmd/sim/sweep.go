package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"

	"souk/experiments"
	"souk/experiments/cells"
	"souk/experiments/sweep"
)

// labFlags are the options of every command that runs many simulations.
type labFlags struct {
	Jobs    int    `short:"j" help:"Runs at a time; by default one on each core." placeholder:"N"`
	Fresh   bool   `help:"Run everything again, also what is in the store."`
	Results string `help:"The folder of results; finished runs are kept in its folder cells." default:"results" placeholder:"DIR"`
	Quiet   bool   `short:"q" help:"No progress."`
}

func (f *labFlags) lab() (cells.Lab, error) {
	if f.Jobs < 0 {
		return cells.Lab{}, usageError{fmt.Errorf("-j %d: give at least 1", f.Jobs)}
	}
	jobs := f.Jobs
	if jobs == 0 {
		jobs = runtime.NumCPU()
	}
	return cells.Lab{Store: cells.Open(filepath.Join(f.Results, "cells")), Workers: jobs, Fresh: f.Fresh}, nil
}

// sweepCmd runs a sweep.
type sweepCmd struct {
	Sweep string `arg:"" help:"A sweep file, or the name of one that ships (see: sim list)."`
	labFlags
	DryRun bool `help:"Say what would be run, and run nothing."`
}

func (c *sweepCmd) Run(stdout resultWriter, stderr noteWriter) error {
	plan, err := loadSweep(c.Sweep)
	if err != nil {
		return err
	}
	lab, err := c.lab()
	if err != nil {
		return err
	}
	if c.DryRun {
		return c.tell(stdout, plan, lab.Store)
	}
	ctx, stop := untilSignal()
	bar := newProgress(stderr, c.Quiet)
	bar.begin(plan.Name)
	result, err := plan.Execute(ctx, lab, bar.at)
	bar.end()
	if err != nil {
		return signalled(err, stop)
	}
	folder := filepath.Join(c.Results, plan.Name)
	if err := result.Write(folder, "sim sweep "+quote(c.Sweep)); err != nil {
		return err
	}
	if err := result.WriteText(stdout); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "written to %s\n", folder)
	return result.Doubts()
}

// tell says what a sweep would do.
func (c *sweepCmd) tell(w io.Writer, plan *sweep.Plan, store *cells.Store) error {
	have, least, most := plan.Tally(store)
	fmt.Fprintf(w, "%s: %d points of %s\n", plan.Name, len(plan.Points), strings.Join(plan.Scenarios, ", "))
	if err := plan.WritePoints(w); err != nil {
		return err
	}
	runs := fmt.Sprint(least)
	if most > least {
		runs = fmt.Sprintf("%d to %d", least, most)
	}
	_, err := fmt.Fprintf(w, "%s runs, %d of the first %d are in the store; nothing was run.\n", runs, have, least)
	return err
}

// loadSweep reads a sweep: a path, or the bare name of one that ships.
func loadSweep(name string) (*sweep.Plan, error) {
	src, err := readFile(name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errFolder) {
		plan, failed := experiments.Shipped(strings.TrimSuffix(name, ".yaml"))
		switch {
		case !errors.Is(failed, fs.ErrNotExist):
			return plan, failed
		case errors.Is(err, fs.ErrNotExist):
			return nil, missing(name, "sweep", "sweep", "sweeps", "scenario", ".")
		}
	}
	if err != nil {
		return nil, err
	}
	plan, problems := sweep.Read(name, src, func(from, named string) (src []byte, called string, err error) {
		called = filepath.Join(filepath.Dir(from), named)
		switch _, missing := os.Stat(called); {
		case missing != nil:
			called = named
			src, err = open(named)
		case filepath.Ext(named) == ".csv":
			src, err = os.ReadFile(called)
		default:
			src, err = readFile(called)
		}
		return src, called, err
	})
	return plan, problems.Err()
}

// untilSignal returns a context that a signal ends, and the number of the
// signal that did.
func untilSignal() (context.Context, *atomic.Int32) {
	var got atomic.Int32
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		if s, ok := (<-signals).(syscall.Signal); ok {
			got.Store(int32(s))
		}
		// A second signal ends the process as usual.
		signal.Stop(signals)
		cancel()
	}()
	return ctx, &got
}

// signalled gives the error of an interrupted computation its exit code.
func signalled(err error, stop *atomic.Int32) error {
	var i *cells.Interrupted
	if errors.As(err, &i) {
		return interrupted{code: 128 + int(stop.Load()), kept: i.Error()}
	}
	if errors.Is(err, context.Canceled) {
		return interrupted{code: 128 + int(stop.Load())}
	}
	return err
}
