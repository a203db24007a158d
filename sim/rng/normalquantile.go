package rng

import "math"

// normalQuantile returns the z below which a standard normal value falls with
// probability p, 0 < p < 1, to about one part in 10^16.
//
// It is PPND16 of Wichura, "Algorithm AS 241: The percentage points of the
// normal distribution", Applied Statistics 37 (1988): a rational function of p
// in the middle, and two of sqrt(-log p) in the tails.
func normalQuantile(p float64) float64 {
	q := p - 0.5
	if math.Abs(q) <= 0.425 {
		r := 0.180625 - float64(q*q)
		return float64(q * rational(r,
			3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
			4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
			4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
			3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3))
	}
	z := tailQuantile(math.Sqrt(-log(min(p, 1-p))))
	if q < 0 {
		return -z
	}
	return z
}

// tailQuantile is the z that a standard normal value exceeds with probability
// exp(-r^2), for probabilities below 0.075.
func tailQuantile(r float64) float64 {
	if r <= 5 {
		return rational(r-1.6,
			1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
			1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
			2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
			1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9)
	}
	return rational(r-5,
		6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
		2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
		5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
		1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15)
}

// rational returns (a0 + a1 x + ... + a7 x^7) / (1 + b1 x + ... + b7 x^7).
func rational(x, a0, a1, a2, a3, a4, a5, a6, a7, b1, b2, b3, b4, b5, b6, b7 float64) float64 {
	return horner7(x, a0, a1, a2, a3, a4, a5, a6, a7) / horner7(x, 1, b1, b2, b3, b4, b5, b6, b7)
}

// horner7 returns c0 + c1 x + ... + c7 x^7.
func horner7(x, c0, c1, c2, c3, c4, c5, c6, c7 float64) float64 {
	sum := float64(c7*x) + c6
	sum = float64(sum*x) + c5
	sum = float64(sum*x) + c4
	sum = float64(sum*x) + c3
	sum = float64(sum*x) + c2
	sum = float64(sum*x) + c1
	return float64(sum*x) + c0
}
