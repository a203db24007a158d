package run_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/run"
	"souk/sim/scenario"
)

// A story is a file of testdata/stories: lines of prose, then blocks of
//
//	show KIND... [of ACTOR...]
//	scenario in YAML
//	----
//	the lines of its trace, written by -update and reviewed as a diff
//
// separated by blank lines. It says what the market does in the words that a
// user sees.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/stories/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			told := tell(t, string(text))
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(told), 0o644))
				return
			}
			require.Equal(t, string(text), told)
		})
	}
}

// tell retells a story: everything as it stands, but the traces made anew.
func tell(t *testing.T, text string) string {
	var told strings.Builder
	for i, block := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			told.WriteString("\n")
		}
		head, _, played := strings.Cut(block, "\n----")
		told.WriteString(head + "\n")
		if played {
			command, yaml, _ := strings.Cut(head, "\n")
			told.WriteString("----\n" + play(t, command, yaml))
		}
	}
	return told.String()
}

func play(t *testing.T, command, yaml string) string {
	kinds, actors, _ := strings.Cut(strings.TrimPrefix(command, "show "), " of ")
	doc, problems := scenario.Read("story.yaml", []byte("version: 1\n"+yaml), nil)
	require.NoError(t, problems.Err())
	var trace strings.Builder
	report, err := run.Once(&doc.Config, run.Options{
		Trace: &trace, Filter: run.TraceFilter{Groups: strings.Fields(kinds), Actors: strings.Fields(actors)},
	})
	require.NoError(t, err)
	return trace.String() + fmt.Sprintf("(%v at %v)\n", report.World.End, report.World.Now)
}
