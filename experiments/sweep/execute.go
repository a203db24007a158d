package sweep

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"souk/experiments/cells"
	"souk/experiments/stats"
	"souk/sim"
	"souk/sim/run"
)

// Result is a sweep that has been run.
type Result struct {
	*Plan
	// Runs has the summaries of each point, by replication.
	Runs [][]run.Summary
}

// Execute runs a plan: first the least number of replications at every point,
// then more where the intervals are still too wide. How many a point gets
// depends on its results alone, not on the number of workers or on what is in
// the store. progress, if set, is told how many cells are there and how many
// are planned so far.
func (p *Plan) Execute(ctx context.Context, lab cells.Lab, progress func(done, planned int)) (*Result, error) {
	r := &Result{Plan: p, Runs: make([][]run.Summary, len(p.Points))}
	model := Fingerprint()
	want := make([]int, len(p.Points))
	for i := range want {
		want[i] = p.Min
	}
	done, planned := 0, p.Min*len(p.Points)
	watch := lab.Watch
	lab.Watch = func(computed bool) {
		done++
		if watch != nil {
			watch(computed)
		}
		if progress != nil {
			progress(done, planned)
		}
	}
	memories := &sync.Pool{New: func() any { return new(sim.Memory) }}
	for {
		jobs, points := p.missing(r, want, model, memories)
		if len(jobs) == 0 {
			return r, nil
		}
		before := done
		summaries, err := cells.Compute(ctx, &lab, jobs)
		if stopped := (*cells.Interrupted)(nil); errors.As(err, &stopped) {
			return nil, &cells.Interrupted{Kept: before + stopped.Kept, All: planned}
		}
		if err != nil {
			return nil, err
		}
		for j, s := range summaries {
			r.Runs[points[j]] = append(r.Runs[points[j]], s)
		}
		for i := range want {
			next := p.next(r, i)
			planned += next - want[i]
			want[i] = next
		}
	}
}

// missing lists the runs that each point still wants, with the point of each. Runs
// that follow each other share memory.
func (p *Plan) missing(r *Result, want []int, model string, memories *sync.Pool) (jobs []cells.Job[run.Summary], points []int) {
	for i := range p.Points {
		for rep := len(r.Runs[i]); rep < want[i]; rep++ {
			seed := p.seed(i, rep)
			jobs = append(jobs, cells.Job[run.Summary]{
				Key: p.Points[i].key(model, seed), Name: p.Points[i].name(p, seed),
				Do: func(ctx context.Context) (run.Summary, error) {
					memory := memories.Get().(*sim.Memory)
					defer memories.Put(memory)
					return p.Points[i].run(ctx, seed, memory)
				},
			})
			points = append(points, i)
		}
	}
	return jobs, points
}

// name is how an error calls a run: the command that repeats it.
func (pt *Point) name(p *Plan, seed uint64) string {
	words := []string{"sim run", pt.scenario}
	for _, s := range p.Set {
		words = append(words, fmt.Sprintf("--set '%s=%s'", s.Key.Text, s.Value.Text))
	}
	for k, key := range p.Keys() {
		if key == scenarioKey {
			continue
		}
		words = append(words, fmt.Sprintf("--set '%s=%s'", key, pt.Values[k]))
	}
	return strings.Join(words, " ") + fmt.Sprintf(" --seed %d", seed)
}

// run runs the scenario once.
func (pt *Point) run(ctx context.Context, seed uint64, memory *sim.Memory) (run.Summary, error) {
	cfg := pt.config.Under(seed)
	cfg.World.Memory = memory
	cfg.World.Watch = func(sim.Progress) bool { return ctx.Err() == nil }
	report, err := run.Once(cfg, run.Options{})
	if err != nil {
		return run.Summary{}, err
	}
	if ctx.Err() != nil {
		return run.Summary{}, ctx.Err()
	}
	return report.Summary(), nil
}

// next returns how many replications point i should have, given those that it
// has: the sequential procedure of Chow and Robbins (1965), with looks at n, at
// what the present spread asks for, and so on, at most doubling each time.
func (p *Plan) next(r *Result, i int) int {
	n := len(r.Runs[i])
	need := n
	for _, u := range p.Until {
		e := r.Estimate(i, u.Key.Text)
		if !u.Value.Met(e) {
			need = max(need, n+1, u.Value.Need(e))
		}
	}
	return max(n, min(need, 2*n, p.most()))
}

// Estimate describes a measure over the runs of a point.
func (r *Result) Estimate(point int, measure string) stats.Estimate {
	m := mustFind(measure)
	s := stats.Setting{Confidence: r.confidence()}
	if m.Share() {
		for i := range r.Runs[point] {
			s.Trials += m.Trials(&r.Runs[point][i])
		}
		// A share of time has no trials, so that it is a mean like any other.
		s.Share = s.Trials > 0
	}
	e := stats.Describe(r.Values(point, measure), s)
	// No measure is ever negative, so no interval needs to be.
	e.CI.Low, e.Single.Low = max(0, e.CI.Low), max(0, e.Single.Low)
	if m.Share() {
		e.CI.High, e.Single.High = min(1, e.CI.High), min(1, e.Single.High)
	}
	return e
}

// Values returns a measure of every run of a point.
func (r *Result) Values(point int, measure string) []float64 {
	m := mustFind(measure)
	values := make([]float64, len(r.Runs[point]))
	for i := range values {
		values[i] = m.Of(&r.Runs[point][i])
	}
	return values
}

func (p *Plan) confidence() float64 { return float64(p.Confidence) / 10_000 }

// mustFind returns a measure that Read has checked.
func mustFind(name string) run.Measure {
	m, err := run.FindMeasure(name)
	if err != nil {
		panic(err)
	}
	return m
}

// Tally says how much of a plan is in a store: of the least number of
// replications, without running anything.
func (p *Plan) Tally(store *cells.Store) (have, least, most int) {
	model := Fingerprint()
	for i := range p.Points {
		for rep := range p.Min {
			if store.Has(p.Points[i].key(model, p.seed(i, rep))) {
				have++
			}
		}
	}
	return have, p.Min * len(p.Points), p.most() * len(p.Points)
}

// Inconclusive is said of results that are complete, but whose intervals are
// wider than the sweep asks for.
type Inconclusive struct{ Err error }

func (i Inconclusive) Error() string { return i.Err.Error() }

func (i Inconclusive) Unwrap() error { return i.Err }

// Doubts returns an Inconclusive if a point has got all its replications and is
// still not known as well as asked for.
func (r *Result) Doubts() error {
	for i := range r.Points {
		for _, u := range r.Until {
			if e := r.Estimate(i, u.Key.Text); !u.Value.Met(e) {
				return Inconclusive{fmt.Errorf("%s at %s is known to ±%.3g after %d runs, not to the %s asked for; raise replications.max",
					u.Key.Text, r.setting(i), e.CI.Half(), e.N, targetText(u.Value.Target))}
			}
		}
	}
	return nil
}
