package bazaar

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/market"
)

// What every event copies is a whole number of 16 bytes, as the comments at the
// padding say. On 32-bit machines pointers are shorter, and speed is not the point.
func TestWhatIsCopiedMostIsCopiedFast(t *testing.T) {
	if reflect.TypeFor[*int]().Size() < 8 {
		t.Skip("a 32-bit machine")
	}
	require.Zero(t, reflect.TypeFor[Message]().Size()%16)
	require.Zero(t, reflect.TypeFor[market.Fact]().Size()%16)
}
