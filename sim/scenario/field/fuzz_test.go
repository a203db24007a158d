package field_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"souk/sim/scenario/field"
)

// FuzzRead holds what must be true of every file and override: no panic, every
// problem points into the file, and an explained file means the same.
func FuzzRead(f *testing.F) {
	names, err := filepath.Glob("testdata/*.txt")
	require.NoError(f, err)
	for _, name := range names {
		raw, err := os.ReadFile(name)
		require.NoError(f, err)
		for i, part := range strings.Split(string(raw), rule) {
			if i%2 == 0 {
				f.Add([]byte(part), "traders.count", "12")
			}
		}
	}
	f.Add([]byte("version: 1\nfaults: [{at: 5s}]"), "faults[0].at", "2s")
	f.Add([]byte("version: 1\r\nname: \"\\u00e9\\x41\\n\"\r\n"), "buyers.think.lognormal.p99", "20ms")
	f.Add([]byte("\xef\xbb\xbfversion: 1"), "name", "\"a: b # c\"")
	f.Add([]byte("version: 1\nabout: >-\n  folded\n  text\n"), "traders.service", "{constant: 2ms}")
	table := market()
	f.Fuzz(func(t *testing.T, src []byte, key, value string) {
		doc, problems := table.Read("f.yaml", src, []field.Override{{Key: key, Value: value}})
		pointsInto(t, src, problems)
		pointsInto(t, src, append(problems, doc.Problem(key, "x", "")))
		if len(problems) > 0 {
			return
		}
		again := reread(t, table, doc)
		assert.Equal(t, doc.Config, again.Config)
		assert.Equal(t, doc.Canonical(), again.Canonical())
	})
}

// reread explains a document and reads the explanation.
func reread(t *testing.T, table *field.Table[config], doc *field.Document[config]) *field.Document[config] {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, doc.Explain(&out))
	again, problems := table.Read("explained.yaml", out.Bytes(), nil)
	require.NoError(t, problems.Err(), "in\n%s", out.String())
	return again
}

// pointsInto checks that every problem has a place in the file, or stands for
// an override, and that it can be printed.
func pointsInto(t *testing.T, src []byte, problems field.Problems) {
	t.Helper()
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(string(src), "\ufeff"))
	lines := strings.Split(text, "\n")
	for _, p := range problems {
		assert.NotEmpty(t, p.Message)
		assert.True(t, utf8.ValidString(p.String()), "%q", p.String())
		if p.Line == 0 {
			assert.True(t, strings.HasPrefix(p.File, "--set "))
			continue
		}
		require.LessOrEqual(t, p.Line, len(lines))
		width := len([]rune(lines[p.Line-1]))
		assert.GreaterOrEqual(t, p.Column, 1)
		assert.GreaterOrEqual(t, p.Length, 1)
		assert.LessOrEqual(t, p.Column+p.Length-1, max(width, p.Column))
		assert.LessOrEqual(t, p.Column, width+1)
	}
}
