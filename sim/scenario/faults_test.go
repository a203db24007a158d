package scenario_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/rng"
	"souk/sim/scenario"
	"souk/sim/vtime"
)

// Every modifier arrives where it belongs; an entry without intensity is gone,
// and the others move up.
func TestFaultsAreReadWithTheirModifiers(t *testing.T) {
	doc, problems := scenario.Read("faults.yaml", []byte(`version: 1
faults:
- {at: 5s, clock_skew: peer0, offset: 0s}
- {at: 5s, clock_skew: peer0, offset: -1.5s, pick: one, for: 3s}
- {after_event: 77, reorder: all, chance: 25%, extra: 2s}
- {at: 5s, slow: warehouse, by: 2.5, for: 0s}
- {at: 5s, warehouse_errors: 0%}
- {at: 5s, warehouse_errors: 50%, every: 10s, for: 1s, times: 2}
`), nil)
	require.NoError(t, problems.Err())
	plans := doc.Config.World.Faults
	require.Len(t, plans, 3)
	require.Equal(t, -1500*vtime.Millisecond, plans[0].Offset)
	require.Equal(t, "clock skew of peer0", plans[0].New(0).String())
	require.True(t, plans[0].Clocked())
	require.EqualValues(t, 77, plans[1].AfterEvent)
	require.Equal(t, rng.ProbabilityOf(0.25), plans[1].Chance)
	require.InDelta(t, 2e9, plans[1].Extra.Mean(), 0)
	require.Equal(t, "errors of the warehouse", plans[2].New(0).String())
	require.Equal(t, 2, plans[2].Times)
}
