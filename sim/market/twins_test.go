package market_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/actor"
	"souk/sim/market"
)

// The structures that things are looked up in, against maps.

func anyRequest(t *rapid.T, buyers int32, numbers uint32) market.RequestID {
	buyer := rapid.Int32Range(0, buyers-1).Draw(t, "buyer")
	return market.NewRequestID(actor.ID(buyer), rapid.Uint32Range(1, numbers).Draw(t, "number"))
}

func TestRequestTableAgreesWithAMap(t *testing.T) {
	property.Check(t, 200, func(t *rapid.T) {
		var table market.RequestTable[uint64]
		twin := map[market.RequestID]uint64{}
		for range 200 {
			id := anyRequest(t, 3, 20)
			value, known := twin[id]
			got, found := table.Get(id)
			require.Equal(t, known, found)
			require.Equal(t, value, got)
			if known && rapid.Bool().Draw(t, "drop") {
				delete(twin, id)
				table.Drop(id)
			} else {
				twin[id] = rapid.Uint64().Draw(t, "value")
				table.Put(id, twin[id])
			}
			require.Equal(t, len(twin), table.Values.Used())
		}
		for id, value := range twin {
			at := table.Find(id)
			require.Equal(t, value, *table.Values.At(at))
		}
	})
}

func TestRequestSetAgreesWithAMap(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) {
		set, twin := market.NewRequestSet(130), map[market.RequestID]bool{}
		for range 200 {
			id := anyRequest(t, 130, 200)
			require.Equal(t, twin[id], set.Has(id))
			if rapid.Bool().Draw(t, "add") {
				require.Equal(t, twin[id], set.Add(id))
				twin[id] = true
			}
		}
	})
}

func TestReceiptsAgreeWithAMapOfAnswersAndBounds(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) {
		var receipts market.Receipts[uint64]
		answers, over := map[market.RequestID]uint64{}, map[actor.ID]uint32{}
		for range 200 {
			id := anyRequest(t, 4, 20)
			done := rapid.Uint32Range(0, id.Number()).Draw(t, "done")
			receipts.Settle(id, done)
			over[id.Buyer()] = max(over[id.Buyer()], done)
			for other := range answers {
				if other.Buyer() == id.Buyer() && other.Number() < done {
					delete(answers, other)
				}
			}
			require.Equal(t, id.Number() < over[id.Buyer()], receipts.Over(id))
			want, known := answers[id]
			got, found := receipts.Find(id)
			require.Equal(t, known, found)
			require.Equal(t, want, got)
			if !receipts.Over(id) {
				answers[id] = rapid.Uint64().Draw(t, "answer")
				receipts.Keep(id, answers[id])
			}
		}
	})
}
