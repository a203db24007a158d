package scale

import (
	"context"
	"fmt"
	"slices"
)

// Measurer runs a job, in whatever process.
type Measurer func(context.Context, *Job) (Sample, error)

// Here is the Measurer of this process.
func Here(_ context.Context, j *Job) (Sample, error) { return Measure(j) }

// Result is what is known of a point.
type Result struct {
	Point Point
	Counts
	// PerEvent is the CPU time of an event in ns, Start that before the first
	// events in seconds, Whole that of a whole run in seconds.
	PerEvent, Start, Whole Spread
	// Live and Resident are in bytes: the heap half-way, and the most that the
	// process ever had.
	Live     uint64
	Resident Spread
}

// Spread is a median with the least and the most.
type Spread struct{ Median, Least, Most float64 }

// spread sums some values up.
func spread(values []float64) Spread {
	v := slices.Sorted(slices.Values(values))
	return Spread{(v[(len(v)-1)/2] + v[len(v)/2]) / 2, v[0], v[len(v)-1]}
}

// Series measures each point: rounds times for its CPU time, one round after the
// other so that an hour in which the machine is slow falls on all, and once for
// its heap. at, if set, is told how many runs are done. Runs of a point that
// differ in what they did are an error.
func Series(ctx context.Context, points []Point, rounds int, m Measurer, at func(done, planned int)) ([]Result, error) {
	results := make([]Result, len(points))
	samples := make([][]Sample, len(points))
	done := 0
	for round := range rounds + 1 {
		for i := range points {
			s, err := m(ctx, &Job{Point: points[i], Weigh: round == rounds})
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err != nil {
				return nil, err
			}
			if round > 0 && s.Counts != samples[i][0].Counts {
				return nil, fmt.Errorf("%s: two runs differ: %+v and %+v", points[i].Name(), samples[i][0].Counts, s.Counts)
			}
			if round < rounds {
				samples[i] = append(samples[i], s)
			} else {
				results[i] = Result{Point: points[i], Counts: s.Counts, Live: s.Live}
			}
			if done++; at != nil {
				at(done, len(points)*(rounds+1))
			}
		}
	}
	for i := range results {
		results[i].sum(samples[i])
	}
	return results, nil
}

// sum sums up what the point's runs took.
func (r *Result) sum(samples []Sample) {
	of := func(value func(*Sample) float64) Spread {
		var values []float64
		for i := range samples {
			values = append(values, value(&samples[i]))
		}
		return spread(values)
	}
	r.PerEvent = of((*Sample).PerEvent)
	r.Start = of(func(s *Sample) float64 { return s.Start })
	r.Whole = of(func(s *Sample) float64 { return s.Whole })
	r.Resident = of(func(s *Sample) float64 { return float64(s.Resident) })
}

// LivePerPeer is the heap of a peer half-way through a run, in bytes.
func (r *Result) LivePerPeer() float64 { return float64(r.Live) / float64(r.Peers) }

// ResidentPerPeer is the most memory of the process, by the peer, in bytes.
func (r *Result) ResidentPerPeer() Spread {
	n := float64(r.Peers)
	return Spread{r.Resident.Median / n, r.Resident.Least / n, r.Resident.Most / n}
}
