package sweep

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every key of a sweep file is in its guide.
func TestTheGuideKnowsEveryKey(t *testing.T) {
	text, err := os.ReadFile("../../docs/sweeps.md")
	require.NoError(t, err)
	keys := fields().Keys()
	for _, key := range plotFields().Keys() {
		keys = append(keys, "plots."+key)
	}
	for _, key := range keys {
		name := key[strings.LastIndexByte(key, '.')+1:]
		assert.Regexp(t, `(?m)(^|[ {])`+name+`: `, strings.ReplaceAll(string(text), ":\n", ": "), key)
	}
}
