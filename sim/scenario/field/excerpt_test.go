package field_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestCaretsStandUnderTheMistake covers what makes columns on a screen differ
// from characters in a file.
func TestCaretsStandUnderTheMistake(t *testing.T) {
	for name, c := range map[string]struct{ line, want string }{
		"plain":            {"loss: x", "loss: x\n      ^"},
		"a tab":            {"loss:\tx", "loss:\tx\n     \t^"},
		"accents":          {"{name: é, loss: x}", "{name: é, loss: x}\n                ^"},
		"combining marks":  {"{name: e\u0301, loss: x}", "{name: e\u0301, loss: x}\n                ^"},
		"wide characters":  {"{name: 日本, loss: x}", "{name: 日本, loss: x}\n                   ^"},
		"a wide mistake":   {"loss: 日本", "loss: 日本\n      ^^^^"},
		"hidden direction": {"loss: a\u202eb", "loss: a\ufffdb\n      ^^^"},
		"an escape":        {"loss: a\x1b[31m", "loss: a\ufffd[31m\n      ^^^^^^"},
		"quotes":           {`loss: "x y" # why`, `loss: "x y" # why` + "\n      ^^^^^"},
		"open end": {
			"loss: " + strings.Repeat("x", 200),
			"loss: " + strings.Repeat("x", 93) + "…\n      " + strings.Repeat("^", 94),
		},
		"far right": {
			"about: " + strings.Repeat("a", 200) + "\nloss: x",
			"loss: x\n      ^",
		},
		"in the middle": {
			"{about: " + strings.Repeat("a", 100) + ", loss: x, name: " + strings.Repeat("b", 100) + "}",
			"…" + strings.Repeat("a", 24) + ", loss: x, name: " + strings.Repeat("b", 57) + "…\n" + strings.Repeat(" ", 33) + "^",
		},
		"at the end": {
			"{about: " + strings.Repeat("a", 100) + ", loss: x}",
			"…" + strings.Repeat("a", 89) + ", loss: x}\n" + strings.Repeat(" ", 98) + "^",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := market().Read("f.yaml", []byte(c.line+"\n"), nil)
			excerpt := ""
			for _, p := range problems {
				if !strings.Contains(p.Message, "missing") {
					excerpt = p.Excerpt
				}
			}
			lines := strings.Split(excerpt, "\n")
			require.Len(t, lines, 3)
			_, line, _ := strings.Cut(lines[0], " | ")
			_, caret, _ := strings.Cut(lines[1], " | ")
			assert.Equal(t, c.want, line+"\n"+caret)
		})
	}
}
