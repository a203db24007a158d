package field

import (
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// converter turns the parser's tree into ours, which is smaller, has one shape
// for each thing a reader may ask about, and knows where each value stands.
type converter struct{ src *source }

func (c converter) node(n ast.Node) *node {
	switch n := n.(type) {
	case *ast.MappingNode:
		return c.mapping(n)
	case *ast.MappingValueNode:
		return c.mapping(&ast.MappingNode{Values: []*ast.MappingValueNode{n}})
	case *ast.SequenceNode:
		out := &node{shape: list, at: c.from(n.Start, n.End)}
		for _, value := range n.Values {
			out.items = append(out.items, c.node(value))
		}
		return out
	case *ast.NullNode:
		at := c.from(n.Token, nil)
		at.length = utf8.RuneCountInString(strings.TrimSpace(n.Token.Value))
		return &node{shape: null, at: at}
	case *ast.LiteralNode:
		return &node{at: c.from(n.Start, nil), text: n.Value.Value, quoted: true}
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return c.scalar(n.GetToken())
	case *ast.AnchorNode: // refused by the screen; reading on finds more
		return c.node(n.Value)
	case *ast.TagNode:
		return c.node(n.Value)
	}
	return &node{shape: unreadable, at: c.src.start()}
}

func (c converter) scalar(t *token.Token) *node {
	quoted := t.Type == token.SingleQuoteType || t.Type == token.DoubleQuoteType
	at := c.from(t, nil)
	if !quoted {
		at.length = utf8.RuneCountInString(t.Value)
	}
	return &node{at: at, text: t.Value, quoted: quoted}
}

func (c converter) mapping(n *ast.MappingNode) *node {
	out := &node{shape: mapping}
	lines := map[string]int{}
	for _, entry := range n.Values {
		key := c.node(entry.Key)
		if key.shape == unreadable { // a merge key or "?", refused by the screen
			continue
		}
		value := c.node(entry.Value)
		if value.shape == null && entry.Value.GetToken().Type == token.ImplicitNullType {
			value.at = key.at // there is nothing else to point at
		}
		out.pairs = append(out.pairs, pair{name: key.text, at: key.at, value: value, again: lines[key.text]})
		if lines[key.text] == 0 {
			lines[key.text] = key.at.line
		}
	}
	switch {
	case n.IsFlowStyle:
		out.at = c.from(n.Start, n.End)
	case len(out.pairs) > 0: // outside brackets, the parser starts it at a colon
		out.at = out.pairs[0].at
	default:
		out.at = c.from(n.Start, nil)
	}
	return out
}

// from is the place that starts at a token and, when they are on one line,
// reaches to another.
func (c converter) from(first, last *token.Token) span {
	if first == nil || first.Position == nil {
		return c.src.start()
	}
	at := span{src: c.src, line: first.Position.Line, column: first.Position.Column, length: toEnd}.skipBlanks()
	if last != nil && last.Position.Line == at.line {
		at.length = last.Position.Column - at.column + 1
	}
	if first.Type == token.SequenceEntryType {
		at.length = 1
	}
	return at
}
