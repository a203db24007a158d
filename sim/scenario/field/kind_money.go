package field

import (
	"fmt"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// Money is an amount in dollars, kept in cents: 5 or 7.50.
func Money[C any, T ~int64](place func(*C) *T) Type[C] {
	const what = "an amount in dollars such as 5 or 7.50"
	schema := &jsonschema.Schema{Type: "number", Minimum: jsonschema.Ptr(0.0)}
	return at(place, single(what, schema, func(n *node) (T, *mistake) {
		cents, ok := fixed(n.text, 2)
		bare := strings.Trim(n.text, "$ ")
		_, sensible := fixed(bare, 2)
		switch {
		case !ok && bare != n.text && sensible, ok && n.quoted:
			return 0, &mistake{fmt.Sprintf("%s is not an amount", quote(n.text)), "write " + bare}
		case !ok:
			return 0, &mistake{message: shown(n.text) + " is not an amount"}
		case cents < 0:
			return 0, &mistake{message: n.text + " is out of range"}
		}
		return T(cents), nil
	}))
}
