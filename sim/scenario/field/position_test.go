package field_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
)

// TestPositionsSurviveAnyLayout puts together files from every way to write a
// value, with an unknown key in each piece, and checks that each is reported
// exactly where it stands.
func TestPositionsSurviveAnyLayout(t *testing.T) {
	pieces := []string{
		"K: 1", "K: [1, 2]", "K: {a: 1}", "K: \"q \\\" \\u00e9 q\"", "K: 'it''s'", "K : x  # c", "\"K\": 1",
		"K: |\n  one\n   two\n\n  three\n", "K: |-\n  one\n\n\n", "K: >\n  folded\n  text\n\n", "K: >+\n  kept\n\n",
		"K: one\n  two\n  three", "K: \"one\n  two\n\n  three\"", "K: 'one\n\n  two'", "K:\n  plain",
		"K: [1,\n  2, # c\n\n  3]", "K: {a: 1,\n  b: 2\n}", "K:\n- 1\n-\n  - 2\n- a: 1\n  b: 2", "K:\n  a:\n    b: 1\n",
		"# a comment\nK: 1", "\n\nK: 1", "K: 1 # c\n# c\n\n", "K:", "K: é 日本 x", "K:\n  # c\n  a: 1", "run: {K: 1}",
		"run:   # c\n\n  K: 1", "run: {seed: 1,\n   K: \"a\n b\"}", "faults: [{at: 1s}, {K: x}]", "faults:\n  - at: 1s\n    K: x",
		"faults:\n  -\n    K: x\n    at: 1s", "faults:\n# c\n- K: x", "K: \"\\\n  x\"", "K: \"a\\\\\"", "K: ''", "K: a # 'b", "K: \"#\"",
	}
	property.Check(t, 100, func(t *rapid.T) {
		end := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "line end")
		var b strings.Builder
		b.WriteString("version: 1\n")
		count := rapid.IntRange(1, 6).Draw(t, "pieces")
		for i := range count {
			piece := rapid.SampledFrom(pieces).Draw(t, "piece")
			b.WriteString(strings.ReplaceAll(piece, "K", fmt.Sprintf("zzz%d", i)) + "\n")
		}
		src := b.String()
		_, problems := market().Read("f.yaml", []byte(strings.ReplaceAll(src, "\n", end)), nil)
		lines := strings.Split(src, "\n")
		found := 0
		for _, p := range problems {
			var i int
			if _, err := fmt.Sscanf(p.Message, `unknown key "zzz%d"`, &i); err != nil {
				continue
			}
			found++
			require.LessOrEqual(t, p.Line, len(lines))
			at := string([]rune(lines[p.Line-1])[p.Column-1:])
			assert.Regexp(t, fmt.Sprintf(`^"?zzz%d`, i), at, "%s\nin\n%s", p, src)
		}
		if strings.Count(src, "run:")+strings.Count(src, "faults:") < 2 { // a second one isn't read
			assert.Equal(t, count, found, "in\n%s\n%v", src, problems)
		}
	})
}
