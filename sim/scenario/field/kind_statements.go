package field

import (
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// Statement is text that stands by itself, such as a < 5, or under one of a few
// words, such as always: a < 5.
type Statement struct {
	// Word is empty for text by itself.
	Word, Text string
}

// String prints the statement as it is written.
func (s Statement) String() string {
	if s.Word == "" {
		return s.Text
	}
	return s.Word + ": " + s.Text
}

// Statements is a list of statements, whose text the file's reader does not
// interpret. what completes "expect[0] wants ...". One with a mistake, which has
// been reported, is left empty in its place, so that the others can be judged.
func Statements[C any](place func(*C) *[]Statement, what string, words ...string) Type[C] {
	k := listKind(statementKind(what, words), true)
	return Type[C]{
		schema: k.schema,
		read:   func(s scope, n *node, c *C) { *place(c), _ = k.read(s, n) },
	}
}

func statementKind(what string, words []string) kind[Statement] {
	return kind[Statement]{
		what: what,
		schema: func(definitions) *jsonschema.Schema {
			under := &jsonschema.Schema{Type: "object", Properties: map[string]*jsonschema.Schema{}}
			for _, word := range words {
				under.Properties[word] = plainSchema()
			}
			under.MinProperties, under.MaxProperties = jsonschema.Ptr(1), jsonschema.Ptr(1)
			under.AdditionalProperties = &jsonschema.Schema{Not: &jsonschema.Schema{}}
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{plainSchema(), under}}
		},
		read: func(s scope, n *node) (Statement, bool) {
			if n.shape != mapping {
				return s.statement("", n, what)
			}
			switch len(n.pairs) {
			case 0:
				s.report(n.at, s.key+" says nothing", s.key+" wants "+what)
				return Statement{}, false
			case 1:
			default:
				s.report(n.at, s.key+" holds several statements", "give each its own entry of the list")
				return Statement{}, false
			}
			p := n.pairs[0]
			if !slices.Contains(words, p.name) {
				s.report(p.at, "unknown key "+quote(p.name)+" "+s.where(), didYouMean(p.name, words)+"keys here: "+strings.Join(words, ", "))
				return Statement{}, false
			}
			return s.under(step{name: p.name}).statement(p.name, p.value, what)
		},
	}
}

// statement reads the text of one.
func (s scope) statement(word string, n *node, what string) (Statement, bool) {
	switch {
	case !s.wants(n, scalar, what):
		return Statement{}, false
	case strings.TrimSpace(n.text) == "":
		s.report(n.at, s.key+" says nothing", s.key+" wants "+what)
		return Statement{}, false
	}
	return Statement{Word: word, Text: n.text}, true
}
