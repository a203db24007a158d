package field

import (
	"fmt"

	"github.com/google/jsonschema-go/jsonschema"
)

// Number is a number from low to high, fractions included.
func Number[C any](place func(*C) *float64, low, high float64) Type[C] {
	what := fmt.Sprintf("a number from %v to %v", low, high)
	schema := &jsonschema.Schema{Type: "number", Minimum: &low, Maximum: &high}
	return at(place, single(what, schema, func(n *node) (float64, *mistake) {
		x, wrong := pureNumber(n)
		if wrong == nil && (x < low || x > high) {
			return 0, &mistake{message: n.text + " is out of range"}
		}
		return x, wrong
	}))
}

// pureNumber reads a number without a unit.
func pureNumber(n *node) (float64, *mistake) {
	x, ok := number(n.text)
	switch {
	case ok && n.quoted:
		return 0, inQuotes(n)
	case !ok:
		return 0, &mistake{message: quote(n.text) + " is not a number"}
	}
	return x, nil
}

// inQuotes is said of a number that is written as text.
func inQuotes(n *node) *mistake {
	return &mistake{quote(n.text) + " in quotes is text, not a number", "write " + n.text}
}
