package field

import "github.com/google/jsonschema-go/jsonschema"

// listKind is a list of k. With bare, a single element may stand without
// brackets. Every element is read, so that all its mistakes are found.
func listKind[T any](k kind[T], bare bool) kind[[]T] {
	what := "a list; each element is " + k.what
	return kind[[]T]{
		what: what,
		schema: func(defs definitions) *jsonschema.Schema {
			items := &jsonschema.Schema{Type: "array", Items: k.schema(defs)}
			if !bare {
				return items
			}
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{k.schema(defs), items}}
		},
		read: func(s scope, n *node) ([]T, bool) {
			if bare && n.shape == scalar {
				v, ok := k.read(s, n)
				return []T{v}, ok
			}
			if !s.wants(n, list, what) {
				return nil, false
			}
			all := make([]T, len(n.items))
			good := true
			for i, item := range n.items {
				v, ok := k.read(s.under(step{index: i}), item)
				all[i], good = v, good && ok
			}
			return all, good
		},
	}
}
