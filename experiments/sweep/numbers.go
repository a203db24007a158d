package sweep

import (
	"math"
	"strconv"
	"strings"

	"souk/experiments/stats"
	"souk/sim/run"
)

// figureText prints a value of a measure for people: shares in percent, others to
// four digits.
func figureText(m *run.Measure, x float64) string {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return "–"
	case m.Share():
		return strconv.FormatFloat(100*x, 'f', 1, 64) + " %"
	}
	return plain(x)
}

// plain prints a number to four digits, without an exponent where one can read
// it without.
func plain(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "–"
	}
	if a := math.Abs(x); a != 0 && (a < 1e-4 || a >= 1e7) {
		return strconv.FormatFloat(x, 'g', 4, 64)
	}
	decimals := 3
	for limit := 10.0; limit <= 1e4 && decimals > 0 && math.Abs(x) >= limit; limit *= 10 {
		decimals--
	}
	return strconv.FormatFloat(x, 'f', decimals, 64)
}

// plusMinus prints a mean and the half-width of its interval, both to the second
// digit of the half-width: what follows is noise.
func plusMinus(m *run.Measure, mean, half float64) string {
	unit := ""
	if m.Share() {
		mean, half, unit = 100*mean, 100*half, " %"
	}
	if math.IsNaN(half) || math.IsInf(half, 0) || half == 0 {
		return plain(mean) + unit + " ± " + plain(half) + unit
	}
	decimals := min(max(1-int(math.Floor(math.Log10(half))), 0), 9)
	return strconv.FormatFloat(mean, 'f', decimals, 64) + unit + " ± " + strconv.FormatFloat(half, 'f', decimals, 64) + unit
}

func spanText(m *run.Measure, i stats.Interval) string {
	if math.IsNaN(i.Low) || math.IsNaN(i.High) {
		return "–"
	}
	return figureText(m, i.Low) + " … " + figureText(m, i.High)
}

// differenceText prints the difference of two values of a measure: of shares in
// percentage points.
func differenceText(m *run.Measure, x float64) string {
	text := strings.Replace(figureText(m, x), " %", " pp", 1)
	if x > 0 {
		text = "+" + text
	}
	return text
}

func changeText(m *run.Measure, i stats.Interval) string {
	if math.IsNaN(i.Low) || math.IsNaN(i.High) {
		return "–"
	}
	return differenceText(m, i.Low) + " … " + differenceText(m, i.High)
}

func unitSuffix(m *run.Measure) string {
	if m.Unit == "" {
		return ""
	}
	return " [" + m.Unit + "]"
}

func pText(p float64) string {
	if p < 0.0001 {
		return "< 0.0001"
	}
	return strconv.FormatFloat(p, 'f', 4, 64)
}

func percent(x float64) string { return strconv.FormatFloat(100*x, 'g', 4, 64) + " %" }

func targetText(t stats.Target) string {
	if t.Relative > 0 {
		return percent(t.Relative) + " of the mean"
	}
	return strconv.FormatFloat(t.Absolute, 'g', 4, 64)
}
