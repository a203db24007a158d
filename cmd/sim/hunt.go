package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"souk/experiments/cells"
	"souk/experiments/hunt"
)

// huntCmd looks for broken invariants.
type huntCmd struct {
	Market    string   `help:"Random scenarios of this market: ${markets}, or all." default:"all" placeholder:"MARKET"`
	Scenario  string   `help:"This scenario instead, under many seeds; it should have a chaos section." placeholder:"FILE"`
	Set       []string `help:"Set any key of the scenario, as traders.count=3; may be repeated." placeholder:"KEY=VALUE" sep:"none"`
	Seeds     int      `help:"How many seeds of each market." default:"1000" placeholder:"N"`
	From      uint64   `help:"The first seed." default:"1" placeholder:"S"`
	Jobs      int      `short:"j" help:"Runs at a time; by default one on each core." placeholder:"N"`
	KeepGoing bool     `help:"Count breaches instead of stopping at the first."`
	Out       string   `help:"The folder for the scenarios that repeat what was found." default:"." placeholder:"DIR"`
	Quiet     bool     `short:"q" help:"No progress."`
}

// foundBreaches is the error of a hunt that found something.
type foundBreaches struct{ number int }

func (f foundBreaches) Error() string { return fmt.Sprintf("%d breaches", f.number) }

func (c *huntCmd) Run(stdout resultWriter, stderr noteWriter) error {
	grounds, err := c.grounds()
	if err != nil {
		return err
	}
	options := hunt.Options{From: c.From, Seeds: c.Seeds, Workers: c.Jobs, KeepGoing: c.KeepGoing}
	if c.Jobs == 0 {
		options.Workers = runtime.NumCPU()
	}
	ctx, stop := untilSignal()
	found := 0
	for _, g := range grounds {
		bag, err := c.one(ctx, stop, g, options, stdout, stderr)
		if err != nil {
			return err
		}
		found += len(bag.Findings)
		if found > 0 && !c.KeepGoing {
			break
		}
	}
	if found > 0 {
		return foundBreaches{found}
	}
	return nil
}

// grounds returns where to hunt.
func (c *huntCmd) grounds() ([]hunt.Ground, error) {
	if c.Seeds < 1 || c.Jobs < 0 {
		return nil, usageError{errors.New("--seeds and -j: give at least 1")}
	}
	if c.Scenario != "" {
		if c.Market != "all" {
			return nil, usageError{errors.New("--market is for random scenarios; a scenario has its own")}
		}
		s := settings{Set: c.Set}
		overrides, err := s.overrides()
		if err != nil {
			return nil, err
		}
		src, err := open(c.Scenario)
		if err != nil {
			return nil, err
		}
		name := strings.TrimSuffix(filepath.Base(c.Scenario), ".yaml")
		g, err := hunt.Of(name, c.Scenario, src, overrides)
		return []hunt.Ground{g}, err
	}
	if len(c.Set) > 0 {
		return nil, usageError{errors.New("--set needs --scenario: random scenarios set their own keys")}
	}
	var grounds []hunt.Ground
	for _, market := range hunt.Markets() {
		if c.Market == market || c.Market == "all" {
			grounds = append(grounds, hunt.Random(market))
		}
	}
	if len(grounds) == 0 {
		return nil, usageError{fmt.Errorf("--market %s: the markets are %s", c.Market, marketNames())}
	}
	return grounds, nil
}

// one hunts on one ground and tells what came of it.
func (c *huntCmd) one(ctx context.Context, stop *atomic.Int32, g hunt.Ground, o hunt.Options, stdout, stderr io.Writer) (*hunt.Bag, error) {
	bar := newProgress(stderr, c.Quiet)
	bar.unit = "seeds"
	bar.begin("hunt " + g.Name)
	o.Watch = bar.at
	start := time.Now()
	bag, err := hunt.Hunt(ctx, g, o)
	took := time.Since(start)
	bar.end()
	if err != nil {
		return nil, err
	}
	if err := bag.WriteText(stdout); err != nil {
		return nil, err
	}
	for i := range bag.Findings {
		if err := c.tell(stdout, &bag.Findings[i]); err != nil {
			return nil, err
		}
	}
	if !c.Quiet {
		fmt.Fprintf(stderr, "%s: %v, %.0f runs/s, %.0f events/s\n", g.Name, took.Round(time.Millisecond),
			float64(bag.Runs)/took.Seconds(), float64(bag.Events)/took.Seconds())
	}
	if sig := stop.Load(); sig != 0 {
		return nil, interrupted{code: 128 + int(sig), kept: fmt.Sprintf("interrupted after %d seeds of %s; go on with --from %d", bag.Runs, g.Name, o.From+uint64(bag.Runs))}
	}
	return bag, nil
}

// tell prints a finding and writes the scenario that repeats it.
func (c *huntCmd) tell(w io.Writer, f *hunt.Finding) error {
	if err := os.MkdirAll(c.Out, 0o777); err != nil {
		return usageError{err}
	}
	file := filepath.Join(c.Out, f.File())
	if err := cells.WriteFile(file, []byte(f.Replay)); err != nil {
		return err
	}
	fmt.Fprintf(w, "%s, seed %d: %s at event %d, %v\n  %s\n%s  repeat with: sim run %s\n",
		f.Ground, f.Seed, f.Title(), f.Event, f.At, f.What, f.Trace, quote(file))
	return nil
}

func marketNames() string { return strings.Join(hunt.Markets(), ", ") }
