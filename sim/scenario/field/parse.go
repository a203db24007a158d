package field

import (
	"errors"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// parse reads YAML into nodes. The root is nil when the text can't be parsed,
// in which case the problems say why, and when there is nothing in it.
func parse(s *source, text string) (root *node, problems Problems) {
	tokens := lexer.Tokenize(text)
	if tokens.InvalidToken() == nil {
		var fit bool
		if problems, fit = screen(s, tokens); !fit {
			return nil, problems
		}
	}
	file, err := parseTokens(tokens)
	if err != nil {
		// What the screen refused may itself be what confused the parser.
		if len(problems) == 0 {
			problems = Problems{syntaxProblem(s, err)}
		}
		return nil, problems
	}
	for _, doc := range file.Docs {
		if _, directive := doc.Body.(*ast.DirectiveNode); doc.Body != nil && !directive {
			return converter{src: s}.node(doc.Body), problems
		}
	}
	return nil, problems
}

// parseTokens parses, and turns a panic of the parser into an error: a broken
// file must never look like a broken program. Duplicate keys are accepted here
// and reported by the reader, which unlike the parser goes on after them.
func parseTokens(tokens token.Tokens) (file *ast.File, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("the YAML parser gave up")
		}
	}()
	return parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
}
