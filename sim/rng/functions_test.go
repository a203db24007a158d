package rng

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNormalQuantilesOfTheTables(t *testing.T) {
	assert.Zero(t, normalQuantile(0.5))
	for p, z := range map[float64]float64{
		0.75:  0.674489750196081743,
		0.9:   1.281551565544600467,
		0.975: 1.959963984540054236,
		0.99:  2.326347874040841101,
		0.999: 3.090232306167813542,
		1e-10: -6.361340902404056205,
		1e-20: -9.262340089798408,
	} {
		assert.InEpsilon(t, z, normalQuantile(p), 1e-15, "at %g", p) // p itself is rounded
	}
}

func TestNormalQuantileUndoesTheNormalLaw(t *testing.T) {
	for z := -8.0; z <= 0; z += 0.01 {
		p := math.Erfc(-z/math.Sqrt2) / 2
		assert.InDelta(t, z, normalQuantile(p), 1e-13, "at z = %g", z)
	}
	for p := 1.0 / 1024; p < 1; p += 1.0 / 1024 { // 1-p is exact
		assert.Equal(t, -normalQuantile(p), normalQuantile(1-p), "both tails are alike")
	}
}

func TestNormalCDF(t *testing.T) {
	for z := 0.0; z < 40; z += 0.07 {
		assert.InEpsilon(t, math.Erfc(-z/math.Sqrt2)/2, normalCDF(z), 1e-15, "at %g", z)
	}
}

func TestLogGamma(t *testing.T) {
	for _, x := range []float64{1, 1.001, 1.5, 2, 2.5, 9.99, 10, 10.5, 51, 171} {
		want, _ := math.Lgamma(x)
		assert.InDelta(t, want, logGamma(x), 1e-14*max(1, want), "at %g", x)
	}
}
