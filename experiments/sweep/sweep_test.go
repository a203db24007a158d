package sweep_test

import (
	"context"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"souk/experiments/cells"
	"souk/experiments/stats"
	"souk/experiments/sweep"
	"souk/scenarios"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// shop is a scenario small enough for many runs.
const shop = `version: 1
name: shop
about: a small shop
run: {seed: 5, stop: {requests: 30}}
peers:
  buyers: {count: 4, think: {exponential: {mean: 1s}}}
  sellers: {count: 3}
traders: {count: 1, election: {algorithm: appointed}, cache: {mode: pull}}
`

const published = `experiment,setting,measure,unit,published,source,note
small,traders.count=2 traders.cache.mode=off,throughput,sales/s,1.5,a report,its own slip
other,traders.count=9,throughput,sales/s,9,elsewhere,
`

const grid = `version: 1
name: small
question: does a second trader help?
scenario: shop.yaml
vary: {traders.count: [1, 2], traders.cache.mode: [off, pull]}
replications: {min: 10}
measures: [throughput, oversell]
baseline: {traders.count: 1}
labels: {traders.count: traders, off: cacheless, pull: cached}
plots: [{file: throughput.png, x: traders.count, y: throughput, series: traders.cache.mode}]
published: published.csv
`

// unpublished is the same without values to compare with.
var unpublished = strings.Replace(grid, "published: published.csv\n", "", 1)

// picked has a figure of the points with three buyers.
var picked = strings.Replace(unpublished, "y: throughput,", "y: throughput, where: {peers.buyers.count: 3},", 1)

// source knows the files above.
func source(_, name string) ([]byte, string, error) {
	switch name {
	case "shop.yaml":
		return []byte(shop), name, nil
	case "published.csv":
		return []byte(published), name, nil
	}
	return nil, "", fs.ErrNotExist
}

func read(t *testing.T, src string) *sweep.Plan {
	t.Helper()
	plan, problems := sweep.Read("small.yaml", []byte(src), source)
	require.NoError(t, problems.Err())
	return plan
}

func execute(t *testing.T, plan *sweep.Plan, store string, workers int) *sweep.Result {
	t.Helper()
	r, err := plan.Execute(t.Context(), cells.Lab{Store: cells.Open(store), Workers: workers}, nil)
	require.NoError(t, err)
	return r
}

// written returns the bytes of all files of the results.
func written(t *testing.T, r *sweep.Result) map[string]string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, r.Write(dir, "sim sweep small.yaml"))
	content := map[string]string{}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		content[e.Name()] = string(b)
	}
	return content
}

func TestTheGridIsEveryCombinationTheFirstKeySlowest(t *testing.T) {
	plan := read(t, strings.Replace(picked, "vary: {", "together: [{peers.buyers.count: [3, 4], peers.sellers.count: [6, 5]}]\nvary: {", 1))
	assert.Equal(t, []string{"traders.count", "traders.cache.mode", "peers.buyers.count", "peers.sellers.count"}, plan.Keys())
	var points []string
	for _, p := range plan.Points {
		points = append(points, strings.Join(p.Values, " "))
	}
	assert.Equal(t, []string{
		"1 off 3 6", "1 off 4 5", "1 pull 3 6", "1 pull 4 5",
		"2 off 3 6", "2 off 4 5", "2 pull 3 6", "2 pull 4 5",
	}, points)
}

func TestASweepOfNothingIsOnePoint(t *testing.T) {
	plan := read(t, "version: 1\nname: one\nquestion: what is the spread?\nscenario: shop.yaml\n")
	require.Len(t, plan.Points, 1)
	r := execute(t, plan, t.TempDir(), 2)
	assert.Len(t, r.Runs[0], 10)
	assert.Equal(t, uint64(5), r.Runs[0][0].Seed, "the first replication is the scenario's own run")
	assert.Equal(t, uint64(14), r.Runs[0][9].Seed)
}

func TestTheBytesDoNotDependOnTheNumberOfWorkers(t *testing.T) {
	one := written(t, execute(t, read(t, grid), t.TempDir(), 1))
	for _, workers := range []int{2, 7} {
		assert.Equal(t, one, written(t, execute(t, read(t, grid), t.TempDir(), workers)))
	}
	assert.Contains(t, one, "README.md")
	assert.Contains(t, one, "data.csv")
	assert.Contains(t, one, "throughput.png")
}

func TestASweepInterruptedAtAThirdContinues(t *testing.T) {
	whole := written(t, execute(t, read(t, grid), t.TempDir(), 2))

	store := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	_, err := read(t, grid).Execute(ctx, cells.Lab{Store: cells.Open(store), Workers: 2}, func(done, planned int) {
		if done == planned/3 {
			stop()
		}
	})
	var interrupted *cells.Interrupted
	require.ErrorAs(t, err, &interrupted)
	assert.Equal(t, 40, interrupted.All)
	assert.GreaterOrEqual(t, interrupted.Kept, 13)
	assert.Less(t, interrupted.Kept, 40)

	computed := 0
	lab := cells.Lab{Store: cells.Open(store), Workers: 2, Watch: func(fresh bool) {
		if fresh {
			computed++
		}
	}}
	r, err := read(t, grid).Execute(t.Context(), lab, nil)
	require.NoError(t, err)
	assert.Equal(t, 40-interrupted.Kept, computed)
	assert.Equal(t, whole, written(t, r))
}

func TestPointsShareTheirSeedsUnlessToldOtherwise(t *testing.T) {
	r := execute(t, read(t, grid), t.TempDir(), 2)
	for i := range r.Points {
		for j := range r.Runs[i] {
			assert.Equal(t, uint64(5+j), r.Runs[i][j].Seed)
		}
	}
	apart := strings.Replace(grid, "baseline: {traders.count: 1}", "seeds: independent", 1)
	seen := map[uint64]bool{}
	r = execute(t, read(t, apart), t.TempDir(), 2)
	for i := range r.Points {
		for j := range r.Runs[i] {
			assert.False(t, seen[r.Runs[i][j].Seed])
			seen[r.Runs[i][j].Seed] = true
		}
	}
}

func TestEveryRunIsTheOneThatItsCommandRepeats(t *testing.T) {
	r := execute(t, read(t, grid), t.TempDir(), 2)
	off, pull := r.Runs[0][0], r.Runs[1][0]
	assert.Equal(t, off.Seed, pull.Seed)
	assert.NotEqual(t, off.Digest, pull.Digest)
	assert.Zero(t, off.Cost.FromCache)
	assert.NotZero(t, pull.Cost.FromCache)
}

func TestReplicationsGoOnUntilTheIntervalIsNarrowEnough(t *testing.T) {
	src := strings.Replace(grid, "{min: 10}", "{min: 5, max: 200, until: {throughput: 8%}}", 1)
	r := execute(t, read(t, src), t.TempDir(), 2)
	sizes := map[int]bool{}
	for i := range r.Points {
		n := len(r.Runs[i])
		sizes[n] = true
		e := r.Estimate(i, "throughput")
		if n < 200 {
			assert.LessOrEqual(t, e.CI.Half(), 0.08*e.Mean)
		}
		assert.GreaterOrEqual(t, n, 5)
		assert.LessOrEqual(t, n, 200)
	}
	assert.Greater(t, len(sizes), 1, "noisy points need more runs than others")

	hopeless := strings.Replace(grid, "{min: 10}", "{min: 5, max: 6, until: {throughput: 0.001%}}", 1)
	r = execute(t, read(t, hopeless), t.TempDir(), 2)
	assert.Len(t, r.Runs[0], 6)
	var doubt sweep.Inconclusive
	require.ErrorAs(t, r.Doubts(), &doubt)
	assert.ErrorContains(t, doubt, "raise replications.max")
}

func TestACellIsKnownByWhatTheScenarioSaysNotHowItIsWritten(t *testing.T) {
	store := t.TempDir()
	execute(t, read(t, grid), store, 2)
	computed := 0
	lab := cells.Lab{Store: cells.Open(store), Workers: 2, Watch: func(fresh bool) {
		if fresh {
			computed++
		}
	}}
	again := func(file, src string) int {
		computed = 0
		plan, problems := sweep.Read("other.yaml", []byte(src), func(from, name string) ([]byte, string, error) {
			if name == "shop.yaml" {
				return []byte(file), name, nil
			}
			return source(from, name)
		})
		require.NoError(t, problems.Err())
		_, err := plan.Execute(t.Context(), lab, nil)
		require.NoError(t, err)
		return computed
	}
	assert.Zero(t, again("# a comment\n"+shop, grid))
	assert.Zero(t, again(shop+"warehouse: {parallel: 4}\n", grid), "a default written out")
	assert.Equal(t, 4, again(strings.Replace(shop, "seed: 5", "seed: 6", 1), grid), "one seed further on, each point lacks one run")
	assert.Equal(t, 40, again(strings.Replace(shop, "mean: 1s", "mean: 2s", 1), grid))
	assert.Equal(t, 20, again(shop, strings.Replace(unpublished, "[1, 2]", "[1, 3]", 1)))
}

func TestPointsAreComparedRunByRun(t *testing.T) {
	r := execute(t, read(t, grid), t.TempDir(), 2)
	list := r.Compare("throughput")
	require.Len(t, list, 2)
	assert.Equal(t, "traders 2, cacheless", list[0].What)
	assert.Equal(t, "traders 1", list[0].Against)
	// Points are 1 off, 1 pull, 2 off, 2 pull.
	for i, c := range list {
		a, b := r.Values(i, "throughput"), r.Values(2+i, "throughput")
		var sum float64
		for i := range a {
			sum += b[i] - a[i]
		}
		assert.InDelta(t, sum/float64(len(a)), c.Mean, 1e-12)
	}
}

func TestStepsAreComparedWithTheOneBefore(t *testing.T) {
	src := strings.Replace(picked, "baseline: {traders.count: 1}", "steps: [peers.sellers.count]", 1)
	src = strings.Replace(src, "vary: {", "together: [{peers.buyers.count: [3, 4, 5], peers.sellers.count: [6, 5, 4]}]\nvary: {", 1)
	var pairs []string
	for _, c := range execute(t, read(t, src), t.TempDir(), 2).Compare("throughput") {
		if strings.HasPrefix(c.What, "traders 1, cacheless") {
			pairs = append(pairs, strings.TrimPrefix(c.What, "traders 1, cacheless, ")+" / "+c.Against)
		}
	}
	assert.Equal(t, []string{
		"peers.buyers.count 4, peers.sellers.count 5 / peers.buyers.count 3, peers.sellers.count 6",
		"peers.buyers.count 5, peers.sellers.count 4 / peers.buyers.count 4, peers.sellers.count 5",
	}, pairs)
}

func TestABaselineTakesAlongWhatIsInLockstepWithIt(t *testing.T) {
	src := strings.Replace(picked, "baseline: {traders.count: 1}", "baseline: {peers.buyers.count: 3}", 1)
	src = strings.Replace(src, "vary: {", "together: [{peers.buyers.count: [3, 4], peers.sellers.count: [6, 5]}]\nvary: {", 1)
	list := execute(t, read(t, src), t.TempDir(), 2).Compare("throughput")
	require.Len(t, list, 4)
	assert.Equal(t, "traders 1, cacheless, peers.buyers.count 4, peers.sellers.count 5", list[0].What)
}

func TestAnEmptyLabelHidesAKeyThatGoesAlong(t *testing.T) {
	src := strings.Replace(picked, "vary: {", "together: [{peers.buyers.count: [3, 4], peers.sellers.count: [6, 5]}]\nvary: {", 1)
	src = strings.Replace(src, "labels: {", `labels: {peers.buyers.count: buyers/sellers, peers.buyers.count=3: 3/6, peers.buyers.count=4: 4/5, peers.sellers.count: "", `, 1)
	page := written(t, execute(t, read(t, src), t.TempDir(), 2))["README.md"]
	assert.Contains(t, page, "| traders | traders.cache.mode | buyers/sellers | n |")
	assert.Contains(t, page, "| 1 | cached | 3/6 | 10 |")
	assert.Contains(t, page, "traders 2, cached, 4/5 | traders 1 |")
}

func TestChangesAreWithinARun(t *testing.T) {
	src := strings.Replace(unpublished, "baseline: {traders.count: 1}", "changes: [[latency_p50, latency_max]]", 1)
	r := execute(t, read(t, src), t.TempDir(), 2)
	list := r.Changed()
	require.Len(t, list, 4)
	for i, c := range list {
		assert.Positive(t, c.Mean, "a maximum is more than a median")
		assert.EqualValues(t, "worse", c.Verdict)
		want := stats.Paired(r.Values(i, "latency_p50"), r.Values(i, "latency_max"), 0.95, 4)
		assert.Equal(t, want, c.Difference, "four comparisons are one family")
	}
}

// An overview has a row for each point at a value, and in each cell the mean and
// how it compares with the baseline.
func TestAnOverviewShowsPointsSideBySide(t *testing.T) {
	src := strings.Replace(unpublished, "measures:", "overview: {traders.count: [2]}\nmeasures:", 1)
	r := execute(t, read(t, src), t.TempDir(), 2)
	lines := strings.Split(r.Overview(), "\n")
	require.Equal(t, "**Traders: 2**", lines[0])
	require.Regexp(t, `^\|  \| throughput \[sales/s\] \| oversell \|$`, lines[2])
	require.Regexp(t, `^\| cacheless \| 1\.41 ± 0\.23 worse \| 0\.00 %`, lines[4])
	require.Regexp(t, `^\| cached \| 1\.41 ± 0\.23 worse \| `, lines[5])
	require.Contains(t, written(t, r)["README.md"], r.Overview())

	_, problems := sweep.Read("small.yaml", []byte(strings.Replace(src, "overview: {traders.count: [2]}", "overview: {traders.count: [3]}", 1)), source)
	require.ErrorContains(t, problems.Err(), "3 is not among the values of traders.count")
}

func TestGoldenPage(t *testing.T) {
	got := written(t, execute(t, read(t, grid), t.TempDir(), 2))
	for _, name := range []string{"README.md", "data.csv", "runs.csv"} {
		file := filepath.Join("testdata", name)
		if *update {
			require.NoError(t, os.WriteFile(file, []byte(got[name]), 0o666))
		}
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Equal(t, string(want), got[name], "%s differs; go test ./experiments/sweep -update rewrites it", file)
	}
}

// TestEveryShippedSweepIsSound reads the sweeps and runs each point once.
func TestEveryShippedSweepIsSound(t *testing.T) {
	entries, err := scenarios.Files.ReadDir("sweeps")
	require.NoError(t, err)
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".yaml" {
			continue
		}
		t.Run(e.Name(), func(t *testing.T) {
			src, err := scenarios.Files.ReadFile("sweeps/" + e.Name())
			require.NoError(t, err)
			plan, problems := sweep.Read(e.Name(), src, shipped)
			require.NoError(t, problems.Err())
			assert.Equal(t, strings.TrimSuffix(e.Name(), ".yaml"), plan.Name)
			plan.Min, plan.Until = 1, nil
			execute(t, plan, t.TempDir(), 2)
		})
	}
}

// shipped finds the files that shipped sweeps name.
func shipped(_, name string) ([]byte, string, error) {
	if b, err := scenarios.Files.ReadFile("sweeps/" + name); err == nil {
		return b, name, nil
	}
	b, err := scenarios.Files.ReadFile(strings.TrimSuffix(name, ".yaml") + ".yaml")
	return b, name, err
}

// The guide's examples are one sweep, but for what needs phases and a file, and
// one example of several scenarios.
func TestTheGuidesExamplesAreASweep(t *testing.T) {
	text, err := os.ReadFile("../../docs/sweeps.md")
	require.NoError(t, err)
	var src strings.Builder
	for _, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		if strings.HasPrefix(block[1], "scenario: [") {
			plan, problems := sweep.Read("guide.yaml", []byte("version: 1\nname: deaths\nquestion: who?\n"+block[1]), shipped)
			require.NoError(t, problems.Err())
			require.Len(t, plan.Points, 2)
			assert.Equal(t, []string{`"a trader dies"`, "arch-cached", "trader0"}, plan.Points[0].Values)
			assert.Equal(t, []string{`"a seller dies"`, "arch-traderless", "seller0"}, plan.Points[1].Values)
			continue
		}
		for line := range strings.Lines(block[1]) {
			if !strings.Contains(line, "@") && !strings.HasPrefix(line, "published:") {
				src.WriteString(line)
			}
		}
	}
	src.WriteString("# end\n")
	plan, problems := sweep.Read("guide.yaml", []byte(src.String()), shipped)
	require.NoError(t, problems.Err())
	assert.Len(t, plan.Points, 2*4*2)
}
