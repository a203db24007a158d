package metrics_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/market"
	"souk/sim/metrics"
	"souk/sim/vtime"
)

func TestARequestCountsWhereItIsMadeAndWhereItEnds(t *testing.T) {
	m := metrics.New(metrics.Setting{Actors: int(actors), Items: 2})
	p := metrics.NewPhases(m)
	p.Add("morning", 0, 10*vtime.Second)
	p.Add("noon", 10*vtime.Second, 20*vtime.Second)
	p.Add("day", 0, vtime.Minute)
	new(tale).elected(tim, 0).at(1).deposit(salt, 5).
		at(8).wish(ann, 1, 2).wish(bob, 1, 9).
		at(9).sold(tim, ann, 1, 2).
		at(10).bought(tim, ann, 1, 2, 8). // the first instant of noon
		at(12).trader(market.Denied, tim, 0, bob, 1, 9).failed(tim, bob, 1, market.RejectedOutOfStock).
		at(13).wish(bob, 2, 1).trader(market.Denied, tim, 0, bob, 2, 1).failed(tim, bob, 2, market.RejectedOutOfStock).
		at(19).happens(market.Closing, actors).sold(tim, bob, 3, 1).
		show(m, p)

	morning, noon, day := &p.List[0], &p.List[1], &p.List[2]
	require.EqualValues(t, []uint64{2, 1, 3}, []uint64{morning.Issued, noon.Issued, day.Issued})
	require.EqualValues(t, []uint64{1, 0, 1}, []uint64{morning.Sales, noon.Sales, day.Sales}, "the drain is in no phase")
	require.Zero(t, morning.Outcomes)
	require.EqualValues(t, 1, noon.Outcomes[market.Fulfilled])
	require.EqualValues(t, 2, noon.Outcomes[market.RejectedOutOfStock])
	require.EqualValues(t, 1, noon.Undersold, "only one of the two could have been filled")
	require.Equal(t, 2*vtime.Second, noon.Latency.Quantiles().Max)
	require.Equal(t, vtime.Time(0).Add(9*vtime.Second), day.LastSale)
	require.EqualValues(t, 2, day.UnitsSold)
}
