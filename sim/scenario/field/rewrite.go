package field

import "slices"

// Text returns the value that a key is given, on one line, or "" if it is given
// none.
func (d *Document[C]) Text(key string) string {
	p, _ := parsePath(key)
	if n, _ := d.root.find(p); n != nil {
		return flow(n)
	}
	return ""
}

// Rewrite returns what the file and its overrides give as YAML, without some of
// the top keys, and with others set. Defaults are left out.
func (d *Document[C]) Rewrite(without []string, set []Override) (string, Problems) {
	root := d.root.moved(d.root.at)
	root.pairs = slices.DeleteFunc(root.pairs, func(p pair) bool { return slices.Contains(without, p.name) })
	var problems Problems
	for _, o := range set {
		problems = append(problems, o.lay(root, d.table.root)...)
	}
	return joined(given(d.table.root, root)), problems
}

// given returns the lines of what a group is given. An element of a list of
// objects has a line of its own.
func given(o *outline, n *node) (lines []string) {
	for _, child := range o.below {
		p := n.get(child.name)
		switch {
		case p == nil:
		case child.isGroup():
			lines = append(append(lines, child.name+":"), indented(given(child, p.value))...)
		case child.elements == nil || len(p.value.items) == 0:
			lines = append(lines, child.name+": "+flow(p.value))
		default:
			lines = append(lines, child.name+":")
			for _, item := range p.value.items {
				lines = append(lines, "  - "+flow(item))
			}
		}
	}
	return lines
}
