package calibration

import (
	"context"

	"gonum.org/v1/gonum/optimize"
)

// The search ends after limit points, or once patience steps in a row improved
// the objective by less than tolerance.
const (
	limit     = 100
	patience  = 15
	tolerance = 5e-4
)

// found is what a search comes back with.
type found struct {
	// at is the best point, in milliseconds; points counts those tried.
	at     []float64
	points int
	// first and best are the objective at the start and at the best point.
	first, best float64
}

// search is Nelder and Mead's downhill simplex (The Computer Journal 7, 1965) on
// the unbounded form of the parameters. It needs no gradient, which counts of
// goods do not have.
func search(ctx context.Context, jobs int, seeds Seeds, limit int, progress func(int, float64)) (*found, error) {
	var start []float64
	for _, p := range Parameters() {
		start = append(start, p.free(p.Start))
	}
	w := &watcher{progress: progress}
	best, err := optimize.Minimize(
		optimize.Problem{Func: func(x []float64) float64 {
			fits, err := Evaluate(ctx, within(x), seeds, jobs)
			return w.note(Objective(fits), err)
		}},
		start,
		&optimize.Settings{
			FuncEvaluations: limit, Recorder: w,
			Converger: &optimize.FunctionConverge{Absolute: tolerance, Iterations: patience},
		},
		// Wide enough to see past the noise of single seeds.
		&optimize.NelderMead{SimplexSize: 0.7},
	)
	if w.err != nil {
		return nil, w.err
	}
	if err != nil {
		return nil, err
	}
	return &found{at: within(best.X), points: w.points, first: w.first, best: best.F}, nil
}

// within maps a free point to one within the bounds.
func within(x []float64) []float64 {
	var point []float64
	for i, p := range Parameters() {
		point = append(point, p.bounded(x[i]))
	}
	return point
}

// watcher follows the search and ends it at the first error.
type watcher struct {
	progress    func(done int, best float64)
	points      int
	first, best float64
	err         error
}

// note takes in the objective at a point.
func (w *watcher) note(objective float64, err error) float64 {
	if err != nil {
		if w.err == nil {
			w.err = err
		}
		return 0
	}
	if w.points == 0 {
		w.first, w.best = objective, objective
	}
	w.points++
	w.best = min(w.best, objective)
	w.progress(w.points, w.best)
	return objective
}

// Init is called before the search.
func (w *watcher) Init() error { return w.err }

// Record is called after each step and ends the search by an error.
func (w *watcher) Record(*optimize.Location, optimize.Operation, *optimize.Stats) error { return w.err }
