package verify

import (
	"fmt"
	"slices"
	"strings"

	"souk/sim"
)

// Window is a span of events to record, both ends included; the zero window
// records none.
type Window struct{ From, To uint64 }

// Trail is what a run left to compare.
type Trail struct {
	Marks []Mark
	// Events are those of the window.
	Events []Event
}

// Runner makes a run, as often as asked.
type Runner interface {
	// String says how it runs.
	String() string
	// Run runs and records the events of a window.
	Run(Window) (Trail, error)
}

// Given is a runner of which only the checkpoints are known, because it ran
// elsewhere.
type Given struct {
	Name  string
	Marks []Mark
}

func (g *Given) String() string { return g.Name }

// Run returns the checkpoints.
func (g *Given) Run(Window) (Trail, error) { return Trail{Marks: g.Marks}, nil }

// Difference is where two runs part.
type Difference struct {
	Names [2]string
	// Window has the events between the last checkpoint at which the runs agree
	// and the first at which they do not.
	Window Window
	// First is the first event that differs, in each of them; nil where a run has
	// no such event, or where none could be recorded.
	First [2]*Event
	// Recorded: both runs were made again and their events recorded. Fleeting: and
	// those agree, so the difference comes and goes.
	Recorded, Fleeting bool
}

// attempts is how often two runs that differ are made again to see where: a
// difference that depends on chance can show itself elsewhere each time.
const attempts = 10

// Compare makes two runs and returns where they differ, or nil.
func Compare(a, b Runner) (*Difference, error) {
	trails, err := both(a, b, Window{})
	if err != nil {
		return nil, err
	}
	at := parting(trails)
	if at < 0 {
		return nil, nil
	}
	d := &Difference{Names: [2]string{a.String(), b.String()}}
	for range attempts {
		d.Window = Window{From: uint64(at)*sim.CheckpointEvery + 1, To: uint64(at+1) * sim.CheckpointEvery}
		again, err := both(a, b, d.Window)
		if err != nil {
			return nil, err
		}
		now := parting(again)
		if now != at {
			// Now it happened elsewhere, or not at all.
			d.Recorded, d.Fleeting = true, true
			if now >= 0 {
				at = now
			}
			continue
		}
		d.Fleeting = false
		d.Recorded = recorded(a) && recorded(b)
		if d.Recorded {
			d.find(&again)
		}
		break
	}
	return d, nil
}

func both(a, b Runner, w Window) (trails [2]Trail, err error) {
	for i, r := range []Runner{a, b} {
		if trails[i], err = r.Run(w); err != nil {
			return trails, fmt.Errorf("%v: %w", r, err)
		}
	}
	return trails, nil
}

// parting returns the place of the first checkpoint at which two runs differ,
// or -1.
func parting(t [2]Trail) int {
	a, b := t[0].Marks, t[1].Marks
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			return i
		}
	}
	return -1
}

// recorded says that a runner can record events.
func recorded(r Runner) bool {
	_, given := r.(*Given)
	return !given
}

// find looks for the first event that differs within the window.
func (d *Difference) find(t *[2]Trail) {
	a, b := t[0].Events, t[1].Events
	for i := range max(len(a), len(b)) {
		if i < len(a) && i < len(b) && a[i].Head == b[i].Head && slices.Equal(a[i].Facts, b[i].Facts) {
			continue
		}
		for run := range t {
			if i < len(t[run].Events) {
				d.First[run] = &t[run].Events[i]
			}
		}
		return
	}
}

// String tells a person where the runs part.
func (d *Difference) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "they part between events %d and %d", d.Window.From, d.Window.To)
	switch {
	case !d.Recorded:
		return b.String()
	case d.First[0] == nil && d.First[1] == nil:
		fmt.Fprintf(&b, ", but made again they agree there: the difference comes and goes")
		return b.String()
	}
	b.WriteString("; the first event that differs:\n")
	for i, e := range d.First {
		fmt.Fprintf(&b, "  %s\n", d.Names[i])
		if e == nil {
			b.WriteString("    is over by then\n")
			continue
		}
		b.WriteString(e.text("    "))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Once is a runner whose run without a window is made once only, however often
// it is compared.
func Once(r Runner) Runner { return &once{Runner: r} }

type once struct {
	Runner
	trail Trail
	done  bool
}

func (o *once) Run(w Window) (Trail, error) {
	if w != (Window{}) {
		return o.Runner.Run(w)
	}
	if o.done {
		return o.trail, nil
	}
	trail, err := o.Runner.Run(w)
	o.trail, o.done = trail, err == nil
	return trail, err
}
