package rng

import (
	"cmp"
	"math"
)

// pareto is the law of low times exp(E/shape), where E is exponential of
// mean 1: a power tail.
type pareto struct{ low, shape float64 }

func newPareto(low, shape float64) (Distribution, error) {
	if err := cmp.Or(positive("min", low), moderate("shape", shape)); err != nil {
		return nil, err
	}
	return pareto{low, shape}, nil
}

func (d pareto) Draw(s *Stream) float64 {
	return float64(d.low * exp(unitExponential(s)/d.shape))
}

func (d pareto) Mean() float64 {
	if d.shape <= 1 {
		return math.Inf(1)
	}
	return float64(d.low * (d.shape / (d.shape - 1)))
}

func (d pareto) Variance() float64 {
	if d.shape <= 2 {
		return math.Inf(1)
	}
	scaled := d.low / (d.shape - 1)
	return float64(float64(scaled*scaled) * (d.shape / (d.shape - 2)))
}

func (d pareto) Most() float64 { return float64(d.low * exp(mostExponential()/d.shape)) }

func paretoFamily() Family {
	return Family{
		Name: "pareto",
		Doc:  "A heavy tail: a few values dwarf all others. The mean is infinite up to shape 1, the variance up to shape 2.",
		Forms: []Form{{
			Params: []Param{
				{Name: "min", Doc: "the smallest value"},
				{Name: "shape", Doc: "how fast the tail falls; lower is heavier", Unit: Number},
			},
			Build: two(newPareto),
		}},
	}
}
