package field_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"souk/sim/scenario/field"
)

var update = flag.Bool("update", false, "rewrite the stories in testdata")

// rule divides what is typed from what is printed.
const rule = "----\n"

// TestStories reads each file of testdata: scenarios, each followed by what is
// printed about it. Lines of the form "--set key=value" above a scenario are
// overrides.
func TestStories(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			raw, err := os.ReadFile(name)
			require.NoError(t, err)
			parts := strings.Split(string(raw), rule)
			require.Zero(t, len(parts)%2, "input and output come in pairs")
			for i := 0; i < len(parts); i += 2 {
				got := tell(t, parts[i])
				if i+2 < len(parts) {
					got += "\n"
				}
				if !*update {
					assert.Equal(t, parts[i+1], got, "for\n%s", parts[i])
				}
				parts[i+1] = got
			}
			if *update {
				require.NoError(t, os.WriteFile(name, []byte(strings.Join(parts, rule)), 0o644))
			}
		})
	}
}

// tell reads one scenario and returns its problems or its explanation.
func tell(t *testing.T, input string) string {
	t.Helper()
	var overrides []field.Override
	for strings.HasPrefix(input, "--set ") {
		line, rest, _ := strings.Cut(input, "\n")
		key, value, _ := strings.Cut(strings.TrimPrefix(line, "--set "), "=")
		overrides = append(overrides, field.Override{Key: key, Value: value})
		input = rest
	}
	doc, problems := market().Read("bazaar.yaml", []byte(input), overrides)
	var out bytes.Buffer
	if len(problems) > 0 {
		require.NoError(t, problems.Print(&out))
	} else {
		require.NoError(t, doc.Explain(&out))
	}
	return out.String()
}
