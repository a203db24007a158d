package rng

// logGamma returns the logarithm of the gamma function of x >= 1, off by less
// than 1e-14.
//
// It is Stirling's series (Abramowitz and Stegun, 6.1.41) to the term in
// x^-13, whose error is below 1e-16 from x = 10 on; smaller x are carried there
// by gamma(x+1) = x gamma(x).
func logGamma(x float64) float64 {
	carried := 1.0
	for ; x < 10; x++ {
		carried = float64(carried * x)
	}
	z := 1 / float64(x*x)
	series := 1.0/12 + float64(z*
		(-1.0/360+float64(z*
			(1.0/1260+float64(z*
				(-1.0/1680+float64(z*
					(1.0/1188+float64(z*
						(-691.0/360360+float64(z*
							(1.0/156))))))))))))
	const halfLog2Pi = 0.918938533204672741780329736405617640
	return float64((x-0.5)*log(x)) - x + halfLog2Pi + series/x - log(carried)
}
