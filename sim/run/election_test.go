package run_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/vtime"
)

// The report's test case 1, whatever the delays: three elections, the highest
// ids first, ten seconds apart; deposits only after the settling wait.
func TestThreeTradersAreElectedTenSecondsApartOnEverySeed(t *testing.T) {
	for seed := range 100 {
		r := once(t, "multi-trader-election", fmt.Sprint("run.seed=", seed))
		turns := r.Meter.Turns
		require.Len(t, turns, 3, "seed %d", seed)
		for i, turn := range turns {
			require.Equal(t, market.Elected, turn.Kind)
			require.Equal(t, actor.ID(7-i), turn.Who, "seed %d", seed)
			if i > 0 {
				apart := turn.At.Sub(turns[i-1].At)
				require.InDelta(t, 10.05, apart.Seconds(), 0.05, "seed %d", seed)
			}
		}
		require.GreaterOrEqual(t, r.Meter.FirstWish.Sub(turns[2].At), 35*vtime.Second, "seed %d", seed)
	}
}

// One election for all three takes less time than three, and fewer messages
// but for the victories.
func TestElectingAllAtOnceIsFaster(t *testing.T) {
	inTurn := once(t, "multi-trader-election")
	atOnce := once(t, "multi-trader-election", "traders.election.mode=at-once")
	require.Less(t, atOnce.Meter.Elected, inTurn.Meter.Elected)
	require.Less(t, atOnce.World.Sent[0], inTurn.World.Sent[0])
	require.EqualValues(t, 1, atOnce.Meter.Counts.Elections)
	require.EqualValues(t, 3, inTurn.Meter.Counts.Elections)
}
