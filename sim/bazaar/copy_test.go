package bazaar

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/market"
)

// A copy of a snapshot has rows of its own: whoever receives the first gives
// its memory back, and the next snapshot is written into it.
func TestACopyOfASnapshotIsNotOverwritten(t *testing.T) {
	b := &Bazaar{}
	first := Message{Kind: Snapshot, Rows: b.borrow()}
	*first.Rows = append(*first.Rows, market.Stock{Row: 7})
	second := b.Copy(&first)
	b.giveBack(first.Rows)
	third := b.borrow()
	*third = append(*third, market.Stock{Row: 9})
	require.Equal(t, []market.Stock{{Row: 7}}, *second.Rows)
	require.Equal(t, Message{Kind: Buy}, b.Copy(&Message{Kind: Buy}))
}
