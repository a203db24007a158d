package sweep

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"souk/scenarios"
	"souk/sim/check"
	"souk/sim/fault"
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

// The guide to faults has a scenario that runs and in which each fault does
// something, and a line with an example for every kind, good in the markets that
// it names and refused in the others.
func TestTheGuideToFaults(t *testing.T) {
	text, err := os.ReadFile("../../docs/faults.md")
	require.NoError(t, err)
	block := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindStringSubmatch(string(text))
	doc, problems := scenario.Read("guide.yaml", []byte(block[1]), nil)
	require.NoError(t, problems.Err())
	report, err := run.Once(&doc.Config, run.Options{})
	require.NoError(t, err)
	for i, tally := range report.World.Faults {
		require.True(t, tally.Exercised(), "fault %d of the example: %+v", i, tally)
	}

	rows := regexp.MustCompile("(?m)^[|] `([a-z_]+)` [|].*[|] ([a-z, -]+) [|] `([{]at: .*[}])` [|]$").FindAllStringSubmatch(string(text), -1)
	require.Len(t, rows, len(fault.Kinds()))
	for _, k := range fault.Kinds() {
		i := slices.IndexFunc(rows, func(row []string) bool { return row[1] == k.Name })
		require.GreaterOrEqual(t, i, 0, k.Name)
		markets, example := rows[i][2], rows[i][3]
		require.Contains(t, example, k.Name+": ")
		for _, market := range []string{"bazaar", "traderless", "peer-to-peer"} {
			entry := example
			if market != "bazaar" {
				entry = regexp.MustCompile(`trader0|trader1|warehouse\b`).ReplaceAllStringFunc(entry, func(who string) string {
					return map[string]string{"trader0": "peer0", "trader1": "peer1", "warehouse": "peer2"}[who]
				})
			}
			if market == "traderless" {
				entry = strings.ReplaceAll(entry, ", memory: lost", "")
			}
			src := "version: 1\nmarket: " + market + "\nfaults: [" + entry + "]\n"
			if market == "bazaar" {
				src += "traders: {count: 2}\n"
			}
			_, problems := scenario.Read("row.yaml", []byte(src), nil)
			require.Equal(t, markets == "all" || strings.Contains(markets, market), len(problems) == 0, "%s in %s: %v", k.Name, market, problems)
		}
	}
}

// The guide to checking has a scenario that meets its expectations, chaos that
// comes, and a row for every invariant and every measure of what goes wrong.
func TestTheGuideToChecking(t *testing.T) {
	text, err := os.ReadFile("../../docs/checking.md")
	require.NoError(t, err)
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	require.Len(t, blocks, 2)
	for _, block := range blocks {
		doc, problems := scenario.Read("guide.yaml", []byte(block[1]), nil)
		require.NoError(t, problems.Err())
		expect, problems := run.Expectations(doc)
		require.NoError(t, problems.Err())
		report, err := run.Once(&doc.Config, run.Options{Expect: expect})
		require.NoError(t, err)
		summary := report.Summary()
		require.NotEmpty(t, summary.Faults)
		for _, j := range summary.Expectations {
			require.Equal(t, run.Met, j.Outcome, "%s: %s %s", j.Expectation, j.Measured, j.Note)
		}
	}
	for _, name := range check.Names() {
		require.Regexp(t, `(?m)^[|].*\b`+name.ID+`\b.*[|]`, string(text), name.ID)
	}
}
