package rng

import "cmp"

// uniformInt is the uniform law on the whole numbers from low to low+count-1.
type uniformInt struct{ low, count uint64 }

// UniformInt returns the law of a whole number from low to high, both included
// and all equally likely.
func UniformInt(low, high int) Distribution {
	return must(newUniformInt(float64(low), float64(high)))
}

func newUniformInt(low, high float64) (Distribution, error) {
	err := cmp.Or(whole("min", low), whole("max", high), ordered("max", high, "min", low))
	if err != nil {
		return nil, err
	}
	return uniformInt{low: uint64(low), count: uint64(high-low) + 1}, nil
}

func (d uniformInt) Draw(s *Stream) float64 { return float64(d.low + s.below(d.count)) }

func (d uniformInt) Mean() float64 { return float64(d.low) + float64(0.5*float64(d.count-1)) }

func (d uniformInt) Variance() float64 {
	n := float64(d.count)
	return float64((n-1)*(n+1)) / 12
}

func (d uniformInt) Most() float64 { return float64(d.low + d.count - 1) }

func wholeUniformFamily() Family {
	return Family{
		Name: "uniform",
		Doc:  "A whole number from min to max, both included and all equally likely.",
		Forms: []Form{{
			Params: []Param{
				{Name: "min", Doc: "the smallest number"},
				{Name: "max", Doc: "the largest number"},
			},
			Build: two(newUniformInt),
		}},
	}
}
