package rng

import "cmp"

// normal is the normal law, cut off below zero. A value of the uncut law that
// is negative is not clamped, which would pile up zeros, but left out: the rest
// keeps its proportions.
type normal struct {
	centre, sd     float64 // of the uncut law
	kept           float64 // the share of the uncut law above zero
	mean, variance float64 // of the values drawn
}

func newNormal(mean, sd float64) (Distribution, error) {
	if err := cmp.Or(notNegative("mean", mean), positive("sd", sd)); err != nil {
		return nil, err
	}
	// Mean and variance of a truncated normal law (Johnson, Kotz and
	// Balakrishnan, "Continuous univariate distributions", vol. 1, 10.1). From
	// 40 sd on, where the cut has long no effect, z may stay 40.
	z := min(mean/sd, 40)
	kept := normalCDF(z)
	hazard := normalDensity(z) / kept
	return normal{
		centre:   mean,
		sd:       sd,
		kept:     kept,
		mean:     mean + float64(sd*hazard),
		variance: float64(float64(sd*sd) * (1 - float64(hazard*(z+hazard)))),
	}, nil
}

// Draw inverts the upper tail, so that the value grows with the word and large
// values keep all their digits.
func (d normal) Draw(s *Stream) float64 {
	z := -normalQuantile(float64((1 - s.open()) * d.kept))
	return max(0, d.centre+float64(d.sd*z)) // rounding may leave a hair below 0
}

func (d normal) Mean() float64     { return d.mean }
func (d normal) Variance() float64 { return d.variance }

func (d normal) Most() float64 {
	return max(0, d.centre-float64(d.sd*normalQuantile(float64((1-top())*d.kept))))
}

func normalFamily() Family {
	return Family{
		Name: "normal",
		Doc: "The bell curve, with its negative part left out. " +
			"If sd is above a third of mean, the mean of what is drawn is noticeably higher.",
		Forms: []Form{{
			Params: []Param{
				{Name: "mean", Doc: "the mean of the whole bell curve"},
				{Name: "sd", Doc: "the standard deviation of the whole bell curve"},
			},
			Build: two(newNormal),
		}},
	}
}
