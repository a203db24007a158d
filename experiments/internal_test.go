package experiments

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"souk/experiments/cells"
	"souk/experiments/stats"
	"souk/experiments/validation"
)

// around is an estimate whose interval is from low to high.
func around(low, high float64) stats.Estimate {
	return stats.Estimate{Mean: (low + high) / 2, CI: stats.Interval{Low: low, High: high}}
}

func TestAPredictionIsConfirmedAtFirstOrOnRepetition(t *testing.T) {
	predicted := validation.Quantity{Predicted: 5}
	miss, hit := around(6, 7), around(4, 6)
	assert.True(t, (&check{Quantity: predicted, Estimate: hit}).holds())
	assert.False(t, (&check{Quantity: predicted, Estimate: miss}).holds())
	assert.True(t, (&check{Quantity: predicted, Estimate: miss, second: &hit}).holds())
	assert.False(t, (&check{Quantity: predicted, Estimate: miss, second: &miss}).holds())
	exact := validation.Quantity{Predicted: 5, Exact: true}
	assert.True(t, (&check{Quantity: exact, Estimate: miss, exact: true}).holds())
	assert.False(t, (&check{Quantity: exact, Estimate: hit}).holds(), "near is not exact")
}

func bench(t *testing.T) *Bench {
	return &Bench{Lab: cells.Lab{Store: cells.Open(t.TempDir()), Workers: 1}, Results: t.TempDir()}
}

// A model that is right by the second look and one that is never right, from
// the cells up.
func TestWhatMissesIsMeasuredAgainOnOtherSeeds(t *testing.T) {
	seen := map[string][]uint64{}
	model := func(name string, value func(seed uint64) float64) validation.Model {
		return validation.Model{
			Name: name, Replications: 10, Quantities: []validation.Quantity{{Name: "q", Predicted: 5}},
			Measure: func(seed uint64) ([]float64, error) {
				seen[name] = append(seen[name], seed)
				return []float64{value(seed) + float64(seed%3)/10}, nil
			},
		}
	}
	unlucky := model("unlucky", func(seed uint64) float64 {
		if seed <= 10 {
			return 6
		}
		return 4.9
	})
	wrong := model("wrong", func(uint64) float64 { return 6 })
	right := model("right", func(uint64) float64 { return 4.9 })
	checks, err := measure(t.Context(), bench(t), []validation.Model{unlucky, wrong, right})
	assert.NoError(t, err)
	assert.Equal(t, []bool{true, false, true}, []bool{checks[0].holds(), checks[1].holds(), checks[2].holds()})
	assert.Len(t, seen["right"], 10)
	assert.Len(t, seen["unlucky"], 50)
	again := map[uint64]int{}
	for _, seed := range seen["unlucky"] {
		again[seed]++
		assert.Equal(t, 1, again[seed], "no seed is used twice")
	}
	assert.Contains(t, verdict(checks), "1 of 3 statistical quantities lie in their 99 % interval, 1 more")
}

// The page of several sweeps has each one's figure, conclusion and folder.
func TestAComparisonIsOnePage(t *testing.T) {
	b := bench(t)
	e := ofComparison("exp3", "part", &comparison{question: "does it hold together?", conclusion: "It does.", sweeps: []string{"exp3-fault"}})
	o, err := e.run(t.Context(), b)
	require.NoError(t, err)
	assert.Equal(t, "fault/throughput.png", o.figure)
	page, err := os.ReadFile(filepath.Join(b.Results, "exp3", "README.md"))
	require.NoError(t, err)
	for _, text := range []string{
		"# exp3\n\nDoes it hold together?\n", "sim experiment exp3", "It does.\n", "## What do two traders serve",
		"](fault/throughput.png)](fault/README.md)", "Had nobody died,",
	} {
		assert.Contains(t, string(page), text)
	}
	for _, file := range []string{"README.md", "data.csv", "throughput.png"} {
		assert.FileExists(t, filepath.Join(b.Results, "exp3", "fault", file))
	}
}
