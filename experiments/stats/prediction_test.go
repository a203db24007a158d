package stats_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/experiments/stats"
)

// upTo returns n, n-1, ..., 1: unsorted, and each value is its own rank.
func upTo(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(n - i)
	}
	return x
}

// The ranks by the definition, in whole numbers: the largest r for which the
// coverage (n+1-2r)/(n+1) is at least so many thousandths.
func TestThePredictionTakesTheInnermostRanksThatDo(t *testing.T) {
	for _, thousandths := range []int{500, 800, 900, 950, 990} {
		first := 0
		for n := 2; n <= 1000; n++ {
			want := 0
			for r := 1; 2*r <= n && 1000*(n+1-2*r) >= thousandths*(n+1); r++ {
				want = r
			}
			got, method := stats.Predict(upTo(n), stats.Setting{Confidence: float64(thousandths) / 1000})
			if want == 0 {
				require.Equal(t, stats.StudentT, method, "n=%d at %d", n, thousandths)
				continue
			}
			if first == 0 {
				first = n
			}
			require.Equal(t, stats.OrderStatistics, method, "n=%d at %d", n, thousandths)
			require.Equal(t, stats.Interval{Low: float64(want), High: float64(n + 1 - want)}, got, "n=%d", n)
		}
		require.Equal(t, 2000/(1000-thousandths)-1, first, "first n at %d", thousandths)
	}
}

func TestWithFewRunsThePredictionIsStudents(t *testing.T) {
	// 1, 2, 3: mean 2, s = 1, and t is 4.3026527297495 with 2 degrees of freedom.
	half := 4.3026527297495 * math.Sqrt(4.0/3)
	got, method := stats.Predict([]float64{3, 1, 2}, at95)
	require.Equal(t, stats.StudentT, method)
	near(t, 2-half, 2+half, got, 1e-10)
}

func TestAShareIsPredictedInItsRange(t *testing.T) {
	got, _ := stats.Predict([]float64{0, 0.5, 1}, asShare(0))
	require.Equal(t, stats.Interval{Low: 0, High: 1}, got)
	got, _ = stats.Predict([]float64{0, 0.5, 1}, at95)
	require.True(t, got.Low < 0 && got.High > 1)
}

func TestThePredictionLeavesOutWhatIsUnknown(t *testing.T) {
	x := append(upTo(38), nan, inf)
	_, method := stats.Predict(x, at95)
	require.Equal(t, stats.StudentT, method, "38 known values are too few for ranks")
	got, method := stats.Predict(append(x, 39), at95)
	require.Equal(t, stats.OrderStatistics, method)
	require.Equal(t, stats.Interval{Low: 1, High: 39}, got)
}

func TestThePredictionHoldsItsConfidence(t *testing.T) {
	r := source(1)
	skewed := func() float64 { return math.Exp(1.5 * r.NormFloat64()) }
	for _, c := range []struct {
		name   string
		n      int
		chance float64
		one    func() float64
	}{
		{"ranks, exactly 95 %", 39, 38.0 / 40, skewed},
		{"ranks, the second ones", 79, 76.0 / 80, skewed},
		{"ranks, more than asked for", 60, 59.0 / 61, skewed},
		{"Student's", 10, 0.95, r.NormFloat64},
		{"Student's", 2, 0.95, r.NormFloat64},
	} {
		t.Run(c.name, func(t *testing.T) {
			requireChance(t, c.chance, 10000, func() bool {
				i, _ := stats.Predict(draw(c.n, c.one), at95)
				return i.Holds(c.one())
			})
		})
	}
}

// Whole numbers tie: the ranks then hold at least what they say.
func TestThePredictionOfCountsHoldsAtLeastItsConfidence(t *testing.T) {
	r := source(2)
	die := func() float64 { return float64(1 + r.IntN(6)) }
	got, sd := share(10000, 0.95, func() bool {
		i, _ := stats.Predict(draw(79, die), at95)
		return i.Holds(die())
	})
	require.Greater(t, got, 0.95-3*sd)
}
