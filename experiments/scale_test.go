package experiments

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/experiments/scale"
)

// What does not depend on the machine is what the command would write today: the
// runs of a hundred buyers stand here for all.
func TestCommittedScaleRunsAreThoseOfTheCommand(t *testing.T) {
	committed := readCSV(t, filepath.Join("..", "results", "scale", "counts.csv"))
	row := map[string][]string{}
	for _, r := range committed {
		row[r[0]+" "+r[1]] = r
	}
	var points []scale.Point
	for _, m := range scale.Markets() {
		points = append(points, m.Points(100)...)
		for _, p := range m.Points(scale.Most) {
			require.Contains(t, row, key(&p), "results are stale: run sim experiment scale")
		}
	}
	require.Len(t, points, 3)
	for i := range points {
		s, err := scale.Measure(&scale.Job{Point: points[i]})
		require.NoError(t, err)
		counts := scaleCounts([]scale.Result{{Point: points[i], Counts: s.Counts}})
		require.Equal(t, row[key(&points[i])], counts[1], "results are stale: run sim experiment scale")
	}
}

// key is how a point is found among the rows.
func key(p *scale.Point) string { return p.Market + " " + strconv.Itoa(p.Buyers) }

func readCSV(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(name)
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	return rows
}

// The shipped scenario's run is the one that the golden tests hold.
func TestTheMillionOfThePageIsTheGoldenOne(t *testing.T) {
	committed := readCSV(t, filepath.Join("..", "results", "scale", "counts.csv"))
	million := committed[len(committed)-1]
	golden, err := os.ReadFile(filepath.Join("..", "sim", "run", "testdata", "million.txt"))
	require.NoError(t, err)
	require.Equal(t, []string{million[0], million[7], million[4], "events"}, strings.Fields(string(golden)))
}

func TestTheIndexListsWhatAllLeavesOut(t *testing.T) {
	index, err := os.ReadFile(filepath.Join("..", "results", "README.md"))
	require.NoError(t, err)
	machines := 0
	for _, e := range All() {
		if e.machine != nil {
			machines++
			require.Contains(t, string(index), "\n## "+e.Part+"\n"+e.entry(e.machine))
		}
	}
	require.Equal(t, 1, machines)
}

// The folder is written from results alone.
func TestTheScaleFolder(t *testing.T) {
	result := func(market string, buyers int, ns float64) scale.Result {
		around := scale.Spread{Median: ns, Least: ns / 2, Most: ns * 2}
		return scale.Result{
			Point:    scale.Point{Market: market, Buyers: buyers},
			Counts:   scale.Counts{Peers: buyers + 4, Events: 1_234_567, Digest: "d1"},
			PerEvent: around, Start: around, Whole: around, Live: 5_000_000, Resident: scale.Spread{Median: 2e9, Least: 1e9, Most: 3e9},
		}
	}
	folder := t.TempDir()
	require.NoError(t, writeScale(folder, []scale.Result{
		result("bazaar", 100, 200), result("bazaar", 1000, 300), result("traderless", 100, 250), result(scale.Million, 1_000_000, 400),
	}))
	page, err := os.ReadFile(filepath.Join(folder, "README.md"))
	require.NoError(t, err)
	for _, text := range []string{
		"| bazaar | 104 | 0 | 1,234,567 | 0 | 200 | 100 … 400 | 200.00 | 48,077 |", "sim run million-buyers",
		"| memory, at most | 2,000 MB |", "| of that for a buyer | 2,000 bytes |", "| digest, on every build | `d1` |", "- **peer-to-peer**: ",
	} {
		require.Contains(t, string(page), text)
	}
	require.Len(t, readCSV(t, filepath.Join(folder, "counts.csv")), 5)
	require.Len(t, readCSV(t, filepath.Join(folder, "data.csv")), 5)
	for _, file := range []string{"cost.png", "memory.png"} {
		require.FileExists(t, filepath.Join(folder, file))
	}
}
