package rng

// exponential is the law of the time between events that come at a constant
// rate.
type exponential struct{ mean float64 }

// Exponential returns the exponential law with the given mean.
func Exponential(mean float64) Distribution { return must(newExponential(mean)) }

func newExponential(mean float64) (Distribution, error) {
	if err := positive("mean", mean); err != nil {
		return nil, err
	}
	return exponential{mean}, nil
}

func (d exponential) Draw(s *Stream) float64 { return float64(d.mean * unitExponential(s)) }

func (d exponential) Mean() float64     { return d.mean }
func (d exponential) Variance() float64 { return float64(d.mean * d.mean) }

func (d exponential) Most() float64 { return float64(d.mean * mostExponential()) }

// unitExponential draws from the exponential law of mean 1 by inversion. It
// reads log(1-u) where log(u) would do, so that the value grows with the word.
func unitExponential(s *Stream) float64 { return -log(1 - s.open()) }

// mostExponential is the largest of its values, some 37.
func mostExponential() float64 { return -log(1 - top()) }

func exponentialFamily() Family {
	return Family{
		Name: "exponential",
		Doc:  "The time between independent events that come at a constant rate: most values short, a few several times the mean.",
		Forms: []Form{{
			Params: []Param{{Name: "mean", Doc: "the mean"}},
			Build:  one(newExponential),
		}},
	}
}
