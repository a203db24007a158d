package field

import (
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// Objects is a list of mappings, each read by a table of its own.
func Objects[C, E any](place func(*C) *[]E, elements *Table[E]) Type[C] {
	what := "a list of mappings with the keys " + strings.Join(elements.root.names(), ", ")
	return Type[C]{
		elements: elements.root,
		schema: func(defs definitions) *jsonschema.Schema {
			return &jsonschema.Schema{Type: "array", Items: elements.root.group(defs)}
		},
		read: func(s scope, n *node, c *C) {
			if !s.wants(n, list, what) {
				return
			}
			all := make([]E, len(n.items))
			for i, item := range n.items {
				elements.fill(s.under(step{index: i}), item, &all[i])
			}
			*place(c) = all
		},
	}
}
