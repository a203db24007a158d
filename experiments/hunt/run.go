package hunt

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"souk/sim"
	"souk/sim/check"
	"souk/sim/fault"
	"souk/sim/market"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/vtime"
)

// Finding is a run in which an invariant broke, an expectation was not met, or the
// simulator gave up.
type Finding struct {
	Ground string
	Seed   uint64
	// Invariant is the id of the broken invariant; panic if the simulator gave up,
	// standstill if virtual time stood still, expectation if the scenario expects
	// something that did not come.
	Invariant string
	// What says what happened, Trace where in the program, if it gave up.
	What, Trace string
	// Event and At are where in the run it was noticed.
	Event uint64
	At    vtime.Time
	// Replay is the scenario that repeats it, with every fault written out.
	Replay string
}

// File is the name of the file for the finding's scenario.
func (f *Finding) File() string { return fmt.Sprintf("hunt-%s-%d.yaml", f.Ground, f.Seed) }

// Title says in words what was found.
func (f *Finding) Title() string {
	switch f.Invariant {
	case unmet:
		return "an expectation is not met"
	case panicked, stood:
		return f.Invariant
	}
	return f.Invariant + " broken"
}

// The findings that are no invariant.
const (
	panicked = "panic"
	stood    = "standstill"
	unmet    = "expectation"
)

// one is what is known of one run.
type one struct {
	seed     uint64
	events   uint64
	cut      bool
	digest   sim.Digest
	verdicts []check.Verdict
	faults   struck
	found    *Finding
	// err is a failure of the hunt, not of what is hunted.
	err error
}

// hunt runs the scenario of one seed, in the memory of the last.
func (g *Ground) hunt(ctx context.Context, r *scenario.Reader, memory *sim.Memory, seed uint64) one {
	doc, err := g.Scenario(r, seed)
	if err != nil {
		return one{seed: seed, err: fmt.Errorf("%s, seed %d: %w", g.Name, seed, err)}
	}
	expect, problems := run.Expectations(doc)
	if len(problems) > 0 {
		return one{seed: seed, err: problems.Err()}
	}
	doc.Config.World.Memory = memory
	result := once(ctx, &doc.Config, expect)
	result.seed = seed
	if f := result.found; f != nil {
		f.Ground, f.Seed = g.Name, seed
		if f.Replay, err = scenario.Timeline(doc); err != nil {
			result.err = err
		}
	}
	return result
}

// once runs a scenario before all checkers, and asks what it expects.
func once(ctx context.Context, cfg *scenario.Config, expect []run.Expectation) (result one) {
	cfg.World.Watch = func(sim.Progress) bool { return ctx.Err() == nil }
	result.faults = newStruck(cfg)
	defer func() {
		if r := recover(); r != nil {
			result.found = &Finding{Invariant: panicked, What: fmt.Sprint(r), Trace: string(debug.Stack())}
		}
	}()
	report, err := run.Once(cfg, run.Options{Observers: []market.Observer{&result.faults}, Expect: expect})
	result.events, result.digest, result.verdicts = report.World.Events, report.World.Digest, report.Verdicts
	result.cut = report.World.End == sim.EventLimit || report.World.End == sim.DrainLimit
	var breach *check.Breach
	var standstill *sim.Standstill
	switch {
	case err == nil:
		result.found = disappointed(report)
		if result.found == nil {
			return result
		}
	case errors.As(err, &breach):
		result.found = &Finding{Invariant: breach.ID, What: breach.Detail}
	case errors.As(err, &standstill):
		result.found = &Finding{Invariant: stood, What: err.Error()}
	default:
		result.err = err
		return result
	}
	result.found.Event, result.found.At = report.World.Events, report.World.Now
	return result
}

// disappointed returns the first expectation that was not met, if any.
func disappointed(r *run.Report) *Finding {
	summary := r.Summary()
	for _, j := range summary.Expectations {
		if j.Outcome == run.NotMet {
			return &Finding{Invariant: unmet, What: fmt.Sprintf("%s: %s", j.Expectation, j.Measured)}
		}
	}
	return nil
}

// struck counts the faults of a run, by kind.
type struck struct {
	// kind is the kind of each plan.
	kind []int
	// known says which kinds mean anything in the scenario's market, asked which it
	// lists or its chaos can bring.
	known, asked []bool
	// began counts the beginnings, missed those that struck nobody.
	began, missed []uint64
}

func newStruck(cfg *scenario.Config) struck {
	kinds := fault.Kinds()
	s := struck{began: make([]uint64, len(kinds)), missed: make([]uint64, len(kinds))}
	for i := range kinds {
		s.known = append(s.known, cfg.Knows(&kinds[i]))
		s.asked = append(s.asked, cfg.Chaos.Brings(kinds[i].Name))
	}
	for i := range cfg.World.Faults {
		kind := cfg.World.Faults[i].Given()[0]
		s.kind = append(s.kind, kind)
		s.asked[kind] = true
	}
	return s
}

func (s *struck) Wants() []market.Kind { return []market.Kind{market.FaultBegan, market.FaultMissed} }

func (s *struck) Observe(f *market.Fact) error {
	if f.Kind == market.FaultBegan {
		s.began[s.kind[f.N]]++
	} else {
		s.missed[s.kind[f.N]]++
	}
	return nil
}
