package recipe_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/bench/recipe"
)

// TestQuantilesAreThoseOfTheExponential says where the file's numbers come from.
func TestQuantilesAreThoseOfTheExponential(t *testing.T) {
	q := recipe.NewExponential()
	last := len(q) - 1
	for i, got := range q[:last] {
		want := -math.Log1p(-float64(i)/float64(last)) * recipe.Second
		require.InDelta(t, want, got, 0.5+1e-5, "quantile %d", i)
	}
	// Beyond a quantile the distribution has mean 1 s: so has the last interval.
	require.Equal(t, q[last-1]+2*recipe.Second, q[last])
}

// TestWordsAndDelays pins the numbers that the other languages must draw.
func TestWordsAndDelays(t *testing.T) {
	s := recipe.Stream(1)
	q := recipe.NewExponential()
	var words []uint64
	var targets []uint32
	var delays []int64
	for range 3 {
		w := s.Next()
		words = append(words, w)
		targets = append(targets, recipe.Below(w, 1000))
		delays = append(delays, q.Delay(w))
	}
	require.Equal(t, []uint64{0x910a2dec89025cc1, 0xbeeb8da1658eec67, 0xf893a2eefb32555e}, words)
	require.Equal(t, []uint32{566, 745, 971}, targets)
	require.Equal(t, []int64{766131577, 505360965, 3976079676}, delays)
}

func TestDelaysHaveTheRightMean(t *testing.T) {
	s := recipe.Stream(1)
	q := recipe.NewExponential()
	const n = 1 << 20
	var sum int64
	for range n {
		sum += q.Delay(s.Next())
	}
	require.InDelta(t, recipe.Second, float64(sum)/n, recipe.Second*4.0/1024, "4 standard errors")
}

func TestTheOrderOfATieShowsInTheHashOnly(t *testing.T) {
	var ab, ba recipe.Tally
	ab.Add(7, 1)
	ab.Add(7, 2)
	ba.Add(7, 2)
	ba.Add(7, 1)
	require.NotEqual(t, ab.Hash, ba.Hash)
	require.Equal(t, ab.Sum, ba.Sum)
}

// BenchmarkDrawAndTally is what the recipe itself takes of an event's time, in
// every program alike.
func BenchmarkDrawAndTally(b *testing.B) {
	s := recipe.Stream(1)
	q := recipe.NewExponential()
	var t recipe.Tally
	for b.Loop() {
		word := s.Next()
		t.Add(q.Delay(word), recipe.Below(word, 1000))
	}
	b.ReportMetric(float64(t.Hash>>63), "bit")
}
