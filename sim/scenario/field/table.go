package field

import (
	"fmt"
	"regexp"
	"strings"
)

// Table describes every field of a file that fills a C. It is immutable, and
// may be shared.
type Table[C any] struct {
	fields []Field[C]
	leaves []*outline // fields[i] is leaves[i] of the tree below root
	root   *outline
}

// Field is one key of a file.
type Field[C any] struct {
	Key      string  // dotted: "traders.heartbeat.every"
	Type     Type[C] // how its value is written and where it goes; none for a Group
	Default  string  // YAML, read as if it stood in the file; "" leaves the zero value
	Required bool    // must be given
	Doc      string  // one sentence
	// Only, if set, says for which configurations the field means anything. The
	// others are explained without it; whether it may be given there is for the
	// reader to judge, see [Document.Pointless].
	Only func(*C) bool
	// Apart: the field is about the file's use and not about what it describes,
	// so [Document.Canonical] leaves it out.
	Apart bool
}

// Group documents a key that holds other keys. Groups that need no words need
// no Group.
func Group[C any](key, doc string) Field[C] { return Field[C]{Key: key, Doc: doc} }

// keyText is what a key may look like.
var keyText = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$`)

// New makes a table. The order of the fields is the order in which they are
// listed and explained. New panics on a table that contradicts itself: a key
// given twice, a key that is both a field and a group, a default that the
// field's own type can't read.
func New[C any](fields ...Field[C]) *Table[C] {
	t := &Table[C]{root: &outline{below: []*outline{}}}
	for _, f := range fields {
		if !keyText.MatchString(f.Key) {
			panic(fmt.Sprintf("field: %q can't be a key", f.Key))
		}
		o := t.root.grow(strings.Split(f.Key, "."))
		if o == nil || o.schema != nil || o.doc != "" || f.Type.read != nil && o.below != nil {
			panic(fmt.Sprintf("field: %s is in the table twice", f.Key))
		}
		o.doc = f.Doc
		if f.Type.read == nil {
			if o.below == nil {
				o.below = []*outline{}
			}
			continue
		}
		o.index, o.required = len(t.fields), f.Required
		o.schema, o.elements = f.Type.schema, f.Type.elements
		o.def = t.defaultOf(f)
		t.fields, t.leaves = append(t.fields, f), append(t.leaves, o)
	}
	return t
}

// grow returns the place of a key in the tree, and makes it if there is none;
// nil when the way leads through a field.
func (o *outline) grow(names []string) *outline {
	for i, name := range names {
		if o.schema != nil {
			return nil
		}
		c := o.child(name)
		if c == nil {
			c = &outline{name: name}
			o.below = append(o.below, c)
		}
		if i < len(names)-1 && c.schema == nil && c.below == nil {
			c.below = []*outline{}
		}
		o = c
	}
	return o
}

// defaultOf reads a field's default, once to keep and once to try it out.
func (t *Table[C]) defaultOf(f Field[C]) *node {
	if f.Default == "" {
		return nil
	}
	src := &source{name: "default of " + f.Key}
	def, problems := parse(src, f.Default)
	if len(problems) == 0 && def != nil {
		f.Type.read(scope{key: f.Key, problems: &problems}, def, new(C))
	}
	if def == nil || f.Required || len(problems) > 0 {
		panic(fmt.Sprintf("field: the default of %s is bad or not needed: %v", f.Key, problems))
	}
	return def
}

// Keys lists the keys of the fields, dotted, in table order.
func (t *Table[C]) Keys() []string {
	keys := make([]string, len(t.fields))
	for i, f := range t.fields {
		keys[i] = f.Key
	}
	return keys
}
