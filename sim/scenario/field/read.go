package field

import (
	"fmt"
	"strings"
)

// Read reads a file called name and lays the overrides over it. It returns all
// mistakes of both. The document is never nil, but its Config is what the file
// says only if there are no problems.
func (t *Table[C]) Read(name string, src []byte, overrides []Override) (*Document[C], Problems) {
	s, text, problems := decode(name, src)
	d := &Document[C]{table: t, root: &node{shape: mapping, at: s.start()}}
	if len(problems) > 0 {
		return d, problems
	}
	root, problems := parse(s, text)
	switch {
	case root == nil && len(problems) == 0:
		return d, Problems{emptyFile(s)}
	case root == nil:
		return d, problems
	case root.shape != mapping:
		return d, append(problems, t.notMapping(root))
	}
	d.root = root
	d.root.at = s.start()
	for _, o := range overrides {
		problems = append(problems, o.lay(d.root, t.root)...)
	}
	t.fill(scope{problems: &problems}, d.root, &d.Config)
	return d, problems
}

// notMapping is said of a file that holds a list or a single value.
func (t *Table[C]) notMapping(root *node) Problem {
	hint := "the file wants the keys " + strings.Join(t.root.names(), ", ")
	if root.shape == scalar && strings.Contains(root.text, ":") {
		hint = "a key is followed by a colon and a space"
	}
	return root.at.problem("the file can't be "+root.shape.String(), hint)
}

// fill reads a mapping into c: first all defaults, then what the mapping gives.
func (t *Table[C]) fill(s scope, n *node, c *C) {
	what := "a mapping with the keys " + strings.Join(t.root.names(), ", ")
	if !s.wants(n, mapping, what) {
		return
	}
	for i, f := range t.fields {
		if def := t.leaves[i].def; def != nil {
			f.Type.read(scope{key: f.Key, problems: new(Problems)}, def, c) // can't fail: New has tried it
		}
	}
	t.walk(s, t.root, n, n.at, c)
}

// walk reads the keys of a group from a mapping, which is named at a place.
func (t *Table[C]) walk(s scope, o *outline, n *node, named span, c *C) {
	meant := map[string]bool{} // the keys given, and those probably misspelt
	for _, p := range n.pairs {
		child := o.child(p.name)
		under := s.under(step{name: p.name})
		switch {
		case child == nil:
			meant[s.reportUnknown(t.root, o, p)] = true
			continue
		case p.again != 0:
			s.reportTwice(p)
		case !child.isGroup():
			t.fields[child.index].Type.read(under, p.value, c)
		case under.wants(p.value, mapping, "some of the keys "+strings.Join(child.names(), ", ")):
			t.walk(under, child, p.value, p.at, c)
		}
		meant[p.name] = true
	}
	for _, child := range o.below {
		if !meant[child.name] {
			s.reportMissing(child, named)
		}
	}
}

// reportMissing reports the required fields of o, or below it, all of which the
// file leaves out.
func (s scope) reportMissing(o *outline, named span) {
	under := s.under(step{name: o.name})
	if o.required {
		s.report(named, under.key+" is missing", o.doc)
	}
	for _, child := range o.below {
		under.reportMissing(child, named)
	}
}

// reportTwice reports a key that has been given before.
func (s scope) reportTwice(p pair) {
	key := s.under(step{name: p.name}).key
	s.report(p.at, fmt.Sprintf("%s is given twice; the first is on line %d", key, p.again), "keep one of them")
}
