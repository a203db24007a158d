package rng

import "math"

// ln2 in two parts: the first has its last 21 bits clear, so that its product
// with an exponent of float64 is exact. log and exp share them (FDLIBM).
const (
	ln2High = 6.93147180369123816490e-01
	ln2Low  = 1.90821492927058770002e-10
)

// log returns the natural logarithm of x, positive and finite, to within 1 ulp.
//
// The method and the coefficients are those of FDLIBM's e_log.c (Sun
// Microsystems, 1993). With x = 2^k (1+f), sqrt(1/2) <= 1+f < sqrt(2), and
// s = f/(2+f), log(1+f) = log(1+s) - log(1-s) = 2s + s R(s^2), where R is a
// minimax polynomial that is off by less than 2^-58.45.
func log(x float64) float64 {
	k := 0.0
	if x < 0x1p-1022 { // subnormal: it has no exponent of its own
		x, k = float64(x*0x1p54), -54
	}
	// Counted from the bits of sqrt(1/2), the exponent is k; without it, 1+f is
	// left.
	const rootHalf = 0x3fe6a09e667f3bcd
	bits := math.Float64bits(x)
	exponent := int64(bits-rootHalf) >> 52
	f := math.Float64frombits(bits-uint64(exponent)<<52) - 1
	k += float64(exponent)

	s := f / (2 + f)
	z := float64(s * s)
	w := float64(z * z)
	odd := 3.999999999940941908e-01 + float64(w*
		(2.222219843214978396e-01+float64(w*
			1.531383769920937332e-01)))
	even := 6.666666666666735130e-01 + float64(w*
		(2.857142874366239149e-01+float64(w*
			(1.818357216161805012e-01+float64(w*
				1.479819860511658591e-01)))))
	r := float64(w*odd) + float64(z*even)

	// 2s = f - s f = f - h + s h with h = f^2/2: in this order the large terms
	// come last, and their rounding is all that remains.
	h := float64(0.5 * float64(f*f))
	small := float64(s*(h+r)) + float64(k*ln2Low)
	return float64(k*ln2High) - ((h - small) - f)
}

// log1p returns log(1+x) for x >= 0, exact to a few ulp for small x too, where
// 1+x loses the digits of x: the loss is the same in both factors of the
// quotient (Kahan; Goldberg, "What every computer scientist should know about
// floating-point arithmetic", 1991, theorem 4).
func log1p(x float64) float64 {
	sum := 1 + x
	if sum == 1 {
		return x
	}
	return float64(x*log(sum)) / (sum - 1)
}
