// Package run is one run of a scenario with everybody who watches it: it binds
// a market, its world, the meter, the checkers and the logs, and sums up what
// they saw.
package run

import (
	"errors"
	"io"
	"slices"

	"souk/sim"
	"souk/sim/actor"
	"souk/sim/check"
	"souk/sim/market"
	"souk/sim/metrics"
	"souk/sim/network"
	"souk/sim/scenario"
	"souk/sim/trace"
)

// Options says what to record besides the summary. A nil writer records
// nothing and costs nothing.
type Options struct {
	Trace    io.Writer
	Filter   TraceFilter
	Requests io.Writer
	Timeline io.Writer
	// Observers are shown each fact that they want, after the meter and the
	// checkers.
	Observers []market.Observer
}

// TraceFilter chooses lines of the trace, by selectors of actors and by names
// of groups; empty is all.
type TraceFilter struct{ Actors, Groups []string }

// Report is what is known of a finished run.
type Report struct {
	Config   *scenario.Config
	Play     *scenario.Play
	World    sim.Result
	Meter    *metrics.Meter
	Phases   *metrics.Phases
	Verdicts []check.Verdict
	// Wrong counts what went wrong and may.
	Wrong check.Counts
}

// Once runs a scenario once. An error is a broken invariant, which the report
// then describes as far as the run got, or a failure to write a log.
func Once(cfg *scenario.Config, o Options) (*Report, error) {
	play := cfg.Play()
	r := &Report{Config: cfg, Play: play}
	r.Meter = metrics.New(metrics.Setting{Actors: play.Actors(), Items: len(play.Traits.Items), Partial: play.Traits.Partial, Stalls: play.Traits.Stalls > 0, WarmUp: cfg.WarmUp})

	var observers []market.Observer
	var flush []func() error
	if o.Timeline != nil {
		// Before the meter: a row shows what held before the next fact.
		servers := metrics.Servers{Number: max(play.Traits.Seats, play.Traits.Stalls), Traders: play.Traits.Seats > 0}
		t := metrics.NewTimeline(o.Timeline, r.Meter, cfg.Timeline, play.Traits.Items, servers, play.Name)
		observers = append(observers, t)
		flush = append(flush, func() error { return t.Flush(r.World.Now) })
	}
	observers = append(observers, r.Meter)
	r.Phases = metrics.NewPhases(r.Meter)
	if len(cfg.Phases) > 0 {
		for _, p := range cfg.Phases {
			r.Phases.Add(p.Name, p.From, p.Until)
		}
		observers = append(observers, r.Phases)
	}
	checkers := check.All(r.setting())
	for _, c := range checkers {
		observers = append(observers, c)
	}
	if o.Requests != nil {
		l := metrics.NewRequestLog(o.Requests, r.Meter, play.Traits.Items, play.Name)
		observers = append(observers, l)
		flush = append(flush, l.Flush)
	}
	observers = append(observers, o.Observers...)
	if o.Trace != nil {
		l := trace.New(o.Trace, r.cast(), r.filter(o.Filter))
		observers = append(observers, l)
		flush = append(flush, l.Flush)
	}

	var err error
	r.World, err = play.Run(observers...)
	if err == nil {
		err = r.finish(checkers)
	}
	for _, f := range flush {
		err = errors.Join(err, f())
	}
	return r, err
}

// finish lets every checker do its last recount.
func (r *Report) finish(checkers []check.Checker) error {
	ending := check.Ending{
		Drained: r.World.End == sim.Drained,
		Closed:  r.World.End == sim.Drained || r.World.End == sim.DrainLimit,
		Now:     r.World.Now,
	}
	var first error
	for _, c := range checkers {
		verdicts, err := c.Finish(ending)
		r.Verdicts = append(r.Verdicts, verdicts...)
		if first == nil && err != nil {
			first = err
		}
	}
	var broken *check.Breach
	if errors.As(first, &broken) {
		for i := range r.Verdicts {
			if r.Verdicts[i].ID == broken.ID {
				r.Verdicts[i].Break()
			}
		}
	}
	slices.SortStableFunc(r.Verdicts, func(a, b check.Verdict) int {
		return order(a.ID) - order(b.ID)
	})
	return first
}

// order puts goods before money, requests, oversell, elections, traders, copies,
// sessions and floods.
func order(id string) int {
	const families = "GMROETCXF"
	for i := range families {
		if families[i] == id[0] {
			return 100*i + int(id[1])
		}
	}
	return 100 * len(families)
}

func (r *Report) setting() check.Setting {
	t := &r.Play.Traits
	return check.Setting{
		Name: r.Play.Name, Actors: r.Play.Actors(), Peers: r.Play.Peers(), Items: len(t.Items), Seats: t.Seats,
		Auditor: r.Play, Strict: t.Strict, Reserved: t.Reserved, Durable: t.Durable, LookUps: t.LookUps, Partial: t.Partial,
		Commission: t.Commission, TakeoverWithin: t.TakeoverWithin, Patience: t.Patience,
		Drain: r.Config.World.Drain, WarmUp: r.Config.WarmUp,
		Delivery: t.Delivery, Numbered: t.Numbered || t.Seats == 0, Fenced: t.Fenced, Versioned: t.Versions, Increasing: t.Increasing,
		Replaced: t.Replaced, Preempted: t.Preempt, Termless: t.Termless,
		PullEvery: t.PullEvery, TTL: t.TTL, SettleWithin: t.SettleWithin, AgreeWithin: t.AgreeWithin, AgreeFrom: t.AgreeFrom,
		Crash: t.Crash, Unmet: check.Unmet(t.Unmet), Counts: &r.Wrong,
	}
}

func (r *Report) cast() trace.Cast {
	c := trace.Cast{
		Items: r.Play.Traits.Items, Messages: r.Play.Messages, Wire: r.Play.Wire, Seats: r.Play.Traits.Seats,
		Name: func(id actor.ID) string {
			if id == actor.None {
				return "nobody"
			}
			return r.Play.Name(id)
		},
	}
	for i := range r.Config.World.Faults {
		c.Faults = append(c.Faults, r.Config.World.Faults[i].New(i).String())
	}
	for fate := range network.ReceiverDown + 1 {
		c.LossReasons = append(c.LossReasons, fate.String())
	}
	return c
}

func (r *Report) filter(f TraceFilter) trace.Filter {
	return trace.Filter{Groups: f.Groups, Actors: f.Actors, Find: r.Play.Find}
}
