package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"

	"souk/sim/run"
	"souk/sim/verify"
)

// verifyCmd shows that runs repeat themselves, or where they do not.
type verifyCmd struct {
	Scenarios []string `arg:"" name:"scenario" help:"Scenario files, or names of some that ship."`
	settings
	Seeds   int    `help:"Verify so many seeds, from the scenario's own on." default:"1" placeholder:"N"`
	Against string `help:"Also compare with the checkpoints that sim run --digests wrote elsewhere." placeholder:"FILE"`
	Ties    int    `help:"Instead, run so many orders of simultaneous events, and tell which measures change." placeholder:"N"`
}

func (c *verifyCmd) Run(stdout resultWriter) error {
	switch {
	case c.Seeds < 1:
		return usageError{fmt.Errorf("--seeds %d: give at least 1", c.Seeds)}
	case c.Ties < 0:
		return usageError{fmt.Errorf("--ties %d: give at least 1", c.Ties)}
	case c.Against != "" && (c.Ties > 0 || c.Seeds > 1 || len(c.Scenarios) > 1):
		return usageError{fmt.Errorf("--against is for one run: one scenario, one seed, and no --ties")}
	}
	ctx, stop := untilSignal()
	err := c.all(ctx, stdout)
	if sig := stop.Load(); sig != 0 {
		return interrupted{code: 128 + int(sig)}
	}
	return err
}

// all verifies every seed of every scenario.
func (c *verifyCmd) all(ctx context.Context, stdout io.Writer) error {
	scratch, err := os.MkdirTemp("", "sim-verify-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	for _, name := range c.Scenarios {
		doc, err := load(name, &c.settings)
		if err != nil {
			return err
		}
		for i := range uint64(c.Seeds) {
			subject := subject{name: name, title: run.Title(doc.Config.Under(doc.Config.World.Seed + i)), set: c.Set, seed: doc.Config.World.Seed + i, scratch: scratch, ctx: ctx}
			if c.Ties > 0 {
				err = c.permute(stdout, &subject)
			} else {
				err = c.verify(stdout, &subject)
			}
			if err != nil {
				return err
			}
		}
	}
	if c.Ties > 0 {
		return nil
	}
	_, err = fmt.Fprintf(stdout, "%s, %s/%s; race detector: %s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, raceDetector())
	return err
}

// raceDetector says whether this binary, and so every run that it makes, has it.
func raceDetector() string {
	build, ok := debug.ReadBuildInfo()
	race := debug.BuildSetting{Key: "-race", Value: "true"}
	if ok && slices.Contains(build.Settings, race) {
		return "on"
	}
	return "off (go build -race makes a sim with it)"
}

// verify compares one run with itself, made in other ways.
func (c *verifyCmd) verify(w io.Writer, s *subject) error {
	first := verify.Once(&inProcess{s, "in this process"})
	twins := []verify.Runner{
		&inProcess{s, "once more in this process"},
		&fresh{s, []string{"GOMAXPROCS=1"}},
		&fresh{s, []string{fmt.Sprintf("GOMAXPROCS=%d", runtime.NumCPU())}},
		&fresh{s, []string{"GOGC=1"}},
		&fresh{s, []string{"GOGC=off"}},
	}
	if c.Against != "" {
		given, err := readDigests(c.Against, s.title)
		if err != nil {
			return err
		}
		twins = append(twins, given)
	}
	trail, err := first.Run(verify.Window{})
	if err != nil {
		return err
	}
	last := verify.Mark{}
	if n := len(trail.Marks); n > 0 {
		last = trail.Marks[n-1]
	}
	fmt.Fprintf(w, "%s, seed %d: %d events, %d checkpoints, digest %s\n", s.name, s.seed, last.Events, len(trail.Marks), last.Digest)
	for _, twin := range twins {
		d, err := verify.Compare(first, twin)
		switch {
		case err != nil:
			return err
		case d != nil:
			fmt.Fprintf(w, "  differs  %v: %v\n", twin, d)
			if !d.Recorded {
				fmt.Fprintf(w, "    write these events on both machines and compare: %s\n", s.recording(d.Window))
			}
			return differs{fmt.Errorf("%s, seed %d: the run does not repeat itself", s.name, s.seed)}
		}
		fmt.Fprintf(w, "  same     %v\n", twin)
	}
	return nil
}

// differs is the finding that a run does not repeat itself.
type differs struct{ error }

// readDigests reads checkpoints from elsewhere.
func readDigests(name, run string) (*verify.Given, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, usageError{fmt.Errorf("--against: %w", err)}
	}
	defer f.Close()
	of, marks, err := verify.ReadMarks(f)
	switch {
	case err != nil:
	case len(marks) == 0:
		err = errors.New("no checkpoints in it; sim run --digests writes them")
	case of != "" && of != run:
		err = fmt.Errorf("it is of %s, and this is %s", of, run)
	}
	if err != nil {
		return nil, usageError{fmt.Errorf("--against %s: %w", name, err)}
	}
	return &verify.Given{Name: "the checkpoints in " + name, Marks: marks}, nil
}

// recording is the command that records a window of the run.
func (s *subject) recording(w verify.Window) string {
	return s.command(fmt.Sprintf(" --quiet --events events.txt --from-event %d --to-event %d", w.From, w.To))
}
