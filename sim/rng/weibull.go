package rng

import "cmp"

// weibull is the law of scale times E^(1/shape), where E is exponential of
// mean 1.
type weibull struct{ scale, shape float64 }

func newWeibull(scale, shape float64) (Distribution, error) {
	if err := cmp.Or(positive("scale", scale), moderate("shape", shape)); err != nil {
		return nil, err
	}
	return weibull{scale, shape}, nil
}

func (d weibull) Draw(s *Stream) float64 {
	return float64(d.scale * exp(log(unitExponential(s))/d.shape))
}

// Mean is scale gamma(1 + 1/shape).
func (d weibull) Mean() float64 {
	return float64(d.scale * exp(logGamma(1+1/d.shape)))
}

// Variance is scale^2 (gamma(1 + 2/shape) - gamma(1 + 1/shape)^2), here with
// the square of the mean in front, because the gamma functions may overflow.
func (d weibull) Variance() float64 {
	mean := d.Mean()
	ratio := logGamma(1+2/d.shape) - float64(2*logGamma(1+1/d.shape))
	return float64(float64(mean*mean) * expm1(ratio))
}

func (d weibull) Most() float64 {
	return float64(d.scale * exp(log(mostExponential())/d.shape))
}

func weibullFamily() Family {
	return Family{
		Name: "weibull",
		Doc:  "A lifetime: failures that get rarer with age (shape below 1), come at any age alike (1) or get more frequent (above 1).",
		Forms: []Form{{
			Params: []Param{
				{Name: "scale", Doc: "63 of 100 values are below it"},
				{Name: "shape", Doc: "how the rate of failures changes with age", Unit: Number},
			},
			Build: two(newWeibull),
		}},
	}
}
