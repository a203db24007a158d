package rng

// constant is the law of a quantity that never varies. It takes its word all
// the same.
type constant struct{ value float64 }

// Constant returns the law that always gives value.
func Constant(value float64) Distribution { return must(newConstant(value)) }

func newConstant(value float64) (Distribution, error) {
	if err := notNegative("value", value); err != nil {
		return nil, err
	}
	return constant{value}, nil
}

func newWholeConstant(value float64) (Distribution, error) {
	if err := whole("value", value); err != nil {
		return nil, err
	}
	return constant{value}, nil
}

func (d constant) Draw(s *Stream) float64 {
	s.Uint64()
	return d.value
}

func (d constant) Mean() float64     { return d.value }
func (d constant) Variance() float64 { return 0 }

func (d constant) Most() float64 { return d.value }

func constantFamily() Family { return constantFamilyOf(newConstant) }

func wholeConstantFamily() Family { return constantFamilyOf(newWholeConstant) }

func constantFamilyOf(build func(float64) (Distribution, error)) Family {
	return Family{
		Name: "constant",
		Doc:  "Always the same value.",
		Forms: []Form{{
			Params: []Param{{Name: "value", Doc: "the value"}},
			Build:  one(build),
		}},
	}
}
