package rng

import "cmp"

// uniform is the continuous uniform law. Invariant: low <= high.
type uniform struct{ low, high float64 }

// Uniform returns the law of a value anywhere between low and high, all parts
// alike.
func Uniform(low, high float64) Distribution { return must(newUniform(low, high)) }

func newUniform(low, high float64) (Distribution, error) {
	err := cmp.Or(notNegative("min", low), notNegative("max", high), ordered("max", high, "min", low))
	if err != nil {
		return nil, err
	}
	return uniform{low, high}, nil
}

func (d uniform) Draw(s *Stream) float64 {
	x := d.low + float64((d.high-d.low)*s.open())
	return min(x, d.high) // the rounding of high-low may carry x past high
}

func (d uniform) Mean() float64 { return d.low + float64(0.5*(d.high-d.low)) }

func (d uniform) Variance() float64 {
	width := d.high - d.low
	return float64(width*width) / 12
}

func (d uniform) Most() float64 { return d.high }

func uniformFamily() Family {
	return Family{
		Name: "uniform",
		Doc:  "Anywhere between min and max, all parts alike.",
		Forms: []Form{{
			Params: []Param{
				{Name: "min", Doc: "the smallest value"},
				{Name: "max", Doc: "the largest value"},
			},
			Build: two(newUniform),
		}},
	}
}
