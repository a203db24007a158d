package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const root = "../.."

// Every bug still finds its place in the source, and the source with all of them
// in it still compiles.
func TestEveryBugCanBePlanted(t *testing.T) {
	require.GreaterOrEqual(t, len(all()), 24)
	names := map[string]bool{}
	for _, m := range all() {
		require.False(t, names[m.name], "%s is there twice", m.name)
		names[m.name] = true
		require.NotEmpty(t, m.why, m.name)
		require.True(t, strings.HasPrefix(m.file, "sim/"), m.name)
		require.NotContains(t, m.file, "sim/check", "%s blinds a checker", m.name)
	}
	folder := t.TempDir()
	overlay, err := plant(root, folder, all()...)
	require.NoError(t, err)
	cmd := exec.Command("go", "build", "-overlay", overlay, "./sim/...")
	cmd.Dir = root
	said, err := cmd.CombinedOutput()
	require.NoError(t, err, string(said))
}

func TestABugThatMovedIsReported(t *testing.T) {
	m := all()[0]
	m.old = "no such text"
	_, err := m.build(root, t.TempDir())
	require.ErrorContains(t, err, `has 0 places that read "no such text", want 1`)
}

// A planted bug is found, and the same hunt without it finds nothing.
func TestAPlantedBugIsFound(t *testing.T) {
	for _, m := range []mutant{
		all()[0],
		{name: "none", market: "bazaar", file: all()[0].file, old: all()[0].old, with: all()[0].old},
	} {
		program, err := m.build(root, t.TempDir())
		require.NoError(t, err)
		said, err := exec.Command(program, m.market, "25", "1").Output()
		require.NoError(t, err)
		want := "none 0\n"
		if m.name != "none" {
			want = "T2 "
		}
		require.True(t, strings.HasPrefix(string(said), want), "%s: %s", m.name, said)
		require.Equal(t, m.name, filepath.Base(program))
	}
}

func TestTheTableOfBugs(t *testing.T) {
	rows := []row{
		{mutant: mutant{name: "a", market: "bazaar", file: "f.go", why: "w"}, by: []string{"M1", "T2"}, seeds: []int{1, 3, 7}},
		{mutant: mutant{name: "b", market: "bazaar", file: "f.go", why: "w"}, seeds: []int{0, 0, 0}},
	}
	var page strings.Builder
	write(&page, rows, nil)
	require.Contains(t, page.String(), "Of 2 bugs, 1 were found on every block.")
	require.Contains(t, page.String(), "| a | bazaar | f.go | w | M1, T2 | 3 | 1 | 7 |\n")
	require.Contains(t, page.String(), "| b | bazaar | f.go | w | **nothing** | — | — | — |\n")
}
