// Package calibration finds the times that the report does not give, so that
// the model meets the report's published numbers as well as it can: four
// parameters, shared by the experiments, for twelve numbers.
package calibration

import (
	"context"
)

// Schema names the format of a stored result; it changes when a field's meaning
// does.
const Schema = "souk.calibration/1"

// searched are the seeds of the search; fresh are others, on which its result is
// judged.
var (
	searched = Seeds{First: 1, Count: 200}
	fresh    = Seeds{First: 10_001, Count: 400}
)

// Result is what a calibration found. Times are in milliseconds.
type Result struct {
	Schema string `json:"schema"`
	// Searched are the seeds of the objectives, Fresh those of the fits.
	Searched   Seeds   `json:"searched"`
	Fresh      Seeds   `json:"fresh"`
	Parameters []Value `json:"parameters"`
	// ObjectiveStart, ObjectiveBest and ObjectiveRounded are Objective at the
	// starting values, at the best ones, and at those after rounding.
	ObjectiveStart   float64 `json:"objective_start"`
	ObjectiveBest    float64 `json:"objective_best"`
	ObjectiveRounded float64 `json:"objective_rounded"`
	// Evaluations counts the points that the search tried.
	Evaluations int `json:"evaluations"`
	// Fits says how the rounded values, which the scenarios have, meet each
	// number on seeds that the search has not seen.
	Fits []Fit `json:"fits"`
}

// Value is a parameter and what became of it.
type Value struct {
	Key     string  `json:"key"`
	Is      string  `json:"is"`
	Start   float64 `json:"start_ms"`
	Lower   float64 `json:"lower_ms"`
	Upper   float64 `json:"upper_ms"`
	Best    float64 `json:"best_ms"`
	Rounded float64 `json:"rounded_ms"`
	// Scenario is the rounded value as it stands in the scenarios.
	Scenario string `json:"scenario"`
	Reason   string `json:"reason"`
}

// Run calibrates, jobs runs at a time, and tells progress after each point how
// many have been tried and the best objective so far. The result depends on
// nothing but the code. An error is that of a run, or that ctx is done.
func Run(ctx context.Context, jobs int, progress func(done int, best float64)) (*Result, error) {
	return calibrate(ctx, jobs, searched, fresh, limit, progress)
}

// calibrate searches on some seeds, rounds what it found, and judges that on
// others.
func calibrate(ctx context.Context, jobs int, searched, fresh Seeds, limit int, progress func(int, float64)) (*Result, error) {
	found, err := search(ctx, jobs, searched, limit, progress)
	if err != nil {
		return nil, err
	}
	result := &Result{
		Schema: Schema, Searched: searched, Fresh: fresh, Evaluations: found.points,
		ObjectiveStart: found.first, ObjectiveBest: found.best,
	}
	var rounded []float64
	for i, p := range Parameters() {
		best := found.at[i]
		rounded = append(rounded, p.Round(best))
		result.Parameters = append(result.Parameters, Value{
			Key: p.Key, Is: p.Is, Start: p.Start, Lower: p.Lower, Upper: p.Upper,
			Best: best, Rounded: rounded[i], Scenario: p.YAML(rounded[i]), Reason: p.Reason,
		})
	}
	fits, err := Evaluate(ctx, rounded, searched, jobs)
	if err != nil {
		return nil, err
	}
	result.ObjectiveRounded = Objective(fits)
	result.Fits, err = Evaluate(ctx, rounded, fresh, jobs)
	if err != nil {
		return nil, err
	}
	return result, nil
}
