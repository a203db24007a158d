package main

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"souk/sim"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/trace"
)

// runCmd runs one scenario once.
type runCmd struct {
	Scenario string `arg:"" default:"bazaar" help:"A scenario file, or the name of one that ships (see: sim list)."`
	settings
	Trace      string   `help:"Write the log to a file; - is standard error." placeholder:"FILE"`
	TraceActor []string `help:"Only these actors' lines, as buyer7, trader*, warehouse." placeholder:"WHO"`
	TraceKind  []string `help:"Only these kinds of line: ${kinds}." placeholder:"KIND"`
	Digests    string   `help:"Write a checkpoint every 1,024 events to a file, for sim verify --against; - is standard error." placeholder:"FILE"`
	Events     string   `help:"Write every event with its facts to a file, to compare two runs line by line; - is standard error." placeholder:"FILE"`
	FromEvent  uint64   `help:"With --events: the first event to write." default:"1" placeholder:"N"`
	ToEvent    uint64   `help:"With --events: the last event to write; 0 is the last of all." default:"0" placeholder:"N"`
	JSON       bool     `help:"Print the summary as one JSON object."`
	Out        string   `help:"Write summary.json, requests.csv, timeline.csv, stock.json and the topology to a folder." placeholder:"DIR"`
	Quiet      bool     `short:"q" help:"Print nothing but errors."`
}

func (c *runCmd) Run(stdout resultWriter, stderr noteWriter) error {
	doc, err := load(c.Scenario, &c.settings)
	if err != nil {
		return err
	}
	if err := c.checkFilter(doc); err != nil {
		return err
	}
	out, err := openOutput(c.Out)
	if err != nil {
		return err
	}
	defer out.discard()
	options := run.Options{
		Filter:   run.TraceFilter{Actors: c.TraceActor, Groups: c.TraceKind},
		Requests: out.file("requests.csv"), Timeline: out.file("timeline.csv"),
	}
	options.Expect, _ = run.Expectations(doc) // load has seen its problems
	closeLogs, err := c.openLogs(&options, stderr)
	if err != nil {
		return err
	}
	ctx, stop := untilSignal()
	bar := newPulse(stderr, c.Quiet || c.logsToStderr(), doc.Config.Name)
	doc.Config.World.Watch = func(p sim.Progress) bool {
		bar.glimpse(p)
		return ctx.Err() == nil
	}

	report, err := once(doc, options)
	bar.end()
	if closing := closeLogs(); err == nil {
		err = closing
	}
	if err != nil {
		return fmt.Errorf("%w\nrepeat with: %s", err, c.again(doc.Config.World.Seed))
	}
	if sig := stop.Load(); sig != 0 {
		return interrupted{code: 128 + int(sig), trace: c.Trace}
	}
	summary := report.Summary()
	if err := c.write(out, report, &summary); err != nil {
		return err
	}
	switch {
	case c.Quiet:
	case c.JSON:
		err = writeJSON(stdout, &summary)
	default:
		err = summary.WriteText(stdout, c.again(summary.Seed))
	}
	if err != nil {
		return err
	}
	return judged(&summary)
}

// unmet is a run that is not as its scenario expects.
type unmet struct {
	outcome      run.Outcome
	count, total int
}

func (u unmet) Error() string {
	return fmt.Sprintf("%d of %d expectations: %v", u.count, u.total, u.outcome)
}

// judged returns an error unless the run was as expected.
func judged(s *run.Summary) error {
	if outcome, count := s.Verdict(); outcome != run.Met {
		return unmet{outcome, count, len(s.Expectations)}
	}
	return nil
}

// once runs the scenario; a panic, which is a bug of ours, becomes an error that
// tells where it came from.
func once(doc *scenario.Document, o run.Options) (report *run.Report, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("internal error: %v\n%s", r, debug.Stack())
		}
	}()
	return run.Once(&doc.Config, o)
}

// write fills the output folder, if there is one, and puts it in place.
func (c *runCmd) write(out *output, r *run.Report, s *run.Summary) error {
	if c.Out == "" {
		return nil
	}
	graph := r.Play.Graph()
	return out.commit(
		document{"summary.json", func(w io.Writer) error { return writeJSON(w, s) }},
		document{"stock.json", r.Play.WriteStock},
		document{"topology.json", func(w io.Writer) error { return graph.WriteJSON(w, r.Play.Name) }},
		document{"topology.dot", func(w io.Writer) error { return graph.WriteDOT(w, r.Config.Name, r.Play.Name) }},
	)
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// again is the command that repeats the run.
func (c *runCmd) again(seed uint64) string {
	words := []string{"sim", "run", quote(c.Scenario), "--seed", fmt.Sprint(seed)}
	for _, pair := range c.Set {
		if strings.HasPrefix(pair, "run.seed=") {
			continue // the seed is named already
		}
		words = append(words, "--set", quote(pair))
	}
	return strings.Join(words, " ")
}

// quote makes a word safe for a shell.
func quote(word string) string {
	if !strings.ContainsAny(word, " \t\n'\"\\$`{}[]()*?<>|&;#~!") {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

func (c *runCmd) checkFilter(doc *scenario.Document) error {
	for _, kind := range c.TraceKind {
		known := false
		for _, group := range trace.Groups() {
			known = known || group == kind
		}
		if !known {
			return usageError{fmt.Errorf("--trace-kind %s: the kinds are %s", kind, strings.Join(trace.Groups(), ", "))}
		}
	}
	for _, who := range c.TraceActor {
		if !strings.HasPrefix(who, "trader") && len(doc.Config.Play().Find(who)) == 0 {
			return usageError{fmt.Errorf("--trace-actor %s: nobody is called that; `sim check %s --names` lists the actors", who, c.Scenario)}
		}
	}
	switch {
	case len(c.TraceKind)+len(c.TraceActor) > 0 && c.Trace == "":
		return usageError{fmt.Errorf("a filter of the trace needs --trace FILE")}
	case c.Events == "" && (c.FromEvent > 1 || c.ToEvent > 0):
		return usageError{fmt.Errorf("--from-event and --to-event need --events FILE")}
	case c.FromEvent == 0 || c.ToEvent > 0 && c.ToEvent < c.FromEvent:
		return usageError{fmt.Errorf("--from-event %d --to-event %d: events are numbered from 1", c.FromEvent, c.ToEvent)}
	}
	return nil
}
