package field

import (
	"fmt"

	"github.com/google/jsonschema-go/jsonschema"
)

// Type is a reader of values bound to a place in a C. The functions of this
// package that return one say how the value is written.
type Type[C any] struct {
	read     func(scope, *node, *C)
	schema   func(definitions) *jsonschema.Schema
	elements *outline // of a list of objects; nil for all others
}

// kind is a way to write a T, bound to no place yet.
type kind[T any] struct {
	what   string // completes "traders.count wants ..."
	read   func(scope, *node) (T, bool)
	schema func(definitions) *jsonschema.Schema
}

// at binds a kind to a place.
func at[C, T any](place func(*C) *T, k kind[T]) Type[C] {
	return Type[C]{
		schema: k.schema,
		read: func(s scope, n *node, c *C) {
			if v, ok := k.read(s, n); ok {
				*place(c) = v
			}
		},
	}
}

// mistake is what is wrong with a value. Without a hint, the reader is told
// what the key wants.
type mistake struct{ message, hint string }

// single makes a kind that is written as a single value.
func single[T any](what string, schema *jsonschema.Schema, parse func(*node) (T, *mistake)) kind[T] {
	return kind[T]{
		what:   what,
		schema: func(definitions) *jsonschema.Schema { return schema.CloneSchemas() },
		read: func(s scope, n *node) (v T, ok bool) {
			if !s.wants(n, scalar, what) {
				return v, false
			}
			v, wrong := parse(n)
			if wrong == nil {
				return v, true
			}
			if wrong.hint == "" {
				wrong.hint = fmt.Sprintf("%s wants %s", s.key, what)
			}
			s.report(n.at, wrong.message, wrong.hint)
			return v, false
		},
	}
}

// convertKind is k with its values converted.
func convertKind[T, U any](k kind[T], convert func(T) U) kind[U] {
	return kind[U]{
		what:   k.what,
		schema: k.schema,
		read: func(s scope, n *node) (u U, ok bool) {
			v, ok := k.read(s, n)
			if !ok {
				return u, false
			}
			return convert(v), true
		},
	}
}

// shown is how the user's value stands in a message: in quotes unless it is a
// number.
func shown(text string) string {
	if numeral.MatchString(text) {
		return text
	}
	return quote(text)
}

// quote shows the user's own text in a message, cut if it is long.
func quote(text string) string {
	const longest = 40
	if runes := []rune(text); len(runes) > longest {
		text = string(runes[:longest]) + "…"
	}
	return fmt.Sprintf("%q", text)
}
