package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/experiments/scale"
)

// A run that is measured in a process of its own is the run that it is here, and
// what goes wrong there is told here.
func TestARunIsMeasuredApart(t *testing.T) {
	point := scale.Markets()[0].Points(100)[0]
	point.Set = append(point.Set, "run.time_limit=1h")
	job := &scale.Job{Point: point}
	here, err := scale.Measure(job)
	require.NoError(t, err)
	there, err := apart(t.Context(), job)
	require.NoError(t, err)
	require.Equal(t, here.Counts, there.Counts)

	job.Point.Set = append(job.Point.Set, "run.time_limit=nonsense")
	_, err = apart(t.Context(), job)
	require.ErrorContains(t, err, "run.time_limit")
}
