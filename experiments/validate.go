package experiments

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"souk/experiments/cells"
	"souk/experiments/stats"
	"souk/experiments/sweep"
	"souk/experiments/validation"
)

// confidence is that of the validation page's intervals.
const confidence = 0.99

// again is how many times as many replications a model gets when one of its
// quantities misses its prediction.
const again = 4

// check is one quantity of a model: predicted and measured.
type check struct {
	model *validation.Model
	validation.Quantity
	stats.Estimate
	exact bool // every replication gave the predicted value
	// second is the measurement on other seeds of a quantity that missed: with
	// this many quantities at 99 %, some do by chance, and a chance does not
	// repeat itself.
	second *stats.Estimate
}

// holds says whether the prediction is confirmed, at first or on repetition.
func (c *check) holds() bool {
	switch {
	case c.Exact:
		return c.exact
	case c.second != nil:
		return c.second.CI.Holds(c.Predicted)
	}
	return c.CI.Holds(c.Predicted)
}

// validate runs every closed form and writes the page that compares them.
func validate(ctx context.Context, b *Bench) (*outcome, error) {
	checks, err := measure(ctx, b, validation.Models(validation.Full))
	if err != nil {
		return nil, err
	}
	o := &outcome{question: "does the simulator agree with what theory predicts?", figure: "deviation.png", conclusion: verdict(checks)}
	for i := range checks {
		if !checks[i].holds() {
			o.doubt = sweep.Inconclusive{Err: fmt.Errorf("%s: %s misses its prediction also on repetition", checks[i].model.Name, checks[i].Name)}
			break
		}
	}
	folder := filepath.Join(b.Results, "validation")
	data, err := validationData(checks)
	if err != nil {
		return nil, err
	}
	png, err := deviations(checks)
	if err != nil {
		return nil, err
	}
	return o, errors.Join(
		cells.WriteFile(filepath.Join(folder, "data.csv"), data),
		cells.WriteFile(filepath.Join(folder, "deviation.png"), png),
		cells.WriteFile(filepath.Join(folder, "README.md"), []byte(validationPage(checks, o))),
	)
}

// measure measures the models, and those again that missed a prediction.
func measure(ctx context.Context, b *Bench, models []validation.Model) ([]check, error) {
	values, err := replicate(ctx, b, models, 0, 1)
	if err != nil {
		return nil, err
	}
	checks := compare(models, values)
	var doubtful []validation.Model
	for i := range checks {
		c := &checks[i]
		named := slices.ContainsFunc(doubtful, func(m validation.Model) bool { return m.Name == c.model.Name })
		if !c.Exact && !c.holds() && !named {
			doubtful = append(doubtful, *c.model)
		}
	}
	values, err = replicate(ctx, b, doubtful, 1, again)
	if err != nil {
		return nil, err
	}
	for _, second := range compare(doubtful, values) {
		for i := range checks {
			c := &checks[i]
			if c.model.Name == second.model.Name && c.Name == second.Name && !c.holds() {
				c.second = &second.Estimate
			}
		}
	}
	return checks, nil
}

// replicate measures the models, every replication a cell: for each model, the
// quantities of each replication. It leaves out the seeds of so many
// measurements before, and makes so many times the model's replications.
func replicate(ctx context.Context, b *Bench, models []validation.Model, before, times int) ([][][]float64, error) {
	var jobs []cells.Job[[]float64]
	for i := range models {
		m := &models[i]
		for rep := range times * m.Replications {
			seed := uint64(before*m.Replications + rep + 1)
			jobs = append(jobs, cells.Job[[]float64]{
				Key:  cells.KeyOf("validation", sweep.Fingerprint(), validation.Fingerprint(), m.Name, strconv.FormatUint(seed, 10)),
				Name: fmt.Sprintf("validation %s, seed %d", m.Name, seed),
				Do:   func(context.Context) ([]float64, error) { return m.Measure(seed) },
			})
		}
	}
	lab := b.Lab
	done := 0
	lab.Watch = func(bool) {
		done++
		if b.Progress != nil {
			b.Progress(done, len(jobs))
		}
	}
	flat, err := cells.Compute(ctx, &lab, jobs)
	if err != nil {
		return nil, err
	}
	values := make([][][]float64, len(models))
	for i := range models {
		n := times * models[i].Replications
		values[i], flat = flat[:n], flat[n:]
	}
	return values, nil
}

// compare describes every quantity over its replications.
func compare(models []validation.Model, values [][][]float64) []check {
	var checks []check
	for i := range models {
		for q, quantity := range models[i].Quantities {
			c := check{model: &models[i], Quantity: quantity, exact: true}
			var x []float64
			for _, replication := range values[i] {
				x = append(x, replication[q])
				c.exact = c.exact && replication[q] == quantity.Predicted
			}
			c.Estimate = stats.Describe(x, stats.Setting{Confidence: confidence})
			checks = append(checks, c)
		}
	}
	return checks
}
