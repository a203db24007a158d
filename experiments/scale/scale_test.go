package scale

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEveryPointIsAScenario(t *testing.T) {
	for _, m := range Markets() {
		points := m.Points(Most)
		require.Equal(t, Most, points[len(points)-1].Buyers)
		for i := range points {
			cfg, err := points[i].read()
			require.NoError(t, err, points[i].Name())
			require.Equal(t, points[i].Buyers, cfg.Peers.Buyers.Count)
			require.Contains(t, string(points[i].Source), "name: scale-"+m.Name)
		}
	}
	p := MillionPoint()
	cfg, err := p.read()
	require.NoError(t, err)
	require.Equal(t, p.Buyers, cfg.Peers.Buyers.Count)
}

// A real run, measured twice in a row: what it did is the same, and what it took
// is there.
func TestARunIsMeasured(t *testing.T) {
	p := Markets()[0].Points(100)[0]
	p.Set = append(p.Set, "run.time_limit=1h")
	timed, err := Measure(&Job{Point: p})
	require.NoError(t, err)
	weighed, err := Measure(&Job{Point: p, Weigh: true})
	require.NoError(t, err)
	require.Equal(t, timed.Counts, weighed.Counts)
	require.Equal(t, 108, timed.Peers)
	require.Greater(t, timed.Events, timed.Early)
	require.Positive(t, timed.PerEvent())
	require.Zero(t, timed.Live)
	require.Positive(t, weighed.Live)
	require.Less(t, weighed.Live, uint64(100<<20))
}

func TestAJobSurvivesItsWayToAnotherProcess(t *testing.T) {
	p := MillionPoint()
	order, err := json.Marshal(&Job{Point: p, Weigh: true})
	require.NoError(t, err)
	var got Job
	require.NoError(t, json.Unmarshal(order, &got))
	require.Equal(t, Job{Point: p, Weigh: true}, got)
}

// script is a measurer that answers with what is written for each call.
func script(samples ...Sample) Measurer {
	call := 0
	return func(_ context.Context, j *Job) (Sample, error) {
		s := samples[call]
		call++
		if j.Weigh != (s.Live > 0) {
			return s, errors.New("the heap is looked at in the last round only")
		}
		return s, nil
	}
}

func TestTimesAreSummedUpByMedianLeastAndMost(t *testing.T) {
	run := Counts{Peers: 10, Events: 1_100_000, Digest: "d"}
	timed := func(whole float64, resident uint64) Sample {
		return Sample{Counts: run, Start: 1, Early: 100_000, Whole: whole, Resident: resident}
	}
	m := script(timed(4, 100), timed(2, 300), timed(3, 200), Sample{Counts: run, Live: 50})
	last := 0
	r, err := Series(t.Context(), make([]Point, 1), 3, m, func(done, planned int) {
		require.Equal(t, 4, planned)
		last = done
	})
	require.NoError(t, err)
	require.Equal(t, 4, last)
	require.InDelta(t, 2000, r[0].PerEvent.Median, 1e-6)
	require.InDelta(t, 1000, r[0].PerEvent.Least, 1e-6)
	require.InDelta(t, 3000, r[0].PerEvent.Most, 1e-6)
	require.Equal(t, 5.0, r[0].LivePerPeer())
	require.Equal(t, Spread{20, 10, 30}, r[0].ResidentPerPeer())
	require.Equal(t, 2.5, spread([]float64{4, 1, 2, 3}).Median)
}

func TestRunsOfAPointThatDifferAreAnError(t *testing.T) {
	m := script(Sample{Counts: Counts{Digest: "a"}}, Sample{Counts: Counts{Digest: "b"}})
	_, err := Series(t.Context(), make([]Point, 1), 2, m, nil)
	require.ErrorContains(t, err, "two runs differ")
}

func TestAnInterruptedSeriesSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Series(ctx, make([]Point, 1), 1, script(Sample{}), nil)
	require.ErrorIs(t, err, context.Canceled)
}
