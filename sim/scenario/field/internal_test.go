package field

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"souk/internal/property"
)

func TestNearest(t *testing.T) {
	keys := []string{"every", "mode", "warehouse_sync", "at", "for"}
	for typed, want := range map[string]string{
		"evry":           "every", // a letter missing
		"everry":         "every", // one too many
		"evrey":          "every", // two swapped
		"avery":          "every", // one wrong
		"Every":          "every",
		"warehouse-sync": "warehouse_sync",
		"warehosesynk":   "warehouse_sync",
		"warehs_sync":    "warehouse_sync", // as one speaks
		"ta":             "at",
		"x":              "",
		"sync":           "",
		"":               "",
	} {
		assert.Equal(t, want, Nearest(typed, keys), typed)
	}
}

// TestDistanceAgreesWithItsDefinition checks the table of distance against the
// recursion that it unrolls.
func TestDistanceAgreesWithItsDefinition(t *testing.T) {
	var slow func(a, b string) int
	slow = func(a, b string) int {
		if a == "" || b == "" {
			return len(a) + len(b)
		}
		i, j := len(a)-1, len(b)-1
		change := slow(a[:i], b[:j])
		if a[i] != b[j] {
			change++
		}
		best := min(change, slow(a[:i], b)+1, slow(a, b[:j])+1)
		if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
			best = min(best, slow(a[:i-1], b[:j-1])+1)
		}
		return best
	}
	word := rapid.StringMatching(`[abc]{0,5}`)
	property.Check(t, 100, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		assert.Equal(t, slow(a, b), distance(a, b))
	})
}

func TestNumerals(t *testing.T) {
	for text, want := range map[string]int64{
		"0": 0, "12": 12, "-3": -3, "+3": 3, "1_000": 1000, "1e3": 1000, "1.5e1": 15, "5.0": 5,
		"9223372036854775807": 9223372036854775807,
	} {
		got, ok := whole(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "x", "1.5", "007", "0x1", "1__0", "_1", "1_", "1e", "1e400", "1e30", ".5", "5.", "9223372036854775808", "1 000", "1,000"} {
		_, ok := whole(text)
		assert.False(t, ok, text)
	}
}

func TestFixedPoint(t *testing.T) {
	for text, want := range map[string]int64{
		"5": 500, "7.5": 750, "7.50": 750, "7.500": 750, "0.01": 1, "-1.25": -125, "-0.5": -50, "1_000.5": 100050,
	} {
		got, ok := fixed(text, 2)
		assert.True(t, ok, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "x", "0.001", "1e2", "99999999999999999999"} {
		_, ok := fixed(text, 2)
		assert.False(t, ok, text)
	}
}

// A tenth of a percent must be the same chance however it is written.
func TestPercentagesRoundOnce(t *testing.T) {
	for text, want := range map[string]float64{"0.1%": 0.001, "20%": 0.2, "0.3%": 0.003, "100%": 1, "0.07": 0.07} {
		got, ok := chance(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, got, text)
	}
}

func TestPaths(t *testing.T) {
	for _, text := range []string{"a", "a.b_c", "faults[0]", "faults[12].at", "a[0][1].b"} {
		p, ok := parsePath(text)
		assert.True(t, ok, text)
		assert.Equal(t, text, p.String())
	}
	for _, text := range []string{"", ".", "a.", ".a", "a[", "a[]", "a[x]", "a[-1]", "a[0", "a]", "[0]", "a b", "a[0]b", "a[99999999999]"} {
		_, ok := parsePath(text)
		assert.False(t, ok, text)
	}
}
