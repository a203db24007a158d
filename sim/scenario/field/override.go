package field

import (
	"fmt"
	"strings"
)

// Override sets one key in place of the file: traders.count, or an element's
// faults[0].at, or a parameter's think.exponential.mean. The value is YAML and
// is checked like the file's.
type Override struct{ Key, Value string }

// overlay is an override on its way into the tree of a file.
type overlay struct {
	at       span
	value    *node
	problems Problems
}

// lay sets the override's value in the tree below root.
func (o Override) lay(root *node, keys *outline) Problems {
	src := &source{name: printable([]rune("--set " + o.Key + "=" + o.Value))}
	if notText([]byte(o.Key+o.Value)) >= 0 {
		return Problems{src.start().problem("not text", "")}
	}
	p, ok := parsePath(o.Key)
	if !ok {
		return Problems{src.start().problem(quote(o.Key)+" is not a key", "write --set traders.count=3 or --set faults[0].at=5s")}
	}
	value, problems := parse(src, o.Value)
	if len(problems) > 0 {
		return problems
	}
	if value == nil {
		value = &node{shape: null, at: src.start()}
	}
	l := &overlay{at: src.start(), value: value}
	l.set(root, keys, p, nil)
	return l.problems
}

// set puts the value where the rest of the path leads from n. keys is the
// outline at n: nil inside a value, and on a way that the table doesn't know,
// which the reader will report.
func (l *overlay) set(n *node, keys *outline, rest, done path) {
	if len(rest) == 0 {
		if keys.isGroup() {
			l.report(done.String()+" is a group of keys, not a value", "set one of "+strings.Join(keys.names(), ", "))
			return
		}
		*n = *l.value
		return
	}
	next, done := rest[0], append(done, rest[0])
	if next.name == "" {
		l.setElement(n, keys, rest, done)
		return
	}
	if n.shape != mapping {
		if keys.isGroup() {
			return // a mistake of the file, reported by the reader
		}
		*n = node{shape: mapping, at: l.at}
	}
	child := keys.child(next.name)
	entry := n.get(next.name)
	if entry == nil {
		n.pairs = append(n.pairs, pair{name: next.name, at: l.at, value: l.blank(child, rest[1:])})
		entry = &n.pairs[len(n.pairs)-1]
	}
	l.set(entry.value, child, rest[1:], done)
}

// setElement goes on into an element of a list, which must be there.
func (l *overlay) setElement(n *node, keys *outline, rest, done path) {
	if i := rest[0].index; i < len(n.items) {
		var elements *outline
		if keys != nil {
			elements = keys.elements
		}
		l.set(n.items[i], elements, rest[1:], done)
		return
	}
	above := done[:len(done)-1].String()
	l.report(fmt.Sprintf("there is no %s; %s has %d, counted from 0", done, above, len(n.items)),
		"--set changes elements; it can't add them")
}

// blank is what a key that the file leaves out holds before the value is set in
// it: the default if the value is a part of that, otherwise nothing.
func (l *overlay) blank(key *outline, rest path) *node {
	switch {
	case len(rest) == 0:
		return &node{shape: null, at: l.at}
	case key != nil && key.def != nil:
		if part, _ := key.def.step(rest[0]); part != nil {
			return key.def.moved(l.at)
		}
	}
	if rest[0].name == "" {
		return &node{shape: list, at: l.at}
	}
	return &node{shape: mapping, at: l.at}
}

func (l *overlay) report(message, hint string) {
	l.problems = append(l.problems, l.at.problem(message, hint))
}
