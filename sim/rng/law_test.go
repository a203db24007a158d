package rng

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// eachLaw runs a test on every distribution and form of the table.
func eachLaw(t *testing.T, test func(t *testing.T, law law)) {
	for _, law := range laws(t) {
		t.Run(law.name, func(t *testing.T) { test(t, law) })
	}
}

func TestMomentsAreThoseOfTheFormula(t *testing.T) {
	eachLaw(t, func(t *testing.T, law law) {
		assert.InEpsilon(t, law.mean, law.Mean(), 1e-12)
		assert.InDelta(t, law.variance, law.Variance(), 1e-12*law.variance)
	})
}

func TestMomentsOfTheDrawsAreThoseOfTheLaw(t *testing.T) {
	const n, errors = 100_000, 4 // standard errors allowed
	eachLaw(t, func(t *testing.T, law law) {
		stream := NewStream(2, "moments", 0)
		off := make([]float64, n) // from the mean that the law claims
		var mean, second, fourth float64
		for i := range off {
			off[i] = law.Draw(&stream) - law.Mean()
			mean += off[i] / n
		}
		for _, x := range off {
			square := (x - mean) * (x - mean)
			second += square / n
			fourth += square * square / n
		}
		assert.LessOrEqual(t, math.Abs(mean), errors*math.Sqrt(law.Variance()/n))
		assert.LessOrEqual(t, math.Abs(second-law.Variance()), errors*math.Sqrt((fourth-second*second)/n))
	})
}

// Kolmogorov and Smirnov: the largest gap between the share of draws below x
// and its probability is under 1.95/sqrt(n) in 999 of 1000 samples.
func TestDrawsFollowTheLaw(t *testing.T) {
	const n = 20_000
	eachLaw(t, func(t *testing.T, law law) {
		if law.cdf == nil {
			return // discrete: it has a test of its own
		}
		stream := NewStream(3, "shape", 0)
		draws := make([]float64, n)
		for i := range draws {
			draws[i] = law.Draw(&stream)
		}
		slices.Sort(draws)
		gap := 0.0
		for i, x := range draws {
			p := law.cdf(x)
			gap = max(gap, p-float64(i)/n, float64(i+1)/n-p)
		}
		assert.Less(t, gap, 1.95/math.Sqrt(n))
	})
}

func TestEveryDrawTakesOneWord(t *testing.T) {
	eachLaw(t, func(t *testing.T, law law) {
		stream := NewStream(4, "words", 0)
		want := stream
		for range 1000 {
			want.Uint64()
			law.Draw(&stream)
			require.Equal(t, want, stream)
		}
	})
}

func TestDrawsGrowWithTheWord(t *testing.T) {
	eachLaw(t, func(t *testing.T, law law) {
		if law.family == "gamma" || law.family == "erlang" {
			return // drawn by rejection: the word is only a seed
		}
		type draw struct {
			word  uint64
			value float64
		}
		stream := NewStream(5, "order", 0)
		draws := make([]draw, 10_000)
		for i := range draws {
			twin := stream
			draws[i] = draw{twin.Uint64(), law.Draw(&stream)}
		}
		slices.SortFunc(draws, func(a, b draw) int { return cmp.Compare(a.word, b.word) })
		for i := range draws[1:] {
			require.LessOrEqual(t, draws[i].value, draws[i+1].value)
		}
	})
}

func TestDrawingAllocatesNothing(t *testing.T) {
	eachLaw(t, func(t *testing.T, law law) {
		stream := NewStream(6, "memory", 0)
		assert.Zero(t, testing.AllocsPerRun(100, func() { law.Draw(&stream) }))
	})
}

// Whatever a user writes, a form either refuses it or makes a law whose draws
// and moments are numbers, zero or above.
func TestNoParametersMakeNonsense(t *testing.T) {
	stream := NewStream(7, "fuzz", 0)
	arg := func() []float64 {
		switch x := math.Exp(80*stream.Float64() - 40); stream.IntN(8) {
		case 0, 1, 2:
			return []float64{math.Floor(x)}
		case 3:
			return []float64{math.Pow(x, 17)} // up to the ends of float64's range
		case 4:
			return []float64{x * 1e-3, x, x * 10}
		default:
			return []float64{x}
		}
	}
	check := func(family Family, form Form) (built bool) {
		args := make([][]float64, len(form.Params))
		for i := range args {
			args[i] = arg()
		}
		d, err := form.Build(args)
		if err != nil {
			assert.Nil(t, d)
			return false
		}
		name := family.Name + describe(form, args)
		require.GreaterOrEqual(t, d.Mean(), 0.0, name)
		require.GreaterOrEqual(t, d.Variance(), 0.0, name)
		for range 20 {
			require.GreaterOrEqual(t, d.Draw(&stream), 0.0, name)
		}
		return true
	}
	for _, family := range append(Families(), CountFamilies()...) {
		for _, form := range family.Forms {
			built := 0
			for range 500 {
				if check(family, form) {
					built++
				}
			}
			assert.Greater(t, built, 10, "%s(%s) refuses nearly everything", family.Name, paramNames(form))
		}
	}
}

func TestAHeavyTailHasInfiniteMoments(t *testing.T) {
	assert.Equal(t, math.Inf(1), pareto{1, 1}.Mean())
	assert.Equal(t, 3.0, pareto{1, 1.5}.Mean())
	assert.Equal(t, math.Inf(1), pareto{1, 2}.Variance())
	assert.Equal(t, 0.75, pareto{1, 3}.Variance())
}

func TestALognormalLawHasTheQuantilesAskedFor(t *testing.T) {
	d := LognormalMedianP99(100, 300)
	stream := NewStream(8, "quantiles", 0)
	const n = 100_000
	var belowMedian, belowP99 float64
	for range n {
		x := d.Draw(&stream)
		if x < 100 {
			belowMedian++
		}
		if x < 300 {
			belowP99++
		}
	}
	assert.InDelta(t, 0.5, belowMedian/n, 4*math.Sqrt(0.25/n))
	assert.InDelta(t, 0.99, belowP99/n, 4*math.Sqrt(0.0099/n))
}

// frequencies draws n times and counts each value.
func frequencies(d Distribution, n int) map[float64]float64 {
	stream := NewStream(9, "frequencies", 0)
	count := map[float64]float64{}
	for range n {
		count[d.Draw(&stream)]++
	}
	return count
}

func TestUniformIntGivesEveryNumberFromMinToMaxAlike(t *testing.T) {
	const n = 60_000
	count := frequencies(UniformInt(5, 10), n)
	assert.Len(t, count, 6)
	for x := 5.0; x <= 10; x++ {
		assert.InDelta(t, n/6, count[x], 4*math.Sqrt(n*5.0/36), "%g", x)
	}
}

func TestEmpiricalGivesEveryValueByItsWeight(t *testing.T) {
	const n = 100_000
	d, err := newEmpirical([]float64{9, 2, 4, 6, 2}, []float64{0, 1, 5, 0, 4})
	require.NoError(t, err)
	count := frequencies(d, n)
	assert.Len(t, count, 2, "a weight of 0 is never drawn, first or last")
	assert.InDelta(t, 0.5, count[2]/n, 4*math.Sqrt(0.25/n), "given twice: 1 + 4 of 10")
	assert.InDelta(t, 0.5, count[4]/n, 4*math.Sqrt(0.25/n))
}
