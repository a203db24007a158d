package stats

import "math"

const (
	mserBatch   = 5  // observations a batch, White, Cobb and Spratt's choice
	mserBatches = 10 // fewer say nothing about where a transient ends
)

// MSER5 finds where the warm-up of one run ends, by the marginal standard error
// rule on means of five observations each (White, "An effective truncation
// heuristic for bias reduction in simulation output", Simulation 69, 1997; White,
// Cobb and Spratt, "A comparison of five steady-state truncation heuristics for
// simulation", Winter Simulation Conference 2000). Of all truncations it takes
// the one after which the mean is known best: with batch means z(1) to z(m), the
// number d of batches to cut that minimises
//
//	1/(m-d)² Σ (z(j) - mean of z(d+1) to z(m))²   over j = d+1 to m
//
// Only the first half is searched: near the end the few batches left can agree
// by chance. The smallest d wins a tie. cut is in observations, a multiple of 5;
// observations that fill no batch at the end are not looked at.
//
// ok is false if the cut can't be relied on: the minimum is at the end of the
// search, so that the run is too short to show the end of its warm-up, or there
// are fewer than 10 batches or values that are not finite, where cut is 0.
func MSER5(x []float64) (cut int, ok bool) {
	z := batchMeans(x, mserBatch)
	if len(z) < mserBatches {
		return 0, false
	}
	last := len(z) / 2
	best, least := 0, math.Inf(1)
	// From the end, so that each step adds one batch to the mean and to the sum of
	// squares about it (Welford, Technometrics 4, 1962).
	mean, squares := 0.0, 0.0
	for d := len(z) - 1; d >= 0; d-- {
		n := float64(len(z) - d)
		delta := z[d] - mean
		mean += delta / n
		squares += delta * (z[d] - mean)
		if d > last {
			continue
		}
		if mse := squares / (n * n); mse <= least {
			best, least = d, mse
		}
	}
	if !finite(mean) {
		return 0, false
	}
	return best * mserBatch, best < last
}

// batchMeans returns the means of size values each, without an incomplete last batch.
func batchMeans(x []float64, size int) []float64 {
	means := make([]float64, len(x)/size)
	for i := range means {
		for _, v := range x[i*size : (i+1)*size] {
			means[i] += v / float64(size)
		}
	}
	return means
}
