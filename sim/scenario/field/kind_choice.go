package field

import (
	"fmt"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// Option is one of the values that a Choice allows.
type Option[T any] struct {
	Name  string // as it is written in the file
	Value T
	Doc   string // one sentence
}

// Choice is one of a fixed set of names.
func Choice[C, T any](place func(*C) *T, options ...Option[T]) Type[C] {
	return at(place, choiceKind(options))
}

// choiceDocs is the schema keyword from which editors take what choices mean.
const choiceDocs = "markdownEnumDescriptions"

func choiceKind[T any](options []Option[T]) kind[T] {
	names := make([]string, len(options))
	enum := make([]any, len(options))
	docs := make([]string, len(options))
	for i, o := range options {
		names[i], enum[i], docs[i] = o.Name, o.Name, o.Name+": "+o.Doc
	}
	schema := &jsonschema.Schema{Enum: enum, Extra: map[string]any{choiceDocs: docs}}
	return single("one of "+strings.Join(names, ", "), schema, func(n *node) (v T, wrong *mistake) {
		for _, o := range options {
			if o.Name == n.text {
				return o.Value, nil
			}
		}
		return v, &mistake{
			message: fmt.Sprintf("%s is not one of the choices", quote(n.text)),
			hint:    didYouMean(n.text, names) + "choices: " + strings.Join(names, ", "),
		}
	})
}
