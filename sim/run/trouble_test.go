package run_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/run"
)

// A fault that found nobody, or nothing to change, is never taken for one that the
// market withstood.
func TestAFaultThatChangedNothingWasNotExercised(t *testing.T) {
	s := once(t, "cacheless",
		"faults=[{at: 60s, for: 5s, every: 30s, times: 3, partition: [[trader0], [warehouse]]}, "+
			"{at: 70s, for: 5s, loss: buyer*, chance: 50%}, "+
			"{at: 70s, partition: [[store], [warehouse]], for: 1s}, {at: 90s, crash: trader1}, {at: 91s, resign: trader1}]").Summary()
	require.Len(t, s.Faults, 5)
	result := map[string]string{}
	for _, f := range s.Faults {
		result[f.Fault] = f.Result
	}
	require.Equal(t, map[string]string{
		"partition of trader0 | warehouse": "bit",
		"loss of buyer*":                   "bit",
		"partition of store | warehouse":   "not exercised",
		"crash of trader1":                 "bit",
		"resignation of trader1":           "not exercised",
	}, result)
	require.Equal(t, uint64(3), s.Faults[0].Begun)
	text := written(t, &s)
	require.Contains(t, text, "  bit             partition of trader0 | warehouse: began 3 times, changed ")
	require.Contains(t, text, "  not exercised   resignation of trader1: began once, changed 0\n")
}

func TestARunWithoutFaultsSaysNothingOfThem(t *testing.T) {
	s := once(t, "cacheless").Summary()
	require.Empty(t, s.Faults)
	require.NotContains(t, written(t, &s), "Faults")
}

// written is a summary as it is printed.
func written(t *testing.T, s *run.Summary) string {
	t.Helper()
	var b strings.Builder
	require.NoError(t, s.WriteText(&b, "again"))
	return b.String()
}
