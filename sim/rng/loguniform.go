package rng

// LogUniform draws a number between low and high, both above 0, whose order of
// magnitude is uniform: from 1 to 100, half of the draws are below 10. It takes
// one word and grows with it.
func LogUniform(s *Stream, low, high float64) float64 {
	return float64(low * exp(float64(s.open()*log(high/low))))
}
