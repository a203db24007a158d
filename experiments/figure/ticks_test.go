package figure

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// labels joins the labels of ticks; a mark without one is left out.
func labels(ticks []tick) string {
	var all []string
	for _, t := range ticks {
		if t.label != "" {
			all = append(all, plainSpaces(t.label))
		}
	}
	return strings.Join(all, " ")
}

func plainSpaces(s string) string {
	return strings.NewReplacer("\u00a0", "_", "\u2009", "'").Replace(s)
}

func TestLinearTicks(t *testing.T) {
	for _, c := range []struct {
		lo, hi   float64
		percent  bool
		most     int
		labels   string
		exponent int
	}{
		{0, 1, false, 7, "0.0 0.2 0.4 0.6 0.8 1.0", 0},
		{0, 83, false, 7, "0 20 40 60 80", 0},
		{-0.3, 0.3, false, 6, "−0.2 0.0 0.2", 0},
		{-0.3, 0.3, false, 7, "−0.3 −0.2 −0.1 0.0 0.1 0.2 0.3", 0},
		{0, 1, true, 7, "0_% 20_% 40_% 60_% 80_% 100_%", 0},
		{0, 0.012, true, 7, "0.0_% 0.2_% 0.4_% 0.6_% 0.8_% 1.0_% 1.2_%", 0},
		{0, 45000, false, 7, "0 10'000 20'000 30'000 40'000", 0},
		{0, 9000, false, 6, "0 2000 4000 6000 8000", 0},
		{0, 3.2e6, false, 4, "0 1 2 3", 6},
		{0, 3.2e-7, false, 4, "0 100 200 300", -9},
		{1e9, 1.1e9, false, 3, "1.00 1.05 1.10", 9},
		{100000, 100003, false, 4, "100'000 100'001 100'002 100'003", 0},
	} {
		ticks, exponent := linearTicks(c.lo, c.hi, c.percent, c.most)
		assert.Equal(t, c.labels, labels(ticks), "%g to %g", c.lo, c.hi)
		assert.Equal(t, c.exponent, exponent, "%g to %g", c.lo, c.hi)
	}
}

func TestLogTicks(t *testing.T) {
	for _, c := range []struct {
		lo, hi  float64
		percent bool
		most    int
		labels  string
	}{
		{1, 100, false, 8, "1 2 5 10 20 50 100"},
		{0.05, 2, false, 8, "0.05 0.1 0.2 0.5 1 2"},
		{1, 1000, false, 8, "1 10 100 1000"},
		{1e-6, 1e6, false, 8, "10⁻⁶ 10⁻⁴ 10⁻² 10⁰ 10² 10⁴ 10⁶"},
		{1e-6, 3e-4, false, 10, "10⁻⁶ 2·10⁻⁶ 5·10⁻⁶ 10⁻⁵ 2·10⁻⁵ 5·10⁻⁵ 10⁻⁴ 2·10⁻⁴"},
		{0.001, 0.1, true, 8, "0.1_% 0.2_% 0.5_% 1_% 2_% 5_% 10_%"},
		{3.2, 4.4, false, 8, "3.2 3.4 3.6 3.8 4.0 4.2 4.4"}, // too short for powers of ten
	} {
		ticks, exponent := logTicks(c.lo, c.hi, c.percent, c.most)
		assert.Equal(t, c.labels, labels(ticks), "%g to %g", c.lo, c.hi)
		assert.Zero(t, exponent)
	}
}

// TestTicksTellTheTruth: whatever the range, there are neither too many ticks
// nor too few, they are in order and on the axis, and their labels differ and
// name the value, but for the power of ten that stands in the title.
func TestTicksTellTheTruth(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 5000 {
		size := math.Pow(10, r.Float64()*24-12)
		lo := size * (r.Float64()*2 - 1)
		hi := lo + size*math.Pow(10, -5*r.Float64())
		percent := r.IntN(5) == 0 && size > 1e-4 && size < 100
		most := 2 + r.IntN(9)
		ticks, exponent := linearTicks(lo, hi, percent, most)
		require.LessOrEqual(t, len(ticks), most, "%g to %g", lo, hi)
		// Steps grow by a factor of 2.5 at the most.
		require.GreaterOrEqual(t, len(ticks), max(1, int(float64(most)/2.5)), "%g to %g, at most %d", lo, hi, most)
		last := math.Inf(-1)
		seen := map[string]bool{}
		for _, k := range ticks {
			require.Greater(t, k.value, last)
			last = k.value
			require.InDelta(t, (lo+hi)/2, k.value, (hi-lo)/2*(1+1e-6))
			require.False(t, seen[k.label], "%g to %g: %q twice", lo, hi, k.label)
			seen[k.label] = true

			text := strings.NewReplacer("−", "-", "\u2009", "", percentSign, "").Replace(k.label)
			shown, err := strconv.ParseFloat(text, 64)
			require.NoError(t, err)
			if percent {
				shown /= 100
			}
			require.InDelta(t, k.value, shown*math.Pow10(exponent), (hi-lo)*1e-6, "%q", k.label)
			require.LessOrEqual(t, len([]rune(text)), 12, "%q is too long", k.label)
		}
	}
}

func TestFewRoundPlacesAreLabelledThemselves(t *testing.T) {
	for _, c := range []struct {
		values  []float64
		percent bool
		labels  string
	}{
		{[]float64{1, 2, 3}, false, "1 2 3"},
		{[]float64{1, 2, 5, 10, 20, 50, 100}, false, "1 2 5 10 20 50 100"},
		{[]float64{0, 0.5, 1.25}, false, "0 0.5 1.25"},
		{[]float64{0.05, 0.5}, true, "5_% 50_%"},
		{[]float64{0.1 + 0.2}, false, "0.3"},
		{[]float64{1, 2.3456}, false, ""}, // not round
		{[]float64{1, 1e9}, false, ""},    // not short
		{[]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, false, ""},
	} {
		assert.Equal(t, c.labels, labels(measured(c.values, c.percent)), "%v", c.values)
	}
}

func TestAxisTitle(t *testing.T) {
	assert.Equal(t, "throughput [sales/s]", axisTitle(Axis{Title: "throughput", Unit: "sales/s"}, 0))
	assert.Equal(t, "throughput [10⁻⁶ sales/s]", axisTitle(Axis{Title: "throughput", Unit: "sales/s"}, -6))
	assert.Equal(t, "buyers [10⁹]", axisTitle(Axis{Title: "buyers"}, 9))
	assert.Equal(t, "buyers", axisTitle(Axis{Title: "buyers"}, 0))
	assert.Empty(t, axisTitle(Axis{}, 0))
}

func TestRangeOfAnAxis(t *testing.T) {
	for _, c := range []struct {
		name   string
		axis   Axis
		values []float64
		lo, hi float64
	}{
		{"data", Axis{}, []float64{2, 5, 3}, 2, 5},
		{"from zero", Axis{Zero: true}, []float64{2, 5}, 0, 5},
		{"up to zero", Axis{Zero: true}, []float64{-2, -5}, -5, 0},
		{"one value", Axis{}, []float64{10}, 9, 11},
		{"one value from zero", Axis{Zero: true}, []float64{10}, 0, 10},
		{"all zero", Axis{Percent: true}, []float64{0, 0}, 0, 1},
		{"almost equal", Axis{}, []float64{1e9, 1e9 + 1}, 9e8 - 0.1, 1.1e9 + 1.1},
		{"one value on a log axis", Axis{Log: true}, []float64{8}, 4, 16},
	} {
		lo, hi := reach(c.axis, c.values)
		assert.InDelta(t, c.lo, lo, 1e-9*(hi-lo), c.name)
		assert.InDelta(t, c.hi, hi, 1e-9*(hi-lo), c.name)
	}
	lo, hi := room(Axis{Percent: true}, 0, 0.99)
	assert.Equal(t, 0.0, lo, "nothing below zero")
	assert.Equal(t, 1.0, hi, "nothing above 100 %")
	_, hi = room(Axis{Percent: true}, 0, 1.02)
	assert.Greater(t, hi, 1.02, "but data are never cut")
}
