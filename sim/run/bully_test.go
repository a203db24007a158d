package run_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/scenarios"
	"souk/sim/run"
	"souk/sim/scenario"
)

// Each of the ways in which bully with heartbeats breaks is a scenario that says
// what must be seen, on other seeds as well, and has its row in the guide.
func TestBullyBreaksInTwelveWays(t *testing.T) {
	guide, err := os.ReadFile("../../docs/bully.md")
	require.NoError(t, err)
	ways := 0
	for _, name := range shipped(t) {
		if !strings.HasPrefix(name, "bully-") {
			continue
		}
		ways++
		require.Contains(t, string(guide), "`"+name+"`")
		src, err := scenarios.Files.ReadFile(name + ".yaml")
		require.NoError(t, err)
		doc, problems := scenario.Read(name+".yaml", src, nil)
		require.NoError(t, problems.Err())
		require.NotEmpty(t, doc.Config.Expect, name)
		expect, problems := run.Expectations(doc)
		require.NoError(t, problems.Err())
		for seed := range uint64(5) {
			report, err := run.Once(doc.Config.Under(seed), run.Options{Expect: expect})
			require.NoError(t, err)
			summary := report.Summary()
			for _, j := range summary.Expectations {
				require.Equal(t, run.Met, j.Outcome, "%s, seed %d: %s: %s", name, seed, j.Expectation, j.Measured)
			}
			for _, f := range summary.Faults {
				require.Equal(t, "bit", f.Result, "%s, seed %d: %s", name, seed, f.Fault)
			}
		}
	}
	require.Equal(t, 13, ways, "twelve, and the zombie behind a fence")
}
