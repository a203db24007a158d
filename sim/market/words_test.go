package market_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/actor"
	"souk/sim/market"
)

func TestASplitLosesNoCent(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) {
		amount := market.Money(rapid.Int64Range(0, 1e12).Draw(t, "amount"))
		share := market.Share(rapid.IntRange(0, int(market.Whole)).Draw(t, "share"))
		part, rest := share.Split(amount)
		require.Equal(t, amount, part+rest)
		require.GreaterOrEqual(t, part, market.Money(0))
		require.GreaterOrEqual(t, rest, market.Money(0))
		// Rounded down: a cent more would be more than the share.
		require.LessOrEqual(t, part*market.Money(market.Whole), amount*market.Money(share))
		require.Greater(t, (part+1)*market.Money(market.Whole), amount*market.Money(share))
	})
}

func TestASplitByHand(t *testing.T) {
	for _, c := range []struct {
		share             market.Share
		amount, cut, rest market.Money
	}{
		{2000, 800, 160, 640},
		{2000, 4, 0, 4},
		{2000, 5, 1, 4},
		{3333, 100, 33, 67},
		{0, 7, 0, 7},
		{market.Whole, 7, 7, 0},
	} {
		cut, rest := c.share.Split(c.amount)
		require.Equal(t, []market.Money{c.cut, c.rest}, []market.Money{cut, rest}, "%d of %v", c.share, c.amount)
	}
}

func TestMoneyIsPrintedInDollars(t *testing.T) {
	for amount, want := range map[market.Money]string{
		0: "0.00 $", 5: "0.05 $", 640: "6.40 $", 100_000: "1000.00 $", -5: "-0.05 $", -640: "-6.40 $",
	} {
		require.Equal(t, want, amount.String())
	}
}

func TestARequestIDNamesBuyerAndNumber(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) {
		buyer := actor.ID(rapid.Int32Range(0, 1<<31-1).Draw(t, "buyer"))
		number := rapid.Uint32().Draw(t, "number")
		id := market.NewRequestID(buyer, number)
		require.Equal(t, buyer, id.Buyer())
		require.Equal(t, number, id.Number())
	})
	require.Equal(t, "7#12", market.NewRequestID(7, 12).String())
}

func TestEveryOutcomeHasItsName(t *testing.T) {
	names := map[string]bool{}
	for o := range market.Outcome(market.Outcomes) {
		require.NotEmpty(t, o.String())
		names[o.String()] = true
	}
	require.Len(t, names, market.Outcomes)
}

func TestARequestSetAgreesWithAMap(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) {
		set, twin := market.NewRequestSet(3), map[market.RequestID]bool{}
		draw := rapid.Custom(func(t *rapid.T) market.RequestID {
			return market.NewRequestID(actor.ID(rapid.Int32Range(0, 2).Draw(t, "buyer")), rapid.Uint32Range(1, 200).Draw(t, "number"))
		})
		for range 100 {
			r := draw.Draw(t, "request")
			require.Equal(t, twin[r], set.Has(r))
			if rapid.Bool().Draw(t, "add") {
				require.Equal(t, twin[r], set.Add(r), "Add says whether it was there before")
				twin[r] = true
			}
		}
		for buyer := range actor.ID(3) {
			for n := range uint32(260) {
				r := market.NewRequestID(buyer, n)
				require.Equal(t, twin[r], set.Has(r))
			}
		}
	})
}
