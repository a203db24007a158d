package program_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"souk/bench/program"
	"souk/bench/recipe"
)

func TestArgumentsAndReportsAreReadAsTheyAreWritten(t *testing.T) {
	job := program.Job{Workload: "hold", N: 1000, Warm: 10, Events: 20}
	read, err := program.Parse(append(job.Args(), "quantiles.txt"))
	require.NoError(t, err)
	require.Equal(t, job, read)

	report := program.Report{Events: 20, CPU: 1234 * time.Microsecond, Tally: recipe.Tally{Hash: 1 << 63, Sum: 7}, Heap: 99}
	again, err := program.ParseReport(report.String())
	require.NoError(t, err)
	require.Equal(t, report, again)
}

func TestWhatIsNoReportIsRefused(t *testing.T) {
	for _, line := range []string{
		"", "events 20", "events x cpu_ns 1 hash 0 sum 0", "events 1 cpu_ns 1 hash 0 sum 0 heap", "events 1 cpu_ns 1 hash 0 total 0",
	} {
		_, err := program.ParseReport(line)
		require.Error(t, err, line)
	}
	_, err := program.ParseReport("events 1 cpu_ns 1 hash 0 sum 0")
	require.NoError(t, err, "memory is optional")
	_, err = program.Parse([]string{"hold", "1e3", "1", "1"})
	require.Error(t, err)
}

func TestCPUTimeGrowsWithWork(t *testing.T) {
	began := program.CPU()
	for s := recipe.Stream(1); program.CPU()-began < 2*time.Millisecond; {
		s.Next()
	}
}
