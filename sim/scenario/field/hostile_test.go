package field_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestHostileFiles reads what no one writes by hand. Each must be refused, with
// positions inside the file, and soon.
func TestHostileFiles(t *testing.T) {
	var laughs strings.Builder
	laughs.WriteString("version: 1\na: &a [x, x]\n")
	for i := range 40 {
		laughs.WriteString("b" + strconv.Itoa(i) + ": &b" + strconv.Itoa(i) + " [*a, *a]\n")
	}
	var keys strings.Builder
	keys.WriteString("version: 1\n")
	for i := range 8_000 {
		keys.WriteString("key" + strconv.Itoa(i) + ": 1\n")
	}
	for name, c := range map[string]struct{ src, want string }{
		"brackets":        {"a: " + strings.Repeat("[", 100_000), "too deeply nested"},
		"braces":          {"a: " + strings.Repeat("{a: ", 100_000), "too deeply nested"},
		"mixed brackets":  {strings.Repeat("[{a: ", 20_000), "too deeply nested"},
		"dashes":          {strings.Repeat("- ", 100_000), "too deeply nested"},
		"indentation":     {stairs(1000), "too deeply nested"},
		"tags":            {"a: " + strings.Repeat("!x ", 100_000), "tags (!name) are not supported"},
		"anchors":         {"a: " + strings.Repeat("&x ", 100_000), "anchors (&name) are not supported"},
		"question marks":  {strings.Repeat("? ", 100_000), `introduced by "?"`},
		"laughs":          {laughs.String(), "aliases (*name) are not supported here"},
		"many keys":       {keys.String(), "unknown key"},
		"keys on a line":  {"{version: 1, " + strings.ReplaceAll(keys.String()[11:], "\n", ", ") + "}", "unknown key"},
		"same keys":       {strings.Repeat("name: x\n", 5_000), "name is given twice"},
		"too many keys":   {strings.Repeat("a: x\n", 200_000), "more than 20000 keys"},
		"long text":       {"version: 1\nname: [" + strings.Repeat("x", 1_000_000) + "]", "name can't be a list"},
		"large":           {"version: 1\n" + strings.Repeat("# nothing\n", 200_000), "larger than 1 MiB"},
		"a NUL":           {"version: 1\nname: a\x00b\n", "not a text file"},
		"a picture":       {"\x89PNG\r\n\x1a\n\x00\x00", "not a text file"},
		"UTF-16":          {"\xff\xfev\x00e\x00", "not a text file"},
		"colons":          {strings.Repeat(": ", 50_000), ""},
		"commas":          {"a: [" + strings.Repeat(",", 50_000) + "]", ""},
		"quotes":          {"a: " + strings.Repeat("'", 49_999), ""},
		"documents":       {strings.Repeat("---\n", 50_000), ""},
		"closing":         {strings.Repeat("]", 50_000), ""},
		"literal headers": {strings.Repeat("a: |\n", 5_000), ""},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, problems := market().Read("f.yaml", []byte(c.src), nil)
			t.Log(time.Since(start))
			require.NotEmpty(t, problems)
			assert.Contains(t, problems.Error(), c.want)
			pointsInto(t, []byte(c.src), problems[:1])
			assert.Less(t, time.Since(start), 5*time.Second)
		})
	}
}

// stairs nests n mappings, one column each.
func stairs(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}
