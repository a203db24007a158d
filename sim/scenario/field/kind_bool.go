package field

import (
	"fmt"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// Bool is true or false. The yes and no of older YAML are refused rather than
// guessed at.
func Bool[C any](place func(*C) *bool) Type[C] {
	const what = "true or false"
	schema := &jsonschema.Schema{Type: "boolean"}
	return at(place, single(what, schema, func(n *node) (bool, *mistake) {
		switch word := strings.ToLower(n.text); {
		case word == "true" && !n.quoted:
			return true, nil
		case word == "false" && !n.quoted:
			return false, nil
		case word == "true", word == "yes", word == "on", word == "y":
			return false, &mistake{quote(n.text) + " is not a truth value", "write true"}
		case word == "false", word == "no", word == "off", word == "n":
			return false, &mistake{quote(n.text) + " is not a truth value", "write false"}
		}
		return false, &mistake{message: fmt.Sprintf("%s is not a truth value", quote(n.text))}
	}))
}
