package field

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// numeral is how numbers are written: 12, 1_000, 7.50, 1e3. No leading zeros,
// which YAML has read as octal at times.
var numeral = regexp.MustCompile(`^[-+]?(0|[1-9][0-9]*(_[0-9]+)*)(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?$`)

// number reads a numeral.
func number(text string) (float64, bool) {
	if !numeral.MatchString(text) {
		return 0, false
	}
	x, err := strconv.ParseFloat(strings.ReplaceAll(text, "_", ""), 64)
	return x, err == nil
}

// whole reads a numeral whose value is a whole number, 1e3 included.
func whole(text string) (int64, bool) {
	x, ok := number(text)
	if !ok {
		return 0, false
	}
	if !strings.ContainsAny(text, ".eE") {
		n, err := strconv.ParseInt(strings.ReplaceAll(text, "_", ""), 10, 64)
		return n, err == nil
	}
	return int64(x), x == math.Trunc(x) && math.Abs(x) <= unlimited
}

// isWhole says whether a numeral's value is a whole number of any size.
func isWhole(text string) bool {
	x, ok := number(text)
	return ok && x == math.Trunc(x)
}

// fixed reads a numeral as a whole number of 10^-decimals, exactly: 7.5 with
// two decimals is 750. It refuses more decimals than that.
func fixed(text string, decimals int) (int64, bool) {
	if !numeral.MatchString(text) || strings.ContainsAny(text, "eE") {
		return 0, false
	}
	units, fraction, _ := strings.Cut(strings.ReplaceAll(text, "_", ""), ".")
	fraction = strings.TrimRight(fraction, "0")
	if len(fraction) > decimals {
		return 0, false
	}
	n, err := strconv.ParseInt(units+fraction+strings.Repeat("0", decimals-len(fraction)), 10, 64)
	return n, err == nil
}
