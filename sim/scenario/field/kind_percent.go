package field

import (
	"strconv"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"souk/sim/rng"
)

// percentPattern is how percentages are written, in the schema.
const percentPattern = `^(0|[1-9][0-9]*)(\.[0-9]+)?%$`

// Probability is a chance: 20% or 0.2.
func Probability[C any](place func(*C) *rng.Probability) Type[C] {
	return at(place, probability())
}

// MaybeProbability is a chance that can be left out: that is nil, which is not
// 0%.
func MaybeProbability[C any](place func(*C) **rng.Probability) Type[C] {
	return at(place, convertKind(probability(), func(p rng.Probability) *rng.Probability { return &p }))
}

func probability() kind[rng.Probability] {
	const what = "a probability from 0% to 100%, or from 0 to 1"
	schema := &jsonschema.Schema{AnyOf: []*jsonschema.Schema{
		{Type: "string", Pattern: percentPattern},
		{Type: "number", Minimum: jsonschema.Ptr(0.0), Maximum: jsonschema.Ptr(1.0)},
	}}
	return single(what, schema, func(n *node) (rng.Probability, *mistake) {
		x, ok := chance(n.text)
		switch _, bare := number(n.text); {
		case bare && n.quoted:
			return 0, inQuotes(n)
		case !ok:
			return 0, &mistake{message: shown(n.text) + " is not a probability"}
		case bare && x > 1 && x <= 100:
			return 0, &mistake{n.text + " is out of range", "did you mean " + n.text + "%?"}
		case x < 0 || x > 1:
			return 0, &mistake{message: n.text + " is out of range"}
		}
		return rng.ProbabilityOf(x), nil
	})
}

// chance reads a percentage or a number. Shifting the decimal point, not
// dividing, makes 0.1% and 0.001 the same float64.
func chance(text string) (float64, bool) {
	percent, ok := strings.CutSuffix(text, "%")
	if !ok {
		return number(text)
	}
	if !numeral.MatchString(percent) || strings.ContainsAny(percent, "eE") {
		return 0, false
	}
	x, err := strconv.ParseFloat(strings.ReplaceAll(percent, "_", "")+"e-2", 64)
	return x, err == nil
}

// Share is a part of a whole in basis points, hundredths of a percent, so that
// money splits exactly: 20% is 2000.
func Share[C any, T ~int | ~int32 | ~int64](place func(*C) *T) Type[C] {
	const what, all = "a percentage from 0% to 100% with at most two decimals", 10_000
	schema := &jsonschema.Schema{Type: "string", Pattern: percentPattern}
	return at(place, single(what, schema, func(n *node) (T, *mistake) {
		percent, ok := strings.CutSuffix(n.text, "%")
		if _, bare := number(n.text); bare && !ok {
			return 0, &mistake{n.text + " is not a percentage", "did you mean " + n.text + "%?"}
		}
		points, ok := fixed(percent, 2)
		switch {
		case !ok:
			return 0, &mistake{message: shown(n.text) + " is not a percentage"}
		case points < 0 || points > all:
			return 0, &mistake{message: n.text + " is out of range"}
		}
		return T(points), nil
	}))
}
