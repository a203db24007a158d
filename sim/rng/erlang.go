package rng

import "cmp"

// newErlang returns the law of the sum of exponential stages. It is the gamma
// law of a whole shape, and drawing it as such costs the same for any number
// of stages.
func newErlang(stages, mean float64) (Distribution, error) {
	err := cmp.Or(whole("stages", stages), moderate("stages", stages), positive("mean", mean))
	if err != nil {
		return nil, err
	}
	return gamma{stages, mean / stages}, nil
}

func erlangFamily() Family {
	return Family{
		Name: "erlang",
		Doc:  "The sum of several equal exponential stages: the more stages, the more regular.",
		Forms: []Form{{
			Params: []Param{
				{Name: "stages", Doc: "how many stages, a whole number", Unit: Number},
				{Name: "mean", Doc: "the mean of the sum"},
			},
			Build: two(newErlang),
		}},
	}
}
