package experiments_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"souk/experiments"
	"souk/experiments/cells"
	"souk/experiments/sweep"
)

// quick runs a shipped sweep with fewer replications than its page has.
func quick(t *testing.T, name string, replications int) *sweep.Result {
	t.Helper()
	plan, err := experiments.Shipped(name)
	require.NoError(t, err)
	plan.Min, plan.Until = replications, nil
	r, err := plan.Execute(t.Context(), cells.Lab{Store: cells.Open(t.TempDir()), Workers: runtime.NumCPU()}, nil)
	require.NoError(t, err)
	return r
}

// The report's twelve numbers are single runs. Each must be one that the model
// could have given, and most must be near the model's mean.
func TestTheReportsNumbersAreLikeSingleRuns(t *testing.T) {
	numbers, near := 0, 0
	for _, name := range []string{"exp1-throughput", "exp2-oversell", "exp3-fault"} {
		r := quick(t, name, 120)
		for _, p := range r.Published {
			e := r.Estimate(p.Point, p.Measure)
			assert.True(t, e.Single.Holds(p.Value.Value), "%s, point %d: %s %v is outside %v", name, p.Point, p.Measure, p.Value.Value, e.Single)
			numbers++
			if off := e.Mean/p.Value.Value - 1; -0.2 <= off && off <= 0.2 {
				near++
			}
		}
	}
	assert.Equal(t, 12, numbers)
	assert.GreaterOrEqual(t, near, 10)
}

// What the report concludes holds in the model, run by run.
func TestTheReportsOrderingsHold(t *testing.T) {
	sure := func(list []sweep.Comparison, want int, verdicts ...string) {
		t.Helper()
		assert.Len(t, list, want)
		for _, c := range list {
			assert.Less(t, c.P, 0.01, "%s against %s", c.What, c.Against)
			assert.Contains(t, verdicts, string(c.Verdict), "%s against %s", c.What, c.Against)
		}
	}
	// Cached is faster than cacheless, and more traders are faster.
	sure(quick(t, "exp1-throughput", 120).Compare("duration"), 3+2*2, "better")
	// More buyers for each seller means more unmet requests.
	sure(quick(t, "exp2-oversell", 120).Compare("unmet"), 3, "worse")
	// Throughput falls when a trader dies: against the minute before, and against
	// the same minute had nobody died.
	fault := quick(t, "exp3-fault", 120)
	sure(fault.Changed()[1:], 1, "worse")
	sure(fault.Compare("throughput@after"), 1, "worse")
}

func TestRonLeksRunsAreLikeSingleRuns(t *testing.T) {
	r := quick(t, "ronlek", 60)
	require.Len(t, r.Published, 5)
	for _, p := range r.Published {
		e := r.Estimate(p.Point, p.Measure)
		assert.InDelta(t, p.Value.Value, e.Mean, 2*e.SD, "point %d", p.Point)
	}
}

// What is committed is what the command writes. One experiment stands here for
// all, which the gate makes.
func TestCommittedResultsAreThoseOfTheCommand(t *testing.T) {
	const name = "exp3-fault"
	bench := &experiments.Bench{
		Lab:     cells.Lab{Store: cells.Open(t.TempDir()), Workers: runtime.NumCPU()},
		Results: t.TempDir(),
	}
	for _, e := range experiments.All() {
		if e.Name == name {
			require.NoError(t, e.Run(context.Background(), bench))
		}
	}
	for _, file := range []string{"README.md", "data.csv"} {
		want, err := os.ReadFile(filepath.Join("..", "results", name, file))
		require.NoError(t, err)
		got, err := os.ReadFile(filepath.Join(bench.Results, name, file))
		require.NoError(t, err)
		assert.Equal(t, string(want), string(got), "results are stale: run sim experiment all and commit what changed")
	}
}

func TestEveryExperimentHasANameOfItsOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range experiments.All() {
		assert.False(t, seen[e.Name], e.Name)
		seen[e.Name] = true
		assert.NotEmpty(t, e.Part)
	}
	_, err := experiments.Shipped("nothing")
	assert.ErrorIs(t, err, os.ErrNotExist)
}
