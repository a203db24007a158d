package rng

import "math"

// exp returns e^x to within 1 ulp, +Inf above float64's range and 0 below.
//
// The method and the coefficients are those of FDLIBM's e_exp.c (Sun
// Microsystems, 1993 and 2004). With x = k ln2 + r and |r| <= ln2/2,
// e^r = 1 + 2r/(R-r), where R(r^2) = r (e^r+1)/(e^r-1) is a minimax polynomial
// that is off by less than 2^-59.
func exp(x float64) float64 {
	switch {
	case x > 709.782712893383973096: // log of the largest float64
		return math.Inf(1)
	case x < -745.133219101941108420: // log of half the smallest
		return 0
	}
	k := math.Floor(float64(x*math.Log2E) + 0.5)
	high := x - float64(k*ln2High)
	low := float64(k * ln2Low)
	r := high - low // x - k ln2; what it rounds off is made good below

	z := float64(r * r)
	c := r - float64(z*
		(1.66666666666666019037e-01+float64(z*
			(-2.77777777770155933842e-03+float64(z*
				(6.61375632143793436117e-05+float64(z*
					(-1.65339022054652515390e-06+float64(z*
						4.13813679705723846039e-08)))))))))
	y := 1 - ((low - float64(r*c)/(2-c)) - high)
	if k < -1022 || k > 1023 { // where 2^k is not a normal number
		return math.Ldexp(y, int(k))
	}
	return float64(y * math.Float64frombits(uint64(1023+int64(k))<<52)) // Ldexp, but faster
}

// expm1 returns e^x - 1 for x >= 0, exact to a few ulp for small x too, by the
// same trick as log1p (Kahan).
func expm1(x float64) float64 {
	power := exp(x)
	switch {
	case power == 1:
		return x
	case math.IsInf(power, 1):
		return power
	}
	return float64((power-1)*x) / log(power)
}
