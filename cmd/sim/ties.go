package main

import (
	"fmt"
	"io"
	"math"

	"souk/sim"
	"souk/sim/run"
)

// permute runs one seed under several orders of simultaneous events, and tells
// what depends on them.
func (c *verifyCmd) permute(w io.Writer, s *subject) error {
	plain, err := s.under(0)
	if err != nil {
		return err
	}
	measures := run.Measures()
	ranges := make([]span, len(measures))
	for i := range measures {
		ranges[i].first(measures[i].Of(plain))
	}
	reordered := 0
	for ties := range uint64(c.Ties) {
		other, err := s.under(ties + 1)
		if err != nil {
			return err
		}
		if other.Digest != plain.Digest {
			reordered++
		}
		for i := range measures {
			ranges[i].add(measures[i].Of(other))
		}
	}
	fmt.Fprintf(w, "%s, seed %d: %d orders of simultaneous events beside the usual one, %d of them another course of events\n",
		s.name, s.seed, c.Ties, reordered)
	changed := 0
	for i := range measures {
		if r := &ranges[i]; r.changed > 0 {
			if changed++; changed == 1 {
				fmt.Fprintf(w, "  %-36s %12s %12s %12s  changed in\n", "measure", "usual order", "least", "most")
			}
			name := measures[i].Name
			if unit := measures[i].Unit; unit != "" {
				name += " [" + unit + "]"
			}
			fmt.Fprintf(w, "  %-36s %12.5g %12.5g %12.5g  %d of %d\n", name, r.usual, r.least, r.most, r.changed, c.Ties)
		}
	}
	if changed == 0 {
		fmt.Fprintf(w, "  no measure depends on the order\n")
	}
	return nil
}

// under runs the subject under one order of simultaneous events.
func (s *subject) under(ties uint64) (*run.Summary, error) {
	set := append(s.set[:len(s.set):len(s.set)], fmt.Sprint("run.ties=", ties))
	doc, err := load(s.name, &settings{Seed: &s.seed, Set: set})
	if err != nil {
		return nil, err
	}
	doc.Config.World.Watch = func(sim.Progress) bool { return s.ctx.Err() == nil }
	report, err := once(doc, run.Options{})
	if err != nil {
		again := runCmd{Scenario: s.name, settings: settings{Set: set}}
		return nil, fmt.Errorf("%w\nrepeat with: %s", err, again.again(s.seed))
	}
	if err := s.ctx.Err(); err != nil {
		return nil, err
	}
	summary := report.Summary()
	return &summary, nil
}

// span is how far a measure moves.
type span struct {
	usual, least, most float64
	changed            int
}

func (s *span) first(x float64) { s.usual, s.least, s.most = x, x, x }

// add takes in a value under another order. A measure that has a value in one
// order and none in another has changed.
func (s *span) add(x float64) {
	if x == s.usual || math.IsNaN(x) && math.IsNaN(s.usual) {
		return
	}
	s.changed++
	if !math.IsNaN(x) && !(s.least <= x) {
		s.least = x
	}
	if !math.IsNaN(x) && !(s.most >= x) {
		s.most = x
	}
}
