package scenario_test

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/scenarios"
	"souk/sim/scenario"
	"souk/sim/scenario/field"
)

var update = flag.Bool("update", false, "rewrite the stories")

func TestShippedScenariosAreValidAndExplainThemselves(t *testing.T) {
	files, err := fs.Glob(scenarios.Files, "*.yaml")
	require.NoError(t, err)
	reader := scenario.NewReader()
	for _, name := range files {
		src, err := scenarios.Files.ReadFile(name)
		require.NoError(t, err)
		doc, problems := reader.Read(name, src, nil)
		require.NoError(t, problems.Err())
		require.NotEmpty(t, doc.Config.About, "%s says what it shows", name)
		require.Equal(t, strings.TrimSuffix(name, ".yaml"), doc.Config.Name)

		var explained bytes.Buffer
		require.NoError(t, doc.Explain(&explained))
		again, problems := reader.Read(name, explained.Bytes(), nil)
		require.NoError(t, problems.Err())
		require.Equal(t, doc.Config, again.Config, "%s, explained, is another scenario", name)
	}
}

func TestUnderIsTheScenarioWithAnotherSeed(t *testing.T) {
	src, err := scenarios.Files.ReadFile("bazaar.yaml")
	require.NoError(t, err)
	doc, problems := scenario.Read("bazaar.yaml", src, nil)
	require.NoError(t, problems.Err())
	seeded, problems := scenario.Read("bazaar.yaml", src, []field.Override{{Key: "run.seed", Value: "99"}})
	require.NoError(t, problems.Err())
	require.Equal(t, &seeded.Config, doc.Config.Under(99))
	require.EqualValues(t, 2, doc.Config.World.Seed, "the original keeps its own")
}

// Every option has a documented meaning, and every default is one that the
// table itself accepts.
func TestTheLeastScenarioIsAVersion(t *testing.T) {
	doc, problems := scenario.Read("least.yaml", []byte("version: 1\n"), nil)
	require.NoError(t, problems.Err())
	require.Equal(t, 10, doc.Config.Peers.Number())
	schema, err := scenario.Table().Schema("Souk scenario", "")
	require.NoError(t, err)
	for _, key := range scenario.Table().Keys() {
		leaf := key[strings.LastIndex(key, ".")+1:]
		require.Contains(t, string(schema), `"`+leaf+`"`)
	}
}

// TestContradictions tells what is said about files whose fields are each
// valid but don't fit together: a file, ----, the problems.
func TestContradictions(t *testing.T) {
	file := filepath.Join("testdata", "contradictions.txt")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var told strings.Builder
	for i, block := range strings.Split(strings.TrimSpace(string(text)), "\n\n") {
		if i > 0 {
			told.WriteString("\n")
		}
		src, _, _ := strings.Cut(block, "\n----")
		_, problems := scenario.Read("bad.yaml", []byte("version: 1\n"+src+"\n"), nil)
		require.NotEmpty(t, problems, src)
		told.WriteString(src + "\n----\n" + problems.Error() + "\n")
	}
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(told.String()), 0o644))
		return
	}
	require.Equal(t, string(text), told.String())
}

// FuzzRead requires that no file, however odd, makes the reader panic or the
// checks for contradictions run wild, and that a valid one can be built.
func FuzzRead(f *testing.F) {
	files, err := fs.Glob(scenarios.Files, "*.yaml")
	require.NoError(f, err)
	for _, name := range files {
		src, err := scenarios.Files.ReadFile(name)
		require.NoError(f, err)
		f.Add(src)
	}
	f.Add([]byte("version: 1\npeers: {list: [buyer, fish], items: [fish]}\nfaults: [{crash: all}]\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		doc, problems := scenario.Read("fuzz.yaml", src, nil)
		if len(problems) > 0 {
			_ = problems.Error()
			return
		}
		if doc.Config.Peers.Number() <= 1000 {
			require.Equal(t, doc.Config.Peers.Number(), doc.Config.Play().Peers())
		}
	})
}
