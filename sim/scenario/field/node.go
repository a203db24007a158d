package field

import (
	"fmt"
	"slices"
)

// shape is what a YAML value looks like, before anyone asks what it means.
type shape int

const (
	scalar shape = iota
	list
	mapping
	null
	unreadable // reported when it was parsed; readers pass over it
)

// String names the shape in an error message.
func (s shape) String() string {
	switch s {
	case scalar:
		return "a single value"
	case list:
		return "a list"
	case mapping:
		return "a mapping"
	case null:
		return "nothing"
	case unreadable:
		return "something unreadable"
	}
	panic(fmt.Sprintf("field: no shape %d", int(s)))
}

// node is a YAML value with its place in the source.
type node struct {
	shape  shape
	at     span
	text   string // scalar: its text, unquoted
	quoted bool   // scalar: text for sure, even if it looks like a number
	items  []*node
	pairs  []pair // mapping: in the order of the source, duplicates included
}

// pair is one entry of a mapping.
type pair struct {
	name  string
	at    span // the key
	value *node
	again int // the line of the first entry with this name; 0 in that one
}

// get returns the first entry called name, or nil.
func (n *node) get(name string) *pair {
	for i := range n.pairs {
		if n.pairs[i].name == name {
			return &n.pairs[i]
		}
	}
	return nil
}

// names lists the keys of a mapping.
func (n *node) names() []string {
	names := make([]string, len(n.pairs))
	for i, p := range n.pairs {
		names[i] = p.name
	}
	return names
}

// overridden says whether any part of n comes from an override.
func (n *node) overridden() bool {
	return n.at.src.lines == nil ||
		slices.ContainsFunc(n.items, (*node).overridden) ||
		slices.ContainsFunc(n.pairs, func(p pair) bool { return p.value.overridden() })
}

// moved returns a copy of n, all of it placed at p: a default that an override
// changes in part belongs to the override.
func (n *node) moved(p span) *node {
	c := *n
	c.at = p
	c.items, c.pairs = nil, nil
	for _, item := range n.items {
		c.items = append(c.items, item.moved(p))
	}
	for _, pair := range n.pairs {
		pair.at, pair.value = p, pair.value.moved(p)
		c.pairs = append(c.pairs, pair)
	}
	return &c
}

// find walks down from n. It returns the place nearest to the path: the value
// itself when found, otherwise the key of the last mapping that is there.
func (n *node) find(p path) (value *node, nearest span) {
	nearest = n.at
	for _, s := range p {
		next, at := n.step(s)
		if next == nil {
			return nil, nearest
		}
		n, nearest = next, at
	}
	return n, n.at
}

// step follows one step of a path: to the value, and the place that names it.
func (n *node) step(s step) (*node, span) {
	if s.name == "" {
		if n.shape != list || s.index >= len(n.items) {
			return nil, span{}
		}
		return n.items[s.index], n.items[s.index].at
	}
	if p := n.get(s.name); p != nil {
		return p.value, p.at
	}
	return nil, span{}
}
