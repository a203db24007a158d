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
	for limit := 0.1; x != 0 && math.Abs(x) < limit; limit /= 10 {
		decimals++
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
	decimals := digitsOf(half)
	return strconv.FormatFloat(mean, 'f', decimals, 64) + unit + " ± " + strconv.FormatFloat(half, 'f', decimals, 64) + unit
}

// estimateText prints a mean with its interval: as ±, unless that is lopsided.
func estimateText(m *run.Measure, e *stats.Estimate) string {
	if half := 100 * e.CI.Half(); e.Method == stats.WilsonScore && half > 0 {
		text := func(x float64) string { return strconv.FormatFloat(100*x, 'f', digitsOf(half), 64) + " %" }
		return text(e.Mean) + " (" + text(e.CI.Low) + " … " + text(e.CI.High) + ")"
	}
	return plusMinus(m, e.Mean, e.CI.Half())
}

func spanText(m *run.Measure, i stats.Interval) string {
	if math.IsNaN(i.Low) || math.IsNaN(i.High) {
		return "–"
	}
	return figureText(m, i.Low) + " … " + figureText(m, i.High)
}

// differenceText prints the difference of two values of a measure, of shares in
// percentage points, to the second digit of the half-width of its interval.
func differenceText(m *run.Measure, x, half float64) string {
	unit := ""
	if m.Share() {
		x, half, unit = 100*x, 100*half, " pp"
	}
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "–"
	}
	decimals := 3
	if half > 0 && !math.IsInf(half, 0) {
		decimals = digitsOf(half)
	}
	text := strconv.FormatFloat(x, 'f', decimals, 64)
	if strings.Trim(text, "-0.") == "" {
		return strings.TrimPrefix(text, "-") + unit // neither more nor less
	}
	if x > 0 {
		text = "+" + text
	}
	return text + unit
}

func changeText(m *run.Measure, i stats.Interval) string {
	if math.IsNaN(i.Low) || math.IsNaN(i.High) {
		return "–"
	}
	return differenceText(m, i.Low, i.Half()) + " … " + differenceText(m, i.High, i.Half())
}

// digitsOf is the number of decimals to the second digit of a half-width.
func digitsOf(half float64) int { return min(max(1-int(math.Floor(math.Log10(half))), 0), 9) }

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
