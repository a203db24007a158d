package rng

// normalCDF returns the probability that a standard normal value is at most
// z >= 0, by the Taylor series 1/2 + density(z) (z + z^3/3 + z^5/(3 5) + ...)
// (Marsaglia, "Evaluating the normal distribution", 2004). All terms are
// positive, so nothing cancels.
func normalCDF(z float64) float64 {
	if z > 9 { // the missing tail, 1e-19, is lost beside 1
		return 1
	}
	square := float64(z * z)
	sum, term := z, z
	for n := 3.0; ; n += 2 {
		term = float64(term*square) / n
		if sum+term == sum {
			return 0.5 + float64(sum*normalDensity(z))
		}
		sum += term
	}
}

// normalDensity returns the density of the standard normal law at z.
func normalDensity(z float64) float64 {
	const inverseRoot2Pi = 0.398942280401432677939946059934381868
	return float64(inverseRoot2Pi * exp(float64(-0.5*float64(z*z))))
}
