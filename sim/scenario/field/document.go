package field

import "io"

// Document is a file that has been read.
type Document[C any] struct {
	Config C

	table *Table[C]
	root  *node
}

// Given says whether the file or an override gives the key; otherwise Config
// has its default.
func (d *Document[C]) Given(key string) bool {
	p, ok := parsePath(key)
	if !ok {
		return false
	}
	n, _ := d.root.find(p)
	return n != nil
}

// Problem makes a problem that points at the value of a key, or at the nearest
// key above it that is given, or at the start of the file. Elements and the
// insides of values are keys too: faults[1].crash, think.exponential.mean.
func (d *Document[C]) Problem(key, message, hint string) Problem {
	p, _ := parsePath(key)
	n, place := d.root.find(p)
	if n != nil {
		place = n.at
	}
	return place.problem(message, hint)
}

// Explain writes every field that means anything with its value and its doc, as
// YAML that reads back to the same Config. It is for documents without problems.
func (d *Document[C]) Explain(w io.Writer) error {
	l := listing{comments: true, hides: d.hides}
	return write(w, l.group(d.table.root, d.root))
}

// Canonical returns every field that means anything with its value and nothing
// else, without those that stand apart. Files that differ in comments, layout or defaults written out have the
// same; values are as they were written, so that 60s and 1m differ.
func (d *Document[C]) Canonical() string {
	apart := func(o *outline) bool { return !o.isGroup() && d.table.fields[o.index].Apart }
	l := listing{hides: func(o *outline) bool { return apart(o) || d.hides(o) }}
	return joined(l.group(d.table.root, d.root))
}

// Pointless lists the keys that are given though they mean nothing in this
// configuration.
func (d *Document[C]) Pointless() []string {
	var keys []string
	for _, f := range d.table.fields {
		if f.Only != nil && !f.Only(&d.Config) && d.Given(f.Key) {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// hides says that a field, or every field of a group, means nothing in this
// configuration.
func (d *Document[C]) hides(o *outline) bool {
	if !o.isGroup() {
		only := d.table.fields[o.index].Only
		return only != nil && !only(&d.Config)
	}
	for _, child := range o.below {
		if !d.hides(child) {
			return false
		}
	}
	return true
}
