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

// Explain writes every field with its value and its doc, as YAML that reads
// back to the same Config. It is for documents without problems.
func (d *Document[C]) Explain(w io.Writer) error {
	return write(w, listing{comments: true}.group(d.table.root, d.root))
}

// Canonical returns every field with its value and nothing else. Files that
// differ in comments, layout or defaults written out have the same; values are
// as they were written, so that 60s and 1m differ.
func (d *Document[C]) Canonical() string {
	var l listing
	return joined(l.group(d.table.root, d.root))
}
