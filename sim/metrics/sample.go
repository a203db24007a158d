package metrics

import (
	"math"
	"slices"

	"github.com/HdrHistogram/hdrhistogram-go"

	"souk/sim/vtime"
)

// exactLimit is how many values a Sample keeps before it turns to a histogram.
const exactLimit = 1_000_000

// Sample collects durations and tells their quantiles: exactly up to a million
// values, then to three significant digits.
type Sample struct {
	values []int64
	hist   *hdrhistogram.Histogram
	n      uint64
	sum    float64
	max    int64
}

// Add takes in one duration.
func (s *Sample) Add(d vtime.Duration) {
	s.n++
	s.sum += float64(d)
	s.max = max(s.max, int64(d))
	if s.hist != nil {
		s.record(int64(d))
		return
	}
	s.values = append(s.values, int64(d))
	if len(s.values) > exactLimit {
		s.hist = hdrhistogram.New(1, int64(24*vtime.Hour), 3)
		for _, v := range s.values {
			s.record(v)
		}
		s.values = nil
	}
}

func (s *Sample) record(v int64) {
	// The only possible error is a value out of range; it counts at the edge.
	if s.hist.RecordValue(v) != nil {
		_ = s.hist.RecordValue(s.hist.HighestTrackableValue())
	}
}

// Quantiles describe a sample.
type Quantiles struct {
	N                        uint64
	Mean, P50, P95, P99, Max vtime.Duration
}

// Quantiles returns the nearest-rank quantiles: the smallest value that at
// least a fraction p of the values do not exceed.
func (s *Sample) Quantiles() Quantiles {
	if s.n == 0 {
		return Quantiles{}
	}
	slices.Sort(s.values)
	at := func(p float64) vtime.Duration {
		if s.hist != nil {
			// A histogram names the upper edge of a bucket.
			return vtime.Duration(min(s.hist.ValueAtQuantile(100*p), s.max))
		}
		rank := int(math.Ceil(float64(p * float64(len(s.values)))))
		return vtime.Duration(s.values[max(rank, 1)-1])
	}
	return Quantiles{
		N: s.n, Mean: vtime.Duration(s.sum / float64(s.n)),
		P50: at(0.50), P95: at(0.95), P99: at(0.99), Max: vtime.Duration(s.max),
	}
}
