package rng

import (
	"cmp"
	"math"
)

// lognormal is the law of a quantity whose logarithm is normal with mean
// log(median) and standard deviation sigma.
type lognormal struct{ median, sigma float64 }

// LognormalMedianP99 returns the lognormal law of which half the values are
// below median, and all but one in a hundred below p99.
func LognormalMedianP99(median, p99 float64) Distribution {
	return must(newLognormalMedianP99(median, p99))
}

func newLognormalMedianP99(median, p99 float64) (Distribution, error) {
	err := cmp.Or(positive("median", median), positive("p99", p99), above("p99", p99, "median", median))
	if err != nil {
		return nil, err
	}
	// Not log(p99/median): the quotient may overflow.
	return lognormal{median, (log(p99) - log(median)) / normalQuantile(0.99)}, nil
}

// newLognormalMeanCV solves cv^2 = exp(sigma^2) - 1 and
// mean = median exp(sigma^2/2).
func newLognormalMeanCV(mean, cv float64) (Distribution, error) {
	if err := cmp.Or(positive("mean", mean), moderate("cv", cv)); err != nil {
		return nil, err
	}
	square := float64(cv * cv)
	return lognormal{mean / math.Sqrt(1+square), math.Sqrt(log1p(square))}, nil
}

func (d lognormal) Draw(s *Stream) float64 {
	return float64(d.median * exp(float64(d.sigma*normalQuantile(s.open()))))
}

func (d lognormal) Mean() float64 {
	return float64(d.median * exp(float64(0.5*float64(d.sigma*d.sigma))))
}

func (d lognormal) Variance() float64 {
	mean := d.Mean()
	return float64(float64(mean*mean) * expm1(float64(d.sigma*d.sigma)))
}

func (d lognormal) Most() float64 {
	return float64(d.median * exp(float64(d.sigma*normalQuantile(top()))))
}

func lognormalFamily() Family {
	return Family{
		Name: "lognormal",
		Doc:  "A delay that is the product of many small causes, as network and service times are: never near zero, with a long tail.",
		Forms: []Form{
			{
				Params: []Param{
					{Name: "median", Doc: "half the values are below it"},
					{Name: "p99", Doc: "99 of 100 values are below it"},
				},
				Build: two(newLognormalMedianP99),
			},
			{
				Params: []Param{
					{Name: "mean", Doc: "the mean"},
					{Name: "cv", Doc: "the standard deviation as a share of the mean", Unit: Number},
				},
				Build: two(newLognormalMeanCV),
			},
		},
	}
}
