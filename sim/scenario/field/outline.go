package field

import (
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// outline is the tree of a table's keys: all about the fields that does not
// depend on the type of the configuration.
type outline struct {
	name  string
	doc   string
	below []*outline // a group: its keys, in table order; nil for a field

	// Of a field only.
	index    int // in the table
	required bool
	def      *node // the default; nil when there is none
	schema   func(definitions) *jsonschema.Schema
	elements *outline // of a list of objects
}

// child returns the key called name, or nil. It may be asked of nil.
func (o *outline) child(name string) *outline {
	if o == nil {
		return nil
	}
	if i := slices.IndexFunc(o.below, func(c *outline) bool { return c.name == name }); i >= 0 {
		return o.below[i]
	}
	return nil
}

// isGroup says whether o holds keys and not a value. It may be asked of nil.
func (o *outline) isGroup() bool { return o != nil && o.below != nil }

// names lists the keys of a group.
func (o *outline) names() []string {
	names := make([]string, len(o.below))
	for i, c := range o.below {
		names[i] = c.name
	}
	return names
}

// allNames lists the keys of a group and of all groups below it.
func (o *outline) allNames() []string {
	names := o.names()
	for _, c := range o.below {
		names = append(names, c.allNames()...)
	}
	return names
}

// at follows the names of a path, or returns nil.
func (o *outline) at(names []string) *outline {
	for _, name := range names {
		o = o.child(name)
	}
	return o
}

// homes lists the groups below o, as dotted keys, in which a key called name
// lives.
func (o *outline) homes(name, prefix string) (groups []string) {
	for _, c := range o.below {
		if c.isGroup() {
			full := strings.TrimPrefix(prefix+"."+c.name, ".")
			if c.child(name) != nil {
				groups = append(groups, full)
			}
			groups = append(groups, c.homes(name, full)...)
		}
	}
	return groups
}
