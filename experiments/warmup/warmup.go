// Package warmup finds how long a scenario takes to settle, so that what comes
// before can be left out of its measures.
package warmup

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"golang.org/x/sync/errgroup"

	"souk/experiments/figure"
	"souk/experiments/stats"
	"souk/sim"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/vtime"
)

// Study is what the runs of a scenario show of its transient.
type Study struct {
	Name         string
	Replications int
	Seed         uint64
	// Step is the time between two observations, From the first one: the first
	// step in which every run has got a request.
	Step, From vtime.Duration
	Signals    []Signal
}

// Signal is something observed at every step.
type Signal struct {
	Name, Unit string
	// Mean is the average over the runs at each step.
	Mean []float64
	// Welch is its moving average over Window steps on each side.
	Welch  []float64
	Window int
	// Cut is the number of steps that MSER-5 leaves out; Sure says whether the
	// runs are long enough for that.
	Cut  int
	Sure bool
}

// rows is the timeline of one run, up to its close.
type rows struct{ issued, shipped, live []float64 }

// Find studies a scenario by so many runs, from its own seed on.
func Find(ctx context.Context, cfg scenario.Config, replications, workers int) (*Study, error) {
	cfg.WarmUp, cfg.World.CountFrom = 0, 0
	runs := make([]rows, replications)
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(max(1, workers))
	for i := range runs {
		group.Go(func() (err error) {
			runs[i], err = observe(inner, cfg.Under(cfg.World.Seed+uint64(i)))
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	s := &Study{Name: cfg.Name, Replications: replications, Seed: cfg.World.Seed, Step: cfg.Timeline}
	first, length := common(runs)
	if first >= length {
		return nil, fmt.Errorf("there is nothing to observe: no step in which every run has got a request before the first run closes")
	}
	s.From = vtime.Duration(first) * s.Step
	s.Signals = []Signal{
		signal("requests under way", "requests", runs, func(r *rows) []float64 { return r.live[first:length] }),
		signal("throughput", "sales/s", runs, func(r *rows) []float64 { return rates(r.shipped[first:length], s.Step) }),
	}
	return s, nil
}

// observe runs a scenario once.
func observe(ctx context.Context, cfg *scenario.Config) (rows, error) {
	cfg.World.Watch = func(sim.Progress) bool { return ctx.Err() == nil }
	var timeline bytes.Buffer
	report, err := run.Once(cfg, run.Options{Timeline: &timeline})
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return rows{}, fmt.Errorf("seed %d: %w", cfg.World.Seed, err)
	}
	return read(&timeline, report.World.Closed)
}

// read reads a timeline up to the close of the run.
func read(timeline io.Reader, closed vtime.Time) (r rows, err error) {
	lines, err := csv.NewReader(timeline).ReadAll()
	if err != nil {
		return r, err
	}
	column := map[string]int{}
	for i, name := range lines[0] {
		column[name] = i
	}
	for _, line := range lines[1:] {
		at, err := strconv.ParseFloat(line[column["time_s"]], 64)
		if err != nil {
			return r, err
		}
		if at > closed.Seconds() {
			break
		}
		for _, c := range []struct {
			name string
			to   *[]float64
		}{{"issued", &r.issued}, {"shipped", &r.shipped}, {"live", &r.live}} {
			x, err := strconv.ParseFloat(line[column[c.name]], 64)
			if err != nil {
				return r, err
			}
			*c.to = append(*c.to, x)
		}
	}
	return r, nil
}

// common returns the steps that all runs have in common: from the first one at
// which every run has got a request to the end of the shortest run.
func common(runs []rows) (first, length int) {
	length = len(runs[0].issued)
	for i := range runs {
		length = min(length, len(runs[i].issued))
		at := 0
		for at < len(runs[i].issued) && runs[i].issued[at] == 0 {
			at++
		}
		first = max(first, at)
	}
	return first, length
}

// rates turns a count at every step into a rate between steps.
func rates(counts []float64, step vtime.Duration) []float64 {
	var r []float64
	for i := 1; i < len(counts); i++ {
		r = append(r, (counts[i]-counts[i-1])/step.Seconds())
	}
	return r
}

func signal(name, unit string, runs []rows, of func(*rows) []float64) Signal {
	series := make([][]float64, len(runs))
	for i := range runs {
		series[i] = of(&runs[i])
	}
	s := Signal{Name: name, Unit: unit, Mean: stats.Welch(series, 0)}
	// A twentieth of the run on each side smooths without hiding the transient.
	s.Window = max(1, len(s.Mean)/20)
	s.Welch = stats.Welch(series, s.Window)
	s.Cut, s.Sure = stats.MSER5(s.Mean)
	return s
}

// WarmUp returns the run.warmup that the study suggests, and whether all its
// signals are long enough to rely on it.
func (s *Study) WarmUp() (vtime.Duration, bool) {
	cut, sure := 0, true
	for i := range s.Signals {
		cut = max(cut, s.Signals[i].Cut)
		sure = sure && s.Signals[i].Sure
	}
	return s.From + vtime.Duration(cut)*s.Step, sure
}

// WriteText tells the result.
func (s *Study) WriteText(w io.Writer) error {
	fmt.Fprintf(w, "%s: %d runs, seeds %d to %d, observed every %v from %v on, when every run had got a request\n\n",
		s.Name, s.Replications, s.Seed, s.Seed+uint64(s.Replications)-1, s.Step, s.From)
	for i := range s.Signals {
		g := &s.Signals[i]
		doubt := ""
		if !g.Sure {
			doubt = "  (not to be relied on: the runs are too short to show where the warm-up ends)"
		}
		fmt.Fprintf(w, "  %-20s MSER-5 leaves out the first %v%s\n", g.Name, vtime.Duration(g.Cut)*s.Step, doubt)
	}
	warm, sure := s.WarmUp()
	if !sure {
		_, err := fmt.Fprintf(w, "\nno warm-up can be named: let the runs be longer (run.time_limit) or observe them more often (run.timeline)\n")
		return err
	}
	_, err := fmt.Fprintf(w, "\nset run.warmup: %v\n", warm)
	return err
}

// Figure is Welch's plot of a signal, with the end of the warm-up.
func (s *Study) Figure(g *Signal) *figure.Lines {
	at := func(step int) float64 { return (s.From + vtime.Duration(step)*s.Step).Seconds() }
	line := func(name string, values []float64) figure.Series {
		l := figure.Series{Name: name}
		for i, y := range values {
			l.Points = append(l.Points, figure.Point{X: at(i), Y: y})
		}
		return l
	}
	l := &figure.Lines{
		Title:  fmt.Sprintf("When has %s settled?", s.Name),
		Note:   fmt.Sprintf("%s, mean of %d runs; Welch's moving average over %d steps of %v", g.Name, s.Replications, 2*g.Window+1, s.Step),
		X:      figure.Axis{Title: "virtual time", Unit: "s"},
		Y:      figure.Axis{Title: g.Name, Unit: g.Unit, Zero: true},
		Series: []figure.Series{line("mean of the runs", g.Mean), line("moving average", g.Welch)},
		Joined: true,
	}
	if g.Sure {
		l.VLines = []figure.VLine{{X: at(g.Cut), Label: "MSER-5: warm-up ends"}}
	}
	return l
}
