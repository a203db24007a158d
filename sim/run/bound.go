package run

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"souk/sim/vtime"
)

// bound is what a quantity is compared with.
type bound struct {
	op    string
	value float64
}

// comparisons are the ways to compare, by their signs.
var comparisons = []struct {
	sign  string
	holds func(a, b float64) bool
}{
	{"<=", func(a, b float64) bool { return a <= b }},
	{">=", func(a, b float64) bool { return a >= b }},
	{"==", func(a, b float64) bool { return a == b }},
	{"<", func(a, b float64) bool { return a < b }},
	{">", func(a, b float64) bool { return a > b }},
}

// allows says whether a quantity is within the bound.
func (b *bound) allows(x float64) bool {
	for _, c := range comparisons {
		if c.sign == b.op {
			return c.holds(x, b.value)
		}
	}
	panic("run: no comparison " + b.op)
}

// claim is a statement cut into its parts; op is empty if it only names
// something.
var claimText = regexp.MustCompile(`^([^<>=!]*)(?:([<>=!]+)(.*))?$`)

type claim struct{ name, op, value string }

func parseClaim(text string) claim {
	parts := claimText.FindStringSubmatch(text)
	if parts == nil {
		return claim{name: strings.TrimSpace(text)}
	}
	c := claim{name: strings.TrimSpace(parts[1]), op: parts[2], value: strings.TrimSpace(parts[3])}
	if c.op == "=" {
		c.op = "=="
	}
	return c
}

func knownSign(op string) bool {
	for _, c := range comparisons {
		if c.sign == op {
			return true
		}
	}
	return false
}

// scale is how values of a unit are written and read.
type scale struct {
	// like tells, with an example.
	like string
	read func(text string) (float64, bool)
	show func(float64) string
}

// units by which a rate can be given, in seconds.
var perUnit = []struct {
	suffix  string
	seconds float64
}{{"/s", 1}, {"/min", 60}, {"/m", 60}, {"/h", 3600}}

// scaleOf returns how values of a measure are written.
func scaleOf(m *Measure) scale {
	switch {
	case m.Share():
		return scale{"with its unit, such as 40%", readPercent, func(x float64) string { return trimmed(100*x, 2) + "%" }}
	case m.Unit == "s":
		return scale{"with its unit, such as 2s or 250ms", readSpan, func(x float64) string { return trimmed(x, 6) + "s" }}
	case strings.HasSuffix(m.Unit, "/s"):
		return scale{"with its unit, such as 0.5/s", readRate, func(x float64) string { return trimmed(x, 4) + "/s" }}
	case m.Unit == "$":
		return scale{"in dollars, such as $120", func(text string) (float64, bool) {
			amount, ok := strings.CutPrefix(text, "$")
			x, number := readNumber(amount)
			return x, ok && number
		}, func(x float64) string { return "$" + trimmed(x, 2) }}
	}
	return countScale
}

// countScale is of plain numbers.
var countScale = scale{"such as 3", readNumber, func(x float64) string { return trimmed(x, 4) }}

// plainNumber is what the rest of a scenario takes for a number.
var plainNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

func readNumber(text string) (float64, bool) {
	if !plainNumber.MatchString(text) {
		return 0, false
	}
	x, err := strconv.ParseFloat(text, 64)
	return x, err == nil
}

// readPercent shifts the decimal point, so that 40% is the float64 next to 0.4.
func readPercent(text string) (float64, bool) {
	number, ok := strings.CutSuffix(text, "%")
	number = strings.TrimSpace(number)
	if !ok || !plainNumber.MatchString(number) {
		return 0, false
	}
	x, err := strconv.ParseFloat(number+"e-2", 64)
	return x, err == nil
}

func readSpan(text string) (float64, bool) {
	if _, bare := readNumber(text); bare {
		return 0, false // also 0, which Go takes without a unit
	}
	d, err := vtime.ParseDuration(text)
	return d.Seconds(), err == nil
}

func readRate(text string) (float64, bool) {
	for _, per := range perUnit {
		if number, ok := strings.CutSuffix(text, per.suffix); ok {
			x, ok := readNumber(strings.TrimSpace(number))
			return x / per.seconds, ok
		}
	}
	return 0, false
}

// trimmed prints a number with so many decimals at most.
func trimmed(x float64, decimals int) string {
	text := fmt.Sprintf("%.*f", decimals, x)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
