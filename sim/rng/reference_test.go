package rng

import (
	"math"
	"math/big"
)

// The references are computed in 160-bit arithmetic, so that an error of a
// fraction of an ulp shows; package math is itself off by up to one.

const precision = 160

func bigOf(x float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(x) }

// bigExp is the Taylor series of e^(x/2^12), squared twelve times.
func bigExp(x *big.Float) *big.Float {
	const halvings = 12
	small := new(big.Float).SetMantExp(x, -halvings)
	sum, term := bigOf(1), bigOf(1)
	for n := 1.0; n < 30; n++ {
		term.Mul(term, small)
		term.Quo(term, bigOf(n))
		sum.Add(sum, term)
	}
	for range halvings {
		sum.Mul(sum, sum)
	}
	return sum
}

// bigLog takes two Halley steps from the logarithm of package math; each
// triples the digits. math.Log gets a fraction only, because on amd64 it is
// wrong for subnormal numbers.
func bigLog(x float64) *big.Float {
	fraction, exponent := math.Frexp(x)
	y := bigOf(math.Log(fraction) + float64(exponent)*math.Ln2)
	for range 2 {
		power := bigExp(y)
		miss := new(big.Float).Sub(bigOf(x), power)
		miss.Mul(miss, bigOf(2))
		y.Add(y, miss.Quo(miss, new(big.Float).Add(bigOf(x), power)))
	}
	return y
}

// ulps is how far got is from want, in units of the last place of want.
func ulps(got float64, want *big.Float) float64 {
	nearest, _ := want.Float64()
	nearest = math.Abs(nearest)
	ulp := new(big.Float).Sub(bigOf(math.Nextafter(nearest, math.Inf(1))), bigOf(nearest))
	miss := new(big.Float).Sub(bigOf(got), want)
	ratio, _ := miss.Quo(miss, ulp).Float64()
	return math.Abs(ratio)
}
