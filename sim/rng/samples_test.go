package rng

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// sample is a form of the table with arguments, and what is known of the law
// they make. Every form has at least one, so that the tests over all laws take
// in a new distribution by themselves.
type sample struct {
	family         string
	params         string // names, with commas: they tell the form
	args           [][]float64
	mean, variance float64
	cdf            func(x float64) float64 // nil if the law is discrete
}

func scalars(xs ...float64) [][]float64 {
	args := make([][]float64, len(xs))
	for i, x := range xs {
		args[i] = []float64{x}
	}
	return args
}

// continuousSamples and countSamples take their references from package math,
// which may be used in a test: nothing here must be equal to the last bit.
func continuousSamples() []sample {
	sigma := math.Log(3) / 2.3263478740408408
	lognormalMean := 100 * math.Exp(sigma*sigma/2)
	weibull := func(scale, shape float64) sample {
		g1, g2 := math.Gamma(1+1/shape), math.Gamma(1+2/shape)
		return sample{
			"weibull", "scale,shape", scalars(scale, shape), scale * g1, scale * scale * (g2 - g1*g1),
			func(x float64) float64 { return 1 - math.Exp(-math.Pow(x/scale, shape)) },
		}
	}
	normal := func(mean, sd float64) sample {
		z := mean / sd
		kept := math.Erfc(-z/math.Sqrt2) / 2
		hazard := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) / kept
		return sample{
			"normal", "mean,sd", scalars(mean, sd), mean + sd*hazard, sd * sd * (1 - z*hazard - hazard*hazard),
			func(x float64) float64 { return 1 - math.Erfc((x-mean)/sd/math.Sqrt2)/2/kept },
		}
	}
	erlangCDF := func(stages int, x float64) float64 {
		term, sum := 1.0, 1.0
		for k := 1; k < stages; k++ {
			term *= x / float64(k)
			sum += term
		}
		return 1 - math.Exp(-x)*sum
	}
	return []sample{
		{"constant", "value", scalars(2.5), 2.5, 0, nil},
		{"uniform", "min,max", scalars(2, 5), 3.5, 0.75, func(x float64) float64 { return (x - 2) / 3 }},
		{"exponential", "mean", scalars(4), 4, 16, func(x float64) float64 { return 1 - math.Exp(-x/4) }},
		normal(0, 3),
		normal(1, 1),
		normal(100, 15),
		{
			"lognormal", "median,p99", scalars(100, 300), lognormalMean, lognormalMean * lognormalMean * math.Expm1(sigma*sigma),
			func(x float64) float64 { return math.Erfc(-math.Log(x/100)/sigma/math.Sqrt2) / 2 },
		},
		{"lognormal", "mean,cv", scalars(20, 0.5), 20, 100, func(x float64) float64 {
			square := math.Log(1.25)
			return math.Erfc(-(math.Log(x/20)+square/2)/math.Sqrt(2*square)) / 2
		}},
		{"gamma", "mean,cv", scalars(3, math.Sqrt2), 3, 18, func(x float64) float64 { return math.Erf(math.Sqrt(x / 6)) }}, // shape 1/2
		{"gamma", "mean,cv", scalars(5, 0.5), 5, 6.25, func(x float64) float64 { return erlangCDF(4, x*4/5) }},             // shape 4
		{"gamma", "shape,scale", scalars(2.5, 2), 5, 10, func(x float64) float64 {
			r := math.Sqrt(x / 2)
			return math.Erf(r) - 2/math.SqrtPi*math.Exp(-x/2)*r*(1+x/3)
		}},
		{"erlang", "stages,mean", scalars(1, 2), 2, 4, func(x float64) float64 { return erlangCDF(1, x/2) }},
		{"erlang", "stages,mean", scalars(5, 2), 2, 0.8, func(x float64) float64 { return erlangCDF(5, x*5/2) }},
		weibull(3, 0.8),
		weibull(10, 2),
		{"pareto", "min,shape", scalars(2, 9), 2.25, 9.0 / 112, func(x float64) float64 { return 1 - math.Pow(2/x, 9) }},
		{"empirical", "values,weights", [][]float64{{5, 1, 2}, {1, 1, 2}}, 2.5, 2.25, nil},
		{"empirical", "values,weights", [][]float64{{0.5, 1.5, 4}, nil}, 2, 13.0 / 6, nil},
	}
}

func countSamples() []sample {
	return []sample{
		{"constant", "value", scalars(7), 7, 0, nil},
		{"uniform", "min,max", scalars(5, 10), 7.5, 35.0 / 12, nil},
		{"uniform", "min,max", scalars(0, 1<<40), 1 << 39, (1<<40 + 2) * math.Pow(2, 40) / 12, nil},
		{"empirical", "values,weights", [][]float64{{1, 10}, {9, 1}}, 1.9, 7.29, nil},
	}
}

// law is a sample and the distribution that its family built from it.
type law struct {
	sample
	Distribution
	name string
}

// laws builds every sample through the table, and fails if a form has none.
func laws(t testing.TB) []law {
	t.Helper()
	continuous := lawsOf(t, "", Families(), continuousSamples())
	return append(continuous, lawsOf(t, "count ", CountFamilies(), countSamples())...)
}

func lawsOf(t testing.TB, kind string, families []Family, samples []sample) []law {
	t.Helper()
	var all []law
	for _, family := range families {
		for _, form := range family.Forms {
			before := len(all)
			for _, s := range samples {
				if s.family == family.Name && s.params == paramNames(form) {
					d, err := form.Build(s.args)
					require.NoError(t, err)
					all = append(all, law{s, d, kind + s.family + describe(form, s.args)})
				}
			}
			require.Greater(t, len(all), before, "%s%s(%s) has no sample: add one to samples_test.go", kind, family.Name, paramNames(form))
		}
	}
	require.Len(t, all, len(samples), "a sample belongs to no form")
	return all
}

func paramNames(form Form) string {
	var names []string
	for _, p := range form.Params {
		names = append(names, p.Name)
	}
	return strings.Join(names, ",")
}

// describe prints arguments as (min=2,max=5) or (values=[1,2]).
func describe(form Form, args [][]float64) string {
	var parts []string
	for i, p := range form.Params {
		switch {
		case args[i] == nil:
		case p.List:
			parts = append(parts, p.Name+"="+strings.ReplaceAll(fmt.Sprint(args[i]), " ", ","))
		default:
			parts = append(parts, fmt.Sprintf("%s=%.4g", p.Name, args[i][0]))
		}
	}
	return "(" + strings.Join(parts, ",") + ")"
}
