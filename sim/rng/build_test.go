package rng

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// formOf finds a form of the table by the names of its parameters.
func formOf(t *testing.T, families []Family, name, params string) Form {
	t.Helper()
	for _, family := range families {
		for _, form := range family.Forms {
			if family.Name == name && paramNames(form) == params {
				return form
			}
		}
	}
	require.Fail(t, "no such form", "%s(%s)", name, params)
	return Form{}
}

func TestWrongParametersAreRefusedInTheUsersWords(t *testing.T) {
	for _, c := range []struct {
		family, params string
		args           [][]float64
		want           string
	}{
		{"constant", "value", scalars(-1), "value must not be negative"},
		{"constant", "value", scalars(math.Inf(1)), "value must be a finite number"},
		{"constant", "value", scalars(math.NaN()), "value must be a finite number"},
		{"uniform", "min,max", scalars(-1, 2), "min must not be negative"},
		{"uniform", "min,max", scalars(3, 2), "max must not be below min"},
		{"exponential", "mean", scalars(0), "mean must be above 0"},
		{"exponential", "mean", scalars(-2), "mean must be above 0"},
		{"normal", "mean,sd", scalars(-1, 1), "mean must not be negative"},
		{"normal", "mean,sd", scalars(1, 0), "sd must be above 0"},
		{"lognormal", "median,p99", scalars(5, 5), "p99 must be above median"},
		{"lognormal", "median,p99", scalars(0, 5), "median must be above 0"},
		{"lognormal", "mean,cv", scalars(1, 0), "cv must be above 0"},
		{"gamma", "mean,cv", scalars(1, 1e7), "cv must be between 0.001 and 1000000"},
		{"gamma", "shape,scale", scalars(0, 1), "shape must be above 0"},
		{"gamma", "shape,scale", scalars(1, 0), "scale must be above 0"},
		{"erlang", "stages,mean", scalars(2.5, 1), "stages must be a whole number"},
		{"erlang", "stages,mean", scalars(0, 1), "stages must be above 0"},
		{"weibull", "scale,shape", scalars(1, 1e-4), "shape must be between 0.001 and 1000000"},
		{"pareto", "min,shape", scalars(0, 1), "min must be above 0"},
		{"empirical", "values,weights", [][]float64{{}, nil}, "values must not be empty"},
		{"empirical", "values,weights", [][]float64{{1, -2}, nil}, "each of values must not be negative"},
		{"empirical", "values,weights", [][]float64{{1, 2, 3}, {1, 1}}, "weights: 2 given for 3 values"},
		{"empirical", "values,weights", [][]float64{{1, 2}, {1, -1}}, "each of weights must not be negative"},
		{"empirical", "values,weights", [][]float64{{1, 2}, {0, 0}}, "weights must not all be 0"},
		{"empirical", "values,weights", [][]float64{{1, 2}, {1e308, 1e308}}, "the sum of weights must be a finite number"},
	} {
		d, err := formOf(t, Families(), c.family, c.params).Build(c.args)
		assert.EqualError(t, err, c.want, "%s%v", c.family, c.args)
		assert.Nil(t, d)
	}
}

func TestCountsMustBeWhole(t *testing.T) {
	for _, c := range []struct {
		family, params string
		args           [][]float64
		want           string
	}{
		{"constant", "value", scalars(2.5), "value must be a whole number"},
		{"constant", "value", scalars(1 << 54), "value must be at most 9007199254740992"},
		{"constant", "value", scalars(math.Inf(1)), "value must be a finite number"},
		{"uniform", "min,max", scalars(0.5, 2), "min must be a whole number"},
		{"uniform", "min,max", scalars(-3, 2), "min must not be negative"},
		{"uniform", "min,max", scalars(3, 2), "max must not be below min"},
		{"empirical", "values,weights", [][]float64{{1, 2.5}, nil}, "each of values must be a whole number"},
	} {
		_, err := formOf(t, CountFamilies(), c.family, c.params).Build(c.args)
		assert.EqualError(t, err, c.want, "%s%v", c.family, c.args)
	}
}

func TestABadConstructorArgumentInTheSourceIsABug(t *testing.T) {
	assert.PanicsWithValue(t, "rng: mean must be above 0", func() { Exponential(0) })
}

// The parser tells the forms of a family by the names of their parameters, and
// the documentation prints every Doc.
func TestTheTableIsFitForParserAndDocs(t *testing.T) {
	for _, families := range [][]Family{Families(), CountFamilies()} {
		names := map[string]bool{}
		for _, family := range families {
			assert.False(t, names[family.Name], "%s is there twice", family.Name)
			names[family.Name] = true
			assert.NotEmpty(t, family.Doc, family.Name)
			forms := map[string]bool{}
			for _, form := range family.Forms {
				assert.False(t, forms[paramNames(form)], "%s has two forms alike", family.Name)
				forms[paramNames(form)] = true
				for _, p := range form.Params {
					assert.NotEmpty(t, p.Doc, "%s: %s", family.Name, p.Name)
				}
			}
		}
	}
}
