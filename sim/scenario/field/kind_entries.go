package field

import (
	"fmt"

	"github.com/google/jsonschema-go/jsonschema"
)

// Raw is a value, or a key, that the file's reader does not interpret: its
// text, as it would stand on one line of YAML, and its place.
type Raw struct {
	Text string
	at   span
}

// Problem makes a problem that points at the value.
func (r Raw) Problem(message, hint string) Problem { return r.at.problem(message, hint) }

// Entry is one line of a mapping whose keys the table does not know.
type Entry[T any] struct {
	Key   Raw
	Value T
}

// Given is a mapping from free keys to one value of any kind each.
func Given[C any](place func(*C) *[]Entry[Raw], key string) Type[C] {
	return at(place, entriesKind(key, rawKind()))
}

// Grid is a mapping from free keys to lists of values of any kind.
func Grid[C any](place func(*C) *[]Entry[[]Raw], key string) Type[C] {
	return at(place, entriesKind(key, listKind(rawKind(), true)))
}

// Grids is a list of such mappings.
func Grids[C any](place func(*C) *[][]Entry[[]Raw], key string) Type[C] {
	return at(place, listKind(entriesKind(key, listKind(rawKind(), true)), false))
}

// ParsedEntries is a mapping from free keys to values in a notation of their
// own. what completes "throughput wants ...".
func ParsedEntries[C, T any](place func(*C) *[]Entry[T], key, what string, parse func(string) (T, error)) Type[C] {
	return at(place, entriesKind(key, parsedKind(what, parse)))
}

// rawKind takes any value that is given.
func rawKind() kind[Raw] {
	const what = "a value"
	return kind[Raw]{
		what:   what,
		schema: func(definitions) *jsonschema.Schema { return &jsonschema.Schema{} },
		read: func(s scope, n *node) (Raw, bool) {
			switch n.shape {
			case null, unreadable:
				return Raw{}, s.wants(n, scalar, what)
			}
			return Raw{Text: flow(n), at: n.at}, true
		},
	}
}

// entriesKind is a mapping from free keys, each a `key`, to values of kind k,
// in the order of the file.
func entriesKind[T any](key string, k kind[T]) kind[[]Entry[T]] {
	what := fmt.Sprintf("a mapping from %s to %s", key, k.what)
	return kind[[]Entry[T]]{
		what: what,
		schema: func(defs definitions) *jsonschema.Schema {
			return &jsonschema.Schema{Type: "object", AdditionalProperties: k.schema(defs)}
		},
		read: func(s scope, n *node) ([]Entry[T], bool) {
			if !s.wants(n, mapping, what) {
				return nil, false
			}
			all := make([]Entry[T], 0, len(n.pairs))
			good := true
			for _, p := range n.pairs {
				if p.again != 0 {
					s.reportTwice(p)
					good = false
				}
				v, ok := k.read(scope{key: p.name, problems: s.problems}, p.value)
				all = append(all, Entry[T]{Key: Raw{Text: p.name, at: p.at}, Value: v})
				good = good && ok
			}
			return all, good
		},
	}
}
