// Package experiments is what Souk itself shows: the published tables of the
// systems that it models, the questions behind them asked over their whole
// range, and the closed forms that say whether the simulator is right.
package experiments

import (
	"context"
	"fmt"
	"path"
	"path/filepath"

	"souk/experiments/cells"
	"souk/experiments/scale"
	"souk/experiments/sweep"
	"souk/scenarios"
)

// Experiment is one of the experiments.
type Experiment struct {
	// Name is that of its command and of its folder of results.
	Name string
	// Part is the heading under which it is listed.
	Part string
	// machine, if set, says that the experiment measures the machine: no two runs
	// of it give the same bytes, so that RunAll leaves it out and lists this of it.
	machine *outcome
	run     func(ctx context.Context, b *Bench) (*outcome, error)
}

// Bench is where experiments are made.
type Bench struct {
	Lab cells.Lab
	// Results is the folder in which each experiment has a folder of its own.
	Results string
	// Measure runs one job of the experiment scale, in a process of its own.
	Measure scale.Measurer
	// Progress, if set, is told how many cells of an experiment are there.
	Progress func(done, planned int)
}

// outcome is what the index tells of an experiment.
type outcome struct {
	question, figure, conclusion string
	// doubt is what keeps a result from being conclusive; nil if nothing does.
	doubt error
}

// The headings of the index.
const (
	published  = "The report's experiments"
	designer   = "The same questions over their whole range"
	beyond     = "Traders or none"
	peerToPeer = "Peer to peer"
	failing    = "What breaks"
	others     = "Another implementation of the same system"
	right      = "Is the simulator right?"
	large      = "How large, how fast?"
)

// All lists the experiments in the order in which they are shown. Most are a
// sweep file and a line here.
func All() []Experiment {
	return []Experiment{
		ofSweep("exp1-throughput", published),
		ofSweep("exp2-oversell", published),
		ofSweep("exp3-fault", published),
		ofSweep("traders", designer),
		ofSweep("buyer-share", designer),
		ofSweep("sync-interval", designer),
		ofSweep("detection-timeout", designer),
		ofComparison("architectures", beyond, &architectures),
		ofSweep("broadcasts", beyond),
		ofSweep("two-peers", peerToPeer),
		ofSweep("one-seller", peerToPeer),
		ofSweep("bully", failing),
		ofSweep("ronlek", others),
		{Name: "validation", Part: right, run: validate},
		{Name: "scale", Part: large, run: measureScale, machine: &scaleOutcome},
	}
}

// Run makes an experiment and writes its folder. The error may be a
// sweep.Inconclusive, with the results written all the same.
func (e *Experiment) Run(ctx context.Context, b *Bench) error {
	o, err := e.run(ctx, b)
	if err != nil {
		return err
	}
	return o.doubt
}

func (e *Experiment) folder(b *Bench) string { return filepath.Join(b.Results, e.Name) }

// command is what a reader types to make the experiment again.
func (e *Experiment) command() string { return "sim experiment " + e.Name }

// ofSweep is the experiment of a shipped sweep.
func ofSweep(name, part string) Experiment {
	e := Experiment{Name: name, Part: part}
	e.run = func(ctx context.Context, b *Bench) (*outcome, error) {
		plan, result, err := execute(ctx, name, b)
		if err != nil {
			return nil, err
		}
		o := &outcome{question: plan.Question, conclusion: plan.Conclusion, doubt: result.Doubts()}
		if len(plan.Plots) > 0 {
			o.figure = plan.Plots[0].File
		}
		return o, result.Write(e.folder(b), e.command())
	}
	return e
}

// execute makes a sweep that ships.
func execute(ctx context.Context, name string, b *Bench) (*sweep.Plan, *sweep.Result, error) {
	plan, err := Shipped(name)
	if err != nil {
		return nil, nil, err
	}
	result, err := plan.Execute(ctx, b.Lab, b.Progress)
	return plan, result, err
}

// Shipped reads a sweep that ships. The error is fs.ErrNotExist if there is
// none of that name.
func Shipped(name string) (*sweep.Plan, error) {
	const folder = "sweeps"
	src, err := scenarios.Files.ReadFile(path.Join(folder, name+".yaml"))
	if err != nil {
		return nil, err
	}
	plan, problems := sweep.Read(name+".yaml", src, func(_, named string) ([]byte, string, error) {
		if src, err := scenarios.Files.ReadFile(path.Join(folder, named)); err == nil {
			return src, named, nil
		}
		src, err := scenarios.Files.ReadFile(named + ".yaml")
		if err != nil {
			return nil, "", fmt.Errorf("no scenario %s ships", named)
		}
		return src, named, nil
	})
	return plan, problems.Err()
}
