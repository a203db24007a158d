package run_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/scenarios"
	"souk/sim"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/scenario/field"
)

var update = flag.Bool("update", false, "rewrite golden files and stories")

// read reads a shipped scenario with some keys set.
func read(t testing.TB, name string, set ...string) *scenario.Config {
	t.Helper()
	src, err := scenarios.Files.ReadFile(name + ".yaml")
	require.NoError(t, err)
	var overrides []field.Override
	for _, pair := range set {
		key, value, _ := strings.Cut(pair, "=")
		overrides = append(overrides, field.Override{Key: key, Value: value})
	}
	doc, problems := scenario.Read(name+".yaml", src, overrides)
	require.NoError(t, problems.Err())
	return &doc.Config
}

// once runs a shipped scenario and requires that nothing broke.
func once(t testing.TB, name string, set ...string) *run.Report {
	t.Helper()
	report, err := run.Once(read(t, name, set...), run.Options{})
	require.NoError(t, err)
	return report
}

// million is the shipped scenario that is too large for the tests that run all of
// them, often and in many ways. It has a test of its own.
const million = "million-buyers"

// shipped lists the scenarios that ship, but for million.
func shipped(t *testing.T) []string {
	t.Helper()
	files, err := fs.Glob(scenarios.Files, "*.yaml")
	require.NoError(t, err)
	var names []string
	for _, f := range files {
		if name := strings.TrimSuffix(f, ".yaml"); name != million {
			names = append(names, name)
		}
	}
	return names
}

// TestGoldenDigestsOfEveryShippedScenario holds the promise of determinism:
// the digests in testdata were made on one machine, and every other must agree.
func TestGoldenDigestsOfEveryShippedScenario(t *testing.T) {
	var got strings.Builder
	for _, name := range shipped(t) {
		first := once(t, name).World
		second := once(t, name).World
		require.Equal(t, first, second, "%s: two runs in one process differ", name)
		got.WriteString(goldenLine(name, first))
	}
	same(t, "golden.txt", got.String())
}

func goldenLine(name string, r sim.Result) string {
	return fmt.Sprintf("%-24s %s %9d events\n", name, r.Digest, r.Events)
}

// same requires that a file of testdata has this text, or with -update writes it.
func same(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "a change of digests is a change of results: argue it in CHANGELOG.md and run with -update")
}

// A million buyers make the same run on every build as well: once, and in full,
// because what only a large market does, such as telling a million of a death,
// is not in a smaller one.
func TestGoldenDigestOfAMillionBuyers(t *testing.T) {
	if testing.Short() {
		t.Skip("needs up to 2 GB")
	}
	doc, expected := asItSays(t, million)
	report, err := run.Once(&doc.Config, run.Options{Expect: expected})
	require.NoError(t, err)
	summary := report.Summary()
	outcome, _ := summary.Verdict()
	require.Equal(t, run.Met, outcome, "%+v", summary.Expectations)
	same(t, "million.txt", goldenLine(million, report.World))
}

func TestAnotherSeedGivesAnotherRun(t *testing.T) {
	seen := map[string]bool{}
	for seed := range 20 {
		digest := once(t, "bazaar", fmt.Sprint("run.seed=", seed)).World.Digest.String()
		require.False(t, seen[digest], "seed %d repeats a digest", seed)
		seen[digest] = true
	}
}

func TestWhoWatchesDoesNotChangeTheRun(t *testing.T) {
	for _, name := range []string{"bazaar", "overlay", "trader-crash"} {
		bare := once(t, name).World
		var trace, requests, timeline bytes.Buffer
		watched, err := run.Once(read(t, name), run.Options{
			Trace: &trace, Filter: run.TraceFilter{Groups: []string{"message", "trade"}},
			Requests: &requests, Timeline: &timeline,
		})
		require.NoError(t, err)
		require.Equal(t, bare, watched.World)
		require.NotZero(t, trace.Len()*requests.Len()*timeline.Len())
	}
}

func TestTroubleOfNoLengthOrNoChanceChangesNothing(t *testing.T) {
	plain := once(t, "cacheless").World
	require.Equal(t, plain.Digest, once(t, "cacheless", "network.loss=0%").World.Digest)
	src, err := scenarios.Files.ReadFile("cacheless.yaml")
	require.NoError(t, err)
	src = append(src, "\nfaults: [{at: 100s, partition: [[trader0], [warehouse]], for: 0s}]\n"...)
	doc, problems := scenario.Read("cacheless.yaml", src, nil)
	require.NoError(t, problems.Err())
	cut, err := run.Once(&doc.Config, run.Options{})
	require.NoError(t, err)
	require.Equal(t, plain, cut.World)
}
