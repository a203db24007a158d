package rng

import (
	"cmp"
	"math"
)

// gamma is the gamma law. Its quantile has no closed form, so it is the one law
// that does not grow with the word: the word seeds a generator of its own, from
// which a rejection loop takes what it needs.
type gamma struct{ shape, scale float64 }

func newGammaShapeScale(shape, scale float64) (Distribution, error) {
	if err := cmp.Or(moderate("shape", shape), positive("scale", scale)); err != nil {
		return nil, err
	}
	return gamma{shape, scale}, nil
}

// newGammaMeanCV solves mean = shape scale and cv^2 = 1/shape.
func newGammaMeanCV(mean, cv float64) (Distribution, error) {
	if err := cmp.Or(positive("mean", mean), moderate("cv", cv)); err != nil {
		return nil, err
	}
	square := float64(cv * cv)
	return gamma{1 / square, float64(mean * square)}, nil
}

func (d gamma) Draw(s *Stream) float64 {
	local := splitmix(s.Uint64())
	if d.shape >= 1 {
		return float64(d.scale * unitGamma(d.shape, &local))
	}
	// A gamma value of shape a is one of shape a+1 times u^(1/a).
	power := exp(log(local.open()) / d.shape)
	return float64(d.scale * float64(power*unitGamma(d.shape+1, &local)))
}

// unitGamma draws from the gamma law of scale 1 and shape at least 1, by
// Marsaglia and Tsang, "A simple method for generating gamma variables" (2000):
// a cubed normal value, of which at least 95 in 100 are accepted.
func unitGamma(shape float64, local *splitmix) float64 {
	d := shape - 1.0/3
	c := 1 / math.Sqrt(float64(9*d))
	for {
		x := normalQuantile(local.open())
		root := 1 + float64(c*x)
		if root <= 0 {
			continue
		}
		v := float64(root * float64(root*root))
		u, square := local.open(), float64(x*x)
		if u < 1-float64(0.0331*float64(square*square)) { // spares most logarithms
			return float64(d * v)
		}
		if log(u) < float64(0.5*square)+float64(d*(1-v+log(v))) {
			return float64(d * v)
		}
	}
}

func (d gamma) Mean() float64 { return float64(d.shape * d.scale) }

func (d gamma) Variance() float64 { return float64(d.scale * d.Mean()) }

// Most bounds what unitGamma can accept: its largest candidate.
func (d gamma) Most() float64 {
	shape := d.shape
	if shape < 1 {
		shape++
	}
	core := shape - 1.0/3
	root := 1 + float64(normalQuantile(top())/math.Sqrt(float64(9*core)))
	return float64(d.scale * float64(core*float64(root*float64(root*root))))
}

func gammaFamily() Family {
	return Family{
		Name: "gamma",
		Doc:  "A waiting time from nearly constant (low cv) over exponential (cv 1) to bursty (high cv).",
		Forms: []Form{
			{
				Params: []Param{
					{Name: "mean", Doc: "the mean"},
					{Name: "cv", Doc: "the standard deviation as a share of the mean", Unit: Number},
				},
				Build: two(newGammaMeanCV),
			},
			{
				Params: []Param{
					{Name: "shape", Doc: "the shape; the mean is shape times scale", Unit: Number},
					{Name: "scale", Doc: "the scale"},
				},
				Build: two(newGammaShapeScale),
			},
		},
	}
}
