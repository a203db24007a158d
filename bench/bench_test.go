package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/bench/program"
	"souk/bench/recipe"
)

// TestTheCommandWorks runs it as small as it can be, with peers that most machines
// have. The others are built and run by the command only.
func TestTheCommandWorks(t *testing.T) {
	watch(t, "peers", "recipe", "workload", "souk", "../sim/kernel")
	folder := t.TempDir()
	var out bytes.Buffer
	err := run(context.Background(), strings.Fields("-quick -rounds 2 -sizes 1e2,1e3 -peers heap,priorityqueue -out "+folder), &out)
	require.NoError(t, err, out.String())

	page, err := os.ReadFile(filepath.Join(folder, "README.md"))
	require.NoError(t, err)
	require.Contains(t, out.String(), string(page), "the page is printed as well")
	for _, want := range []string{
		"| times Souk | N = 100 | N = 1e3 |", "| Go container/heap |", "≥ 3", "a customer", "in runs alone",
		"- **SimPy** is absent: not asked for.",
	} {
		require.Contains(t, string(page), want)
	}
	for _, picture := range []string{"phold.png", "hold.png"} {
		require.FileExists(t, filepath.Join(folder, picture))
	}
	data, err := os.ReadFile(filepath.Join(folder, "data.csv"))
	require.NoError(t, err)
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	require.NoError(t, err)
	require.Zero(t, (len(rows)-1)%(2*5), "two rounds of five contests, by all that are there")
	require.GreaterOrEqual(t, (len(rows)-1)/(2*5), 2, "Souk and container/heap are everywhere")
}

// watch reads all files of these folders. go test repeats an old result if no file
// that the test read has changed, and it does not see what the programs are
// built from.
func watch(t *testing.T, folders ...string) {
	t.Helper()
	for _, folder := range folders {
		require.NoError(t, filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				_, err = os.ReadFile(path)
			}
			return err
		}))
	}
}

func TestOtherEventsAreAnError(t *testing.T) {
	job := program.Job{Workload: "hold", N: 10, Warm: 10, Events: 20}
	want := recipe.Tally{Hash: 1, Sum: 2}
	exact, loose := &peer{name: "exact"}, &peer{name: "loose", loose: true}
	report := func(events int, hash, sum uint64) program.Report {
		return program.Report{Events: events, Tally: recipe.Tally{Hash: hash, Sum: sum}}
	}

	require.NoError(t, check(exact, job, report(20, 1, 2), want))
	require.NoError(t, check(loose, job, report(20, 9, 2), want), "another order of simultaneous events")
	for _, wrong := range []error{
		check(exact, job, report(20, 9, 2), want),
		check(exact, job, report(19, 1, 2), want),
		check(loose, job, report(20, 1, 9), want),
	} {
		require.ErrorIs(t, wrong, errDisagree)
	}
}

func TestWhatIsNotInstalledIsNamed(t *testing.T) {
	t.Setenv("PATH", filepath.Dir(goCommand(t)))
	b, err := newBuilder(context.Background(), t.TempDir())
	require.NoError(t, err)
	var out bytes.Buffer
	peers, err := b.field([]string{"priorityqueue"}, &out)
	require.NoError(t, err)
	require.Contains(t, peers[1].absent, `"g++": executable file not found`)
	require.Contains(t, out.String(), "C++ std::priority_queue is absent: ")

	_, err = b.field([]string{"simula"}, &out)
	require.ErrorIs(t, err, errNoSuchPeer)
}

// goCommand returns a path of the go command in a folder with nothing else.
func goCommand(t *testing.T) string {
	t.Helper()
	found, err := newBuilder(context.Background(), t.TempDir())
	require.NoError(t, err)
	root, err := found.output("", "go", "env", "GOROOT")
	require.NoError(t, err)
	return filepath.Join(root, "bin", "go")
}

func TestComplaintsAreToldWithoutPathsAndHosts(t *testing.T) {
	for complaint, want := range map[string]string{
		"/x/main.cc:4:10: fatal error: ns3/core-module.h: No such file or directory\n    4 |": "ns3/core-module.h: No such file or directory",
		"Traceback (most recent call last):\nModuleNotFoundError: No module named 'simpy'\n":  "No module named 'simpy'",
		"go: example.org/m@v1.0.0: reading https://proxy.example/m: 403 Forbidden\n":          "go: example.org/m@v1.0.0: no access: 403 Forbidden",
	} {
		require.Equal(t, want, telling(complaint))
	}
}

func TestSpreads(t *testing.T) {
	require.Equal(t, spread{2, 1, 9}, spreadOf([]float64{9, 1, 2}))
	require.Equal(t, spread{2.5, 1, 9}, spreadOf([]float64{9, 1, 2, 3}))
	require.Equal(t, spread{2, 1, 3}, over([]float64{10, 200, 9}, []float64{10, 100, 3}), "round by round")
	require.Equal(t, "2.50 (1.00..1234)", spread{2.5, 1, 1234}.String())
}

func TestFlagsAreChecked(t *testing.T) {
	for _, args := range []string{"-rounds 0", "-sizes 1e3,many", "-sizes 0", "-sizes 1.5", "-huge -1", "-nonsense", "extra"} {
		_, err := parse(strings.Fields(args), &bytes.Buffer{})
		require.Error(t, err, args)
	}
	s, err := parse(nil, &bytes.Buffer{})
	require.NoError(t, err)
	require.Equal(t, []int{1e3, 1e5, 1e6}, s.sizes)
	require.Len(t, s.contests(), 3+1+3+1)
}

func TestTargetsAreOfPeers(t *testing.T) {
	names := map[string]bool{}
	for _, p := range all() {
		names[p.name] = true
	}
	for _, goal := range targets() {
		require.True(t, names[goal.peer], goal.peer)
	}
}
