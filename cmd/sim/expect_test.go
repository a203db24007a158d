package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

// The exit code says what came of what a scenario expects, whatever is printed.
func TestTheExitCodeTellsWhatCameOfExpectations(t *testing.T) {
	for _, c := range []struct {
		expect string
		exit   int
		said   string
	}{
		{"[oversell <= 0%, always: no-oversell]", exitOK, ""},
		{"[oversell <= 0%, always: down <= 1]", exitInconclusive, "sim: 1 of 2 expectations: inconclusive\n"},
		{"[issued < 1, always: down <= 1, oversell <= 0%]", exitBroken, "sim: 1 of 3 expectations: not met\n"},
		{"[thruput >= 1/s]", exitUsage, "--set expect=[thruput >= 1/s]: nothing is called \"thruput\"\n   hint: did you mean \"throughput\"? `sim list --expect` names what can be expected\n1 problem; nothing was run.\n"},
		{"[isued < 1]", exitUsage, "--set expect=[isued < 1]: nothing is called \"isued\"\n   hint: did you mean \"issued\"? `sim list --expect` names what can be expected\n1 problem; nothing was run.\n"},
	} {
		for _, flag := range []string{"--quiet", "--json", ""} {
			args := []string{"run", "cacheless", "--set", "expect=" + c.expect}
			if flag != "" {
				args = append(args, flag)
			}
			var stdout, stderr bytes.Buffer
			require.Equal(t, c.exit, command(args, &stdout, &stderr), "%s %s", c.expect, flag)
			require.Equal(t, c.said, stderr.String())
			require.Equal(t, flag == "--quiet" || c.exit == exitUsage, stdout.Len() == 0)
		}
	}
}

func TestASweepAndAComparisonIgnoreExpectations(t *testing.T) {
	var stdout, stderr bytes.Buffer
	args := []string{"compare", "cacheless", "trader-crash", "-n", "2", "-q", "--results", t.TempDir(), "--set", "expect=[issued < 1]"}
	require.Equal(t, exitOK, command(args, &stdout, &stderr), stderr.String())
}
