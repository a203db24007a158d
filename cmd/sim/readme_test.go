package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReadme runs every console block of the README and compares the output
// with what the README shows; a line "..." stands for any lines. With -update
// it rewrites what the README shows.
func TestReadme(t *testing.T) {
	t.Chdir("../..")
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	blocks := regexp.MustCompile("(?s)```console\n(.*?)```")
	ran := 0
	told := blocks.ReplaceAllStringFunc(string(text), func(block string) string {
		body := blocks.FindStringSubmatch(block)[1]
		var out strings.Builder
		for _, part := range strings.Split("\n"+body, "\n$ ")[1:] {
			line, shown, _ := strings.Cut(part, "\n")
			args, ok := strings.CutPrefix(line, "go run ./cmd/sim ")
			require.True(t, ok, "a console block shows commands of the form: go run ./cmd/sim ..., not %s", line)
			got := simulate(t, strings.Fields(args))
			ran++
			out.WriteString("$ " + line + "\n")
			out.WriteString(excerpt(shown, got))
		}
		return "```console\n" + out.String() + "```"
	})
	require.Greater(t, ran, 2)
	if *update {
		require.NoError(t, os.WriteFile("README.md", []byte(told), 0o644))
		return
	}
	require.Equal(t, string(text), told)
}

// excerpt returns what a block should show of an output: all of it, or, where
// the block has lines "...", only the lines that it shows, found by their first
// word.
func excerpt(shown, got string) string {
	if !strings.Contains(shown, "...\n") {
		return got
	}
	var lines []string
	for _, line := range strings.Split(strings.TrimSuffix(shown, "\n"), "\n") {
		for _, real := range strings.Split(got, "\n") {
			if line != "..." && label(line) == label(real) {
				line = real
				break
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n") + "\n"
}

// label is the text of a line up to the first gap of two blanks.
func label(line string) string {
	text, _, _ := strings.Cut(strings.TrimSpace(line), "  ")
	return text
}

// simulate runs the command; results go to a folder of the test's own.
func simulate(t *testing.T, args []string) string {
	switch args[0] {
	case "sweep", "compare", "experiment":
		args = append(args, "--quiet", "--results", t.TempDir())
	}
	var stdout, stderr bytes.Buffer
	require.Equal(t, exitOK, command(args, &stdout, &stderr), stderr.String())
	return stdout.String()
}

// The README's sweep must run as it stands.
func TestTheReadmesSweepRuns(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(text, -1)
	require.Len(t, blocks, 1)
	dir := t.TempDir()
	name := filepath.Join(dir, "my-question.yaml")
	require.NoError(t, os.WriteFile(name, blocks[0][1], 0o644))
	simulate(t, []string{"sweep", name})
}

// The gate must run the test command that the README promises.
func TestTheGateRunsTheReadmesTestCommand(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	gate, err := os.ReadFile("../../.ci/run")
	require.NoError(t, err)
	require.Contains(t, string(readme), "\ngo test ./...\n")
	require.Regexp(t, `(?m)go test \./\.\.\.$`, string(gate))
}
