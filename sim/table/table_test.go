package table_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/table"
)

// The tables, against a map and a list.

func TestHashAgreesWithAMap(t *testing.T) {
	property.Check(t, 200, func(t *rapid.T) {
		var h table.Hash[uint64]
		twin := map[uint64]uint64{}
		// Keys that differ in high bits only, or in low ones, or in both.
		step := rapid.SampledFrom([]uint64{1, 1 << 32, 1<<32 + 1, 1 << 60}).Draw(t, "step")
		for range 200 {
			key := step * rapid.Uint64Range(1, 15).Draw(t, "key")
			value, known := twin[key]
			got := h.Find(key)
			require.Equal(t, known, got != nil)
			if known {
				require.Equal(t, value, *got)
			}
			switch rapid.IntRange(0, 20).Draw(t, "do") {
			case 0:
				clear(twin)
				h.Clear()
			case 1, 2, 3, 4, 5, 6, 7, 8:
				delete(twin, key)
				was, had := h.Drop(key)
				require.Equal(t, known, had)
				require.Equal(t, value, was)
			default:
				at, added := h.At(key)
				require.Equal(t, !known, added)
				require.Equal(t, value, *at)
				twin[key] = rapid.Uint64().Draw(t, "value")
				*at = twin[key]
			}
			require.Equal(t, len(twin), h.Len())
		}
		for key, value := range twin {
			require.Equal(t, value, *h.Find(key))
		}
	})
}

func TestKeyZeroIsNoKey(t *testing.T) {
	var h table.Hash[int]
	require.Nil(t, h.Find(0))
	require.Panics(t, func() { h.At(0) })
}

func TestSparseAgreesWithAList(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) {
		const places = 130
		sparse, twin := table.NewSparse[int](places), make([]int, places)
		for range 100 {
			at := rapid.IntRange(0, places-1).Draw(t, "at")
			require.Equal(t, twin[at], sparse.Get(at))
			if rapid.Bool().Draw(t, "write") {
				twin[at] = rapid.Int().Draw(t, "value")
				*sparse.At(at) = twin[at]
			}
		}
	})
}
