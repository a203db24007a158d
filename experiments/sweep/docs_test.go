package sweep

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"souk/scenarios"
	"souk/sim/market"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/traderless"
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

// The guide to the markets has a scenario that runs, a sweep that is sound, and
// every word of the protocol.
func TestTheGuideToTheMarkets(t *testing.T) {
	text, err := os.ReadFile("../../docs/markets.md")
	require.NoError(t, err)
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	require.Len(t, blocks, 2)
	doc, problems := scenario.Read("guide.yaml", []byte(blocks[0][1]), nil)
	require.NoError(t, problems.Err())
	report, err := run.Once(&doc.Config, run.Options{})
	require.NoError(t, err)
	require.Greater(t, report.Meter.Counts.Sales, uint64(100))
	require.Positive(t, report.Meter.Counts.Outcomes[market.TimedOut], "somebody was buying from the seller that died")

	plan, problems := Read("guide.yaml", []byte(blocks[1][1]), func(_, name string) ([]byte, string, error) {
		src, err := scenarios.Files.ReadFile(name + ".yaml")
		return src, name, err
	})
	require.NoError(t, problems.Err())
	require.Len(t, plan.Points, 4)
	for _, word := range traderless.MessageNames() {
		require.Contains(t, string(text), "`"+word, "the table of the protocol")
	}
}
