package hunt

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"souk/sim/check"
	"souk/sim/fault"
)

// Bag is what a hunt brought home.
type Bag struct {
	Ground string
	// random: the seeds drew the scenarios.
	random bool
	Runs   int
	Events uint64
	// Cut counts the runs that did not come to their end in time.
	Cut int
	// Digest sums up the digests of all runs, in the order of their seeds.
	Digest   uint64
	Findings []Finding
	// Invariants says how often each was put to the test, in the order of their
	// verdicts.
	Invariants []Exercise
	// Faults says how often each kind came, in the order of the table.
	Faults []Strikes
}

// Exercise is how often an invariant was put to the test.
type Exercise struct {
	ID, Statement string
	// Held, Idle, Skipped and Broken count runs: in which it held, in which there
	// was nothing to check, in which its assumptions were not met, and in which it
	// broke.
	Held, Idle, Skipped, Broken int
	Checks                      uint64
	// Reasons are those for which it was skipped.
	Reasons []Reason
}

// Strikes is how often a kind of fault came.
type Strikes struct {
	Kind string
	// Known: the market of the scenarios knows the kind.
	Known bool
	// Asked: a scenario lists it, or its chaos can bring it.
	Asked bool
	// Runs counts those in which it struck somebody.
	Runs          int
	Began, Missed uint64
}

// Reason is why an invariant was skipped, and in how many runs.
type Reason struct {
	What string
	Runs int
}

func (e *Exercise) skip(reason string) {
	e.Skipped++
	i := slices.IndexFunc(e.Reasons, func(r Reason) bool { return r.What == reason })
	if i < 0 {
		i = len(e.Reasons)
		e.Reasons = append(e.Reasons, Reason{What: reason})
	}
	e.Reasons[i].Runs++
}

// reason names the commonest reason for which it was skipped.
func (e *Exercise) reason() string {
	if len(e.Reasons) == 0 {
		return ""
	}
	most := slices.MaxFunc(e.Reasons, func(a, b Reason) int { return a.Runs - b.Runs })
	return ": " + most.What
}

func newBag(g *Ground) *Bag {
	b := &Bag{Ground: g.Name, random: g.random}
	for _, k := range fault.Kinds() {
		b.Faults = append(b.Faults, Strikes{Kind: k.Name})
	}
	return b
}

func (b *Bag) add(r *one) {
	b.Runs++
	b.Events += r.events
	b.Digest = (b.Digest ^ uint64(r.digest)) * 0x100000001b3
	if r.cut {
		b.Cut++
	}
	if r.found != nil {
		b.Findings = append(b.Findings, *r.found)
		b.exercise(check.Verdict{ID: r.found.Invariant}).Broken++
	}
	for _, v := range r.verdicts {
		e := b.exercise(v)
		e.Checks += v.Checks
		switch v.State {
		case check.Holds:
			e.Held++
		case check.NotExercised:
			e.Idle++
		case check.Skipped:
			e.skip(v.Note)
		case check.Broken: // counted as a finding
		}
	}
	for kind := range b.Faults {
		s := &b.Faults[kind]
		s.Known = s.Known || r.faults.known[kind]
		s.Asked = s.Asked || b.random || r.faults.asked[kind]
		s.Began += r.faults.began[kind]
		s.Missed += r.faults.missed[kind]
		if r.faults.began[kind] > r.faults.missed[kind] {
			s.Runs++
		}
	}
}

func (b *Bag) exercise(v check.Verdict) *Exercise {
	i := slices.IndexFunc(b.Invariants, func(e Exercise) bool { return e.ID == v.ID })
	if i < 0 {
		i = len(b.Invariants)
		b.Invariants = append(b.Invariants, Exercise{ID: v.ID, Statement: v.Statement})
	}
	e := &b.Invariants[i]
	if e.Statement == "" {
		e.Statement = v.Statement
	}
	return e
}

// WriteText prints what the hunt saw. It is the same for the same seeds, however
// long the hunt took.
func (b *Bag) WriteText(w io.Writer) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(out, "%s: %d seeds, %d events, %d breaches, %d cut short, digest %016x\n\n",
		b.Ground, b.Runs, b.Events, len(b.Findings), b.Cut, b.Digest)
	fmt.Fprintf(out, "invariant\tchecks\theld\tidle\tskipped\tbroken\t\n")
	for _, e := range b.Invariants {
		fmt.Fprintf(out, "%s\t%d\t%d\t%d\t%d\t%d\t%s\n", e.ID, e.Checks, e.Held, e.Idle, e.Skipped, e.Broken, e.remark())
	}
	fmt.Fprintf(out, "\nfault\tcame\tstruck\tin runs\t\n")
	for _, s := range b.Faults {
		fmt.Fprintf(out, "%s\t%d\t%d\t%d\t%s\n", s.Kind, s.Began, s.Began-s.Missed, s.Runs, s.remark())
	}
	fmt.Fprintln(out)
	return out.Flush()
}

// never is said of what a hunt is no proof of.
const never = "NOT EXERCISED"

func (e *Exercise) remark() string {
	if e.Held+e.Broken == 0 {
		return never + e.reason()
	}
	return e.Statement
}

func (s *Strikes) remark() string {
	switch {
	case !s.Known:
		return "not in this market"
	case !s.Asked:
		return "not in this scenario"
	case s.Runs == 0:
		return never
	}
	return ""
}
