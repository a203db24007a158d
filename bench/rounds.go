package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"sync"
	"time"

	"souk/bench/program"
	"souk/bench/recipe"
)

// measurement is all rounds and what came out.
type measurement struct {
	settings
	field     []*peer // Souk first
	quantiles string

	results []result
	// alone and paired are the processor time of Souk's run by itself, and the
	// mean of two at once; one a round.
	alone, paired []float64
	// markets are run by the program whole.
	markets []*market
	whole   *peer
	// expected is what Souk fires in a job: what everybody must fire.
	expected map[program.Job]recipe.Tally
}

// result is one program's run in one contest and round.
type result struct {
	round   int
	contest contest
	peer    *peer
	program.Report
}

// perEvent returns the processor time of an event, in nanoseconds.
func perEvent(r program.Report) float64 { return float64(r.CPU.Nanoseconds()) / float64(r.Events) }

// contest is a workload of one size.
type contest struct {
	workload string
	n        int
}

const many = 10_000 // with more pending events a run takes longer, and fewer events will do

// contests lists what is run.
func (s settings) contests() (list []contest) {
	for _, n := range s.sizes {
		list = append(list, contest{"phold", n})
	}
	list = append(list, contest{"mm1", 1})
	for _, n := range s.sizes {
		list = append(list, contest{"hold", n})
	}
	if s.huge > 0 {
		list = append(list, contest{"hold", s.huge})
	}
	return list
}

// enters tells whether a peer takes part.
func (s settings) enters(p *peer, c contest) bool {
	switch {
	case p.absent != "":
		return false
	case c.workload == "hold" && c.n == s.huge:
		return p.isSouk() // the others would take minutes
	}
	return c.workload != "hold" || p.queue
}

// job returns what a peer does in a contest. What was scheduled at the start is
// gone when the clock starts.
func (s settings) job(p *peer, c contest) program.Job {
	events := 4_000_000
	if c.n > many {
		events = 2_000_000
	}
	fewer := p.fewer
	if c.workload == "mm1" {
		fewer = p.fewerMM1
	}
	events = max(int(float64(events/fewer)*s.share), 1000)
	events = max(events, p.turnover()*c.n)
	return program.Job{Workload: c.workload, N: c.n, Warm: max(c.n, events/10), Events: events}
}

var errDisagree = errors.New("not the same events")

// run makes all rounds. Within a round, the programs of a contest follow each
// other at once, in an order that moves on by one each round.
func (m *measurement) run(ctx context.Context, w io.Writer) error {
	m.expected = map[program.Job]recipe.Tally{}
	began := time.Now()
	for round := range m.rounds {
		for _, c := range m.contests() {
			for i := range m.field {
				p := m.field[(i+round)%len(m.field)]
				if !m.enters(p, c) {
					continue
				}
				report, err := m.call(ctx, p, m.job(p, c))
				if err != nil {
					return err
				}
				m.results = append(m.results, result{round, c, p, report})
			}
		}
		if err := m.runPair(ctx); err != nil {
			return err
		}
		if err := m.runMarkets(ctx); err != nil {
			return err
		}
		fmt.Fprintf(w, "round %d of %d after %.0f s\n", round+1, m.rounds, time.Since(began).Seconds())
	}
	return nil
}

// longest is what a single program may take. All take seconds.
const longest = 10 * time.Minute

// call runs a program and checks what it fired.
func (m *measurement) call(ctx context.Context, p *peer, job program.Job) (program.Report, error) {
	report, err := m.start(ctx, p, job)
	if err != nil {
		return report, err
	}
	want, ok := m.expected[job]
	if !ok {
		souk := report
		if p != m.field[0] {
			if souk, err = m.start(ctx, m.field[0], job); err != nil {
				return report, err
			}
		}
		want = souk.Tally
		m.expected[job] = want
	}
	return report, check(p, job, report, want)
}

// start runs a program.
func (m *measurement) start(ctx context.Context, p *peer, job program.Job) (report program.Report, err error) {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	args := slices.Concat(p.command[1:], job.Args(), []string{m.quantiles})
	if p.variant != "" {
		args = append(args, p.variant)
	}
	out, err := exec.CommandContext(ctx, p.command[0], args...).Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = fmt.Errorf("%w: %s", err, firstLine(string(exit.Stderr)))
		}
		return report, fmt.Errorf("%s, %v: %w", p.name, job, err)
	}
	if report, err = program.ParseReport(string(out)); err != nil {
		return report, fmt.Errorf("%s, %v: %w", p.name, job, err)
	}
	return report, nil
}

// check compares what a program fired with what Souk fires.
func check(p *peer, job program.Job, got program.Report, want recipe.Tally) error {
	same := got.Tally == want || p.loose && got.Tally.Sum == want.Sum
	if !same || got.Events != job.Events {
		return fmt.Errorf("%w: %s, %v: it fired %d events with hash %016x and sum %016x; Souk has hash %016x and sum %016x",
			errDisagree, p.name, job, got.Events, got.Tally.Hash, got.Tally.Sum, want.Hash, want.Sum)
	}
	return nil
}

// runPair measures Souk by itself, and two of it at once.
func (m *measurement) runPair(ctx context.Context) error {
	souk := m.field[0]
	job := m.job(souk, contest{"phold", m.sizes[len(m.sizes)-1]})
	report, err := m.call(ctx, souk, job)
	if err != nil {
		return err
	}
	var pair [2]program.Report
	var errs [2]error
	var both sync.WaitGroup
	for i := range pair {
		both.Go(func() {
			if pair[i], errs[i] = m.start(ctx, souk, job); errs[i] == nil {
				errs[i] = check(souk, job, pair[i], report.Tally)
			}
		})
	}
	both.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		return err
	}
	m.alone = append(m.alone, report.CPU.Seconds())
	m.paired = append(m.paired, (pair[0].CPU+pair[1].CPU).Seconds()/2)
	return nil
}
