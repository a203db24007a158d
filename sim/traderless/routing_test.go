package traderless

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/market"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// view is a replica of four sellers of which the first three could fill an
// order for two units, and two are equally good by each policy.
func view() *replica {
	at := func(stock int32, price market.Money, roundTrip vtime.Duration) row {
		return row{tie: joined, heard: true, stock: stock, price: price, roundTrip: roundTrip}
	}
	return &replica{rows: []row{at(5, 700, 9), at(9, 500, 3), at(9, 500, 3), at(1, 100, 1)}}
}

func TestEachPolicyPrefersWhatItSays(t *testing.T) {
	for i, policy := range Routings() {
		draw := rng.NewStream(1, "test", i)
		got := [4]int{}
		for range 3000 {
			got[view().choose(&order{Number: 1, Qty: 2}, false, &policy, &draw)]++
		}
		require.Zero(t, got[3], "%s: one unit is not enough", policy.Name)
		want := [3]int{0, 1500, 1500}
		if policy.Name == "random" {
			want = [3]int{1000, 1000, 1000}
		}
		for k, n := range want {
			require.InDelta(t, n, got[k], 120, "%s, seller %d: ties are broken evenly", policy.Name, k)
		}
	}
}

func TestOnlySellersThatCouldFillAnOrderAreAsked(t *testing.T) {
	policy := &Routings()[0]
	draw := rng.NewStream(1, "test", 0)
	for about, spoil := range map[string]func(*row){
		"apart": func(r *row) { r.tie = apart }, "calling": func(r *row) { r.tie = calling }, "parted": func(r *row) { r.tie = parted },
		"unheard": func(r *row) { r.heard = false }, "refused": func(r *row) { r.refused = 7 }, "other item": func(r *row) { r.item = 1 },
		"too few": func(r *row) { r.stock = 1 },
	} {
		r := view()
		for i := range r.rows {
			spoil(&r.rows[i])
		}
		require.Equal(t, -1, r.choose(&order{Number: 7, Qty: 2}, false, policy, &draw), about)
	}
	require.Equal(t, 3, view().choose(&order{Number: 1, Qty: 20}, true, &Policy{better: func(a, b *row) bool { return a.stock < b.stock }}, &draw), "partial: one unit will do")
}

// Whatever the policy, a choice takes one word of the stream, so that policies
// can be compared on common random numbers.
func TestAChoiceTakesOneWord(t *testing.T) {
	for _, policy := range Routings() {
		for _, quantity := range []int32{1, 2, 99} {
			a, b := rng.NewStream(5, "test", 0), rng.NewStream(5, "test", 0)
			view().choose(&order{Number: 1, Qty: quantity}, false, &policy, &a)
			b.Uint64()
			require.Equal(t, b.Uint64(), a.Uint64(), policy.Name)
		}
	}
}

// Sellers that tell their stock every so often do not do it in step.
func TestBroadcastsHaveTheirOwnPhase(t *testing.T) {
	period := 5 * vtime.Second
	var least, most vtime.Duration = period, 0
	for id := range 40 {
		phase := phaseOf(&Config{BroadcastEvery: period}, id)
		least, most = min(least, phase), max(most, phase)
		require.Less(t, phase, period)
	}
	require.Less(t, least, period/5)
	require.Greater(t, most, 4*period/5)
}
