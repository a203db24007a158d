package calibration

import (
	"context"
	"math"
	"slices"

	"golang.org/x/sync/errgroup"
	"gonum.org/v1/gonum/stat"

	"souk/sim/scenario"
)

// Fit is how well the model meets a published number: the mean and the standard
// deviation of single runs, and the interval that holds 95 % of them.
type Fit struct {
	Target
	Mean float64 `json:"mean"`
	SD   float64 `json:"sd"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Error is by how much the mean misses the published number, as a share of it.
func (f *Fit) Error() float64 { return f.Mean/f.Published - 1 }

// Agrees says whether the published number could be a single run of the model.
func (f *Fit) Agrees() bool { return f.Low <= f.Published && f.Published <= f.High }

// Objective is what the calibration makes small: the sum over the published
// numbers of the squared logarithm of mean over published. Each number counts
// alike, whatever its unit, and twice as slow is as wrong as twice as fast. The
// spread of single runs is left out on purpose: with errors divided by it, a
// model fits the better the more its runs differ.
func Objective(fits []Fit) float64 {
	sum := 0.0
	for i := range fits {
		e := math.Log(fits[i].Mean / fits[i].Published)
		sum += e * e
	}
	return sum
}

// Seeds are the seeds First, First+1, and so on, Count of them.
type Seeds struct {
	First uint64 `json:"first"`
	Count int    `json:"count"`
}

// Evaluate runs every experiment once on each seed, jobs runs at a time, with
// the parameters at a point, in milliseconds. Points that are compared share
// their seeds, so that they differ by what they are and hardly by chance.
func Evaluate(ctx context.Context, point []float64, seeds Seeds, jobs int) ([]Fit, error) {
	cells, err := cells()
	if err != nil {
		return nil, err
	}
	configs := make([]*scenario.Config, len(cells))
	for i := range cells {
		var err error
		if configs[i], err = cells[i].config(point); err != nil {
			return nil, err
		}
	}
	// values holds, by cell and seed, what the run measured.
	values := make([][][]float64, len(cells))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(1, jobs))
	for i := range cells {
		values[i] = make([][]float64, seeds.Count)
		for n := range seeds.Count {
			group.Go(func() error {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				var err error
				values[i][n], err = cells[i].measure(configs[i].Under(seeds.First + uint64(n)))
				return err
			})
		}
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var fits []Fit
	for i := range cells {
		for k, target := range cells[i].targets {
			sample := make([]float64, seeds.Count)
			for n := range sample {
				sample[n] = values[i][n][k]
			}
			fits = append(fits, sumUp(target, sample))
		}
	}
	return fits, nil
}

func sumUp(target Target, sample []float64) Fit {
	mean, sd := stat.MeanStdDev(sample, nil)
	slices.Sort(sample)
	return Fit{
		Target: target, Mean: mean, SD: sd,
		Low:  stat.Quantile(.025, stat.Empirical, sample, nil),
		High: stat.Quantile(.975, stat.Empirical, sample, nil),
	}
}
