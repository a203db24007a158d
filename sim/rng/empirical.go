package rng

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// empirical is the law of a value picked from a list.
// Invariant: values ascends, below[i] is the chance of a value up to values[i],
// and the last of below is certain.
type empirical struct {
	values         []float64
	below          []Probability
	mean, variance float64
}

// weighted is one entry of the list.
type weighted struct{ value, weight float64 }

func newEmpirical(values, weights []float64) (Distribution, error) {
	entries, err := entriesOf(values, weights)
	if err != nil {
		return nil, err
	}
	var total float64
	for _, e := range entries {
		total += e.weight
	}
	switch {
	case total == 0:
		return nil, errors.New("weights must not all be 0")
	case !finite(total):
		return nil, errors.New("the sum of weights must be a finite number")
	}
	d := &empirical{}
	var sum float64
	for _, e := range entries {
		sum += e.weight // in the same order as above, so that it ends at total exactly
		d.values = append(d.values, e.value)
		d.below = append(d.below, ProbabilityOf(sum/total))
		d.mean += float64(e.value * (e.weight / total))
	}
	for _, e := range entries {
		off := e.value - d.mean
		d.variance += float64(float64(off*off) * (e.weight / total))
	}
	return d, nil
}

// entriesOf pairs values with their weights, or with equal ones if there are
// none, and sorts them so that draws grow with the word.
func entriesOf(values, weights []float64) ([]weighted, error) {
	if len(values) == 0 {
		return nil, errors.New("values must not be empty")
	}
	if weights != nil && len(weights) != len(values) {
		return nil, fmt.Errorf("weights: %d given for %d values", len(weights), len(values))
	}
	entries := make([]weighted, len(values))
	for i, value := range values {
		entries[i] = weighted{value, 1}
		if weights != nil {
			entries[i].weight = weights[i]
		}
		err := cmp.Or(notNegative("each of values", value), notNegative("each of weights", entries[i].weight))
		if err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(entries, func(a, b weighted) int { return cmp.Compare(a.value, b.value) })
	return entries, nil
}

func newWholeEmpirical(values, weights []float64) (Distribution, error) {
	for _, value := range values {
		if err := whole("each of values", value); err != nil {
			return nil, err
		}
	}
	return newEmpirical(values, weights)
}

// Draw returns the first value whose share of all words, together with those
// before it, covers the word. A value of weight 0 adds no share and is passed.
func (d *empirical) Draw(s *Stream) float64 {
	word := s.Uint64()
	i, _ := slices.BinarySearchFunc(d.below, word, func(p Probability, word uint64) int {
		if p.covers(word) {
			return 1
		}
		return -1
	})
	return d.values[i]
}

func (d *empirical) Mean() float64     { return d.mean }
func (d *empirical) Variance() float64 { return d.variance }

func (d *empirical) Most() float64 {
	for i, p := range d.below {
		if p.covers(1<<64 - 1) {
			return d.values[i]
		}
	}
	panic("rng: an empirical law that does not cover every word")
}

func empiricalFamily() Family { return empiricalFamilyOf(newEmpirical) }

func wholeEmpiricalFamily() Family { return empiricalFamilyOf(newWholeEmpirical) }

func empiricalFamilyOf(build func(values, weights []float64) (Distribution, error)) Family {
	return Family{
		Name: "empirical",
		Doc:  "One of the values in a list, such as measured ones.",
		Forms: []Form{{
			Params: []Param{
				{Name: "values", Doc: "the values", List: true},
				{
					Name: "weights", Doc: "how often each value comes, relative to the others; equally often if left out",
					Unit: Number, List: true, Optional: true,
				},
			},
			Build: func(args [][]float64) (Distribution, error) { return build(args[0], args[1]) },
		}},
	}
}
