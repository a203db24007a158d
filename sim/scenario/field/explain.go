package field

import (
	"io"
	"strings"
)

// listing prints a document as YAML, with or without comments.
type listing struct {
	comments bool
	// hides, if set, says what to leave out.
	hides func(*outline) bool
}

// group returns the lines of a group: n holds what is given of it, and is nil
// when nothing is.
func (l listing) group(o *outline, n *node) (lines []string) {
	for _, child := range o.below {
		if l.hides != nil && l.hides(child) {
			continue
		}
		var value *node
		if n != nil {
			if p := n.get(child.name); p != nil {
				value = p.value
			}
		}
		if l.comments && child.doc != "" {
			lines = append(lines, "# "+child.doc)
			lines = append(lines, child.allowed()...)
		}
		if child.isGroup() {
			lines = append(lines, l.subgroup(child, value)...)
		} else {
			lines = append(lines, l.field(child, value)...)
		}
	}
	return lines
}

// allowed tells, as comments, the choices of a field and what each means, or
// the keys of an entry of a list.
func (o *outline) allowed() (lines []string) {
	if o.isGroup() {
		return nil
	}
	if o.elements != nil {
		for _, key := range o.elements.below {
			about := key.doc
			if key.def != nil {
				about += " Default " + flow(key.def) + "."
			}
			lines = append(lines, "#   "+key.name+": "+about)
			for _, choice := range key.allowed() {
				lines = append(lines, "#   "+strings.TrimPrefix(choice, "#"))
			}
		}
		return lines
	}
	choices, _ := o.schema(definitions{}).Extra[choiceDocs].([]string)
	for _, choice := range choices {
		lines = append(lines, "#   "+choice)
	}
	return lines
}

// subgroup puts the name of a group over its lines. A group in which nothing is
// set must not be printed as a key, because a key needs a value.
func (l listing) subgroup(o *outline, n *node) []string {
	lines := l.group(o, n)
	if set(lines) {
		return append([]string{o.name + ":"}, indented(lines)...)
	}
	if !l.comments {
		return nil
	}
	return append([]string{"# " + o.name + ":"}, indented(lines)...)
}

// field returns the lines of a field.
func (l listing) field(o *outline, value *node) []string {
	mark := ""
	switch {
	case value != nil && value.overridden():
		mark = "  # --set"
	case value == nil && o.def == nil:
		if !l.comments {
			return nil
		}
		return []string{"# " + o.name + ": not set"}
	case value == nil:
		value, mark = o.def, "  # default"
	}
	if !l.comments {
		mark = ""
	}
	if o.elements == nil || len(value.items) == 0 {
		return []string{o.name + ": " + flow(value) + mark}
	}
	lines := []string{o.name + ":" + mark}
	for _, item := range value.items {
		lines = append(lines, indented(element(o.elements, item))...)
	}
	return lines
}

// element returns the lines of an element of a list of objects, without
// comments: the same words over each would bury the values.
func element(o *outline, n *node) []string {
	var l listing
	lines := indented(l.group(o, n))
	if len(lines) == 0 {
		return []string{"- {}"}
	}
	lines[0] = "- " + strings.TrimPrefix(lines[0], "  ")
	return lines
}

// set says whether any of the lines is not a comment.
func set(lines []string) bool {
	for _, line := range lines {
		if !strings.HasPrefix(strings.TrimLeft(line, " "), "#") {
			return true
		}
	}
	return false
}

func indented(lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = "  " + line
	}
	return out
}

func joined(lines []string) string {
	return strings.Join(append(lines, ""), "\n")
}

func write(w io.Writer, lines []string) error {
	_, err := io.WriteString(w, joined(lines))
	return err
}
