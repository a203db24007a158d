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

func shipped(t *testing.T) []string {
	t.Helper()
	files, err := fs.Glob(scenarios.Files, "*.yaml")
	require.NoError(t, err)
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(f, ".yaml"))
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
		fmt.Fprintf(&got, "%-24s %s %9d events\n", name, first.Digest, first.Events)
	}
	file := filepath.Join("testdata", "golden.txt")
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got.String()), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got.String(), "a change of digests is a change of results: argue it in CHANGELOG.md and run with -update")
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
