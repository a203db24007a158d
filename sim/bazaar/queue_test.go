package bazaar

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/actor"
)

// A trader's line agrees with a list that is sorted anew each time, in both
// orders, with as many ties as there can be.
func TestALineAgreesWithASortedList(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) {
		order := rapid.SampledFrom([]Order{Lamport, Arrival}).Draw(t, "order")
		office := &trader{cfg: &TraderConfig{Order: order}}
		office.waiting.first = office.before
		var want []int32
		for range 80 {
			if len(want) > 0 && rapid.IntRange(0, 2).Draw(t, "pop") == 0 {
				require.Equal(t, want[0], office.waiting.pop())
				want = want[1:]
				continue
			}
			j := job{
				stamp: rapid.Uint64Range(1, 4).Draw(t, "stamp"), from: actor.ID(rapid.Int32Range(0, 3).Draw(t, "from")),
				deposit: true,
			}
			office.enqueue(j)
			at := int32(office.jobs.Len() - 1)
			want = append(want, at)
			slices.SortStableFunc(want, func(a, b int32) int {
				x, y := office.jobs.At(a), office.jobs.At(b)
				switch {
				case order == Arrival:
					return int(a - b)
				case x.stamp != y.stamp:
					return int(x.stamp) - int(y.stamp)
				case x.from != y.from:
					return int(x.from) - int(y.from)
				}
				return int(a - b) // who came first
			})
		}
		for _, at := range want {
			require.Equal(t, at, office.waiting.pop())
		}
		require.Empty(t, office.waiting.jobs)
	})
}
