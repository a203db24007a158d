package sweep

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"souk/experiments/stats"
	"souk/sim/run"
)

func TestNumbersAreReadWithoutTheirNoise(t *testing.T) {
	plainMeasure := &run.Measure{}
	share, err := run.FindMeasure("oversell")
	assert.NoError(t, err)
	for _, c := range []struct {
		mean, half float64
		measure    *run.Measure
		want       string
	}{
		{0.0221345, 0.000087, plainMeasure, "0.022135 ± 0.000087"},
		{1.8, 0.105, plainMeasure, "1.80 ± 0.10"},
		{123.4, 25.2, plainMeasure, "123 ± 25"},
		{12345, 1234, plainMeasure, "12345 ± 1234"},
		{5, 0, plainMeasure, "5.000 ± 0.000"},
		{5, math.NaN(), plainMeasure, "5.000 ± –"},
		{0.0123, 0.0021, &share, "1.23 % ± 0.21 %"},
	} {
		assert.Equal(t, c.want, plusMinus(c.measure, c.mean, c.half))
	}
	assert.Equal(t, "123.5", plain(123.46))
	assert.Equal(t, "8.7e-05", plain(0.000087))
	assert.Equal(t, "1.235e+07", plain(12345678))
	assert.Equal(t, "–", plain(math.NaN()))
	assert.Equal(t, "+1.2 pp", differenceText(&share, 0.012))
	assert.Equal(t, "-1.2 pp", differenceText(&share, -0.012))
}

func TestValuesOfAnAxisAreNumbersWhereTheyCanBe(t *testing.T) {
	for text, want := range map[string]struct {
		x    float64
		unit string
		ok   bool
	}{
		"12": {12, "", true}, "0.5": {0.5, "", true}, "500ms": {0.5, "s", true}, "2m": {120, "s", true}, "20%": {0.2, "%", true},
		"pull": {}, "[a, b]": {}, "": {},
	} {
		x, unit, ok := quantity(text)
		assert.Equal(t, want.ok, ok, text)
		if ok {
			assert.InDelta(t, want.x, x, 1e-12, text)
			assert.Equal(t, want.unit, unit, text)
		}
	}
}

func TestHalfWidthsCarryTheirUnits(t *testing.T) {
	for text, want := range map[string]stats.Target{
		"5%": {Relative: 0.05}, "0.5pp": {Absolute: 0.005}, "200ms": {Absolute: 0.2}, "0.1": {Absolute: 0.1},
	} {
		got, err := parseTarget(text)
		assert.NoError(t, err, text)
		assert.InDelta(t, want.Relative, got.Relative, 1e-12, text)
		assert.InDelta(t, want.Absolute, got.Absolute, 1e-12, text)
	}
	for _, text := range []string{"", "0", "-5%", "five", "0%", "NaN", "Inf%", "-1s"} {
		_, err := parseTarget(text)
		assert.Error(t, err, text)
	}
}
