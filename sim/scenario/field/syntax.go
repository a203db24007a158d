package field

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/token"
)

// syntaxProblem says in plain words where and why the text is not YAML.
func syntaxProblem(s *source, err error) Problem {
	var placed interface {
		GetMessage() string
		GetToken() *token.Token
	}
	if !errors.As(err, &placed) || placed.GetToken() == nil || placed.GetToken().Position == nil {
		return s.start().problem("this can't be read as YAML", "")
	}
	at := span{src: s, line: placed.GetToken().Position.Line, column: placed.GetToken().Position.Column, length: 1}
	message, hint := plainWords(placed.GetMessage())
	if tab := tabNear(s, at.line); tab > 0 {
		hint = fmt.Sprintf("line %d is indented with a tab; use spaces", tab)
	}
	return at.problem(message, hint)
}

// tabNear returns the number of the line, at or just before line, that is
// indented with a tab; 0 if none is.
func tabNear(s *source, line int) int {
	for _, n := range []int{line, line - 1, line + 1} {
		if n < 1 || n > len(s.lines) {
			continue
		}
		if blank := strings.IndexFunc(string(s.lines[n-1]), func(r rune) bool { return r != ' ' }); blank >= 0 &&
			s.lines[n-1][blank] == '\t' {
			return n
		}
	}
	return 0
}

// plainWords translates a message of the YAML parser, which is written for
// those who know the grammar of YAML, for those who wrote the file.
func plainWords(jargon string) (message, hint string) {
	const (
		quote  = "put quotes round the text"
		indent = "check the indentation: the keys of one mapping start in the same column"
	)
	for _, entry := range []struct{ part, message, hint string }{
		{"cannot start any token", "a tab can't stand here", "indent with spaces"},
		{"tab character", "a tab can't stand here", "indent with spaces"},
		{"double-quoted", `this text has no closing "`, "close the quotes"},
		{"single-quoted", "this text has no closing '", "close the quotes; a ' inside is written ''"},
		{"unknown escape", `unknown escape after "\"`, `write \\ for a backslash, or use single quotes`},
		{"mapping value is not allowed", "this value can't have keys of its own", indent + `; text with ": " in it needs quotes`},
		{"block sequence entries", "a list can't start on the line of its key", "start it on the next line, or write [a, b]"},
		{"',' or ']'", `expected "," or "]" here`, `close the list with "]"`},
		{"',' or '}'", `expected "," or "}" here`, `close the mapping with "}"`},
		{"corresponding to ']'", `this "]" closes nothing`, `open the list with "["`},
		{"corresponding to '}'", `this "}" closes nothing`, `open the mapping with "{"`},
		{"flow mapping end", `this "{" is never closed`, `close it with "}"`},
		{"sequence end token", `this "[" is never closed`, `close it with "]"`},
		{"flow map content", "expected key: value here", "between { and } stand pairs: {key: value, other: value}"},
		{"but found ','", "a list can't start with a comma", "remove it"},
		{"reserved character", "text can't start with this character", quote},
		{"directive", `text can't start with "%"`, quote},
		{"header option", `text can't start with ">" or "|"`, quote},
		{"value is not allowed", "this doesn't line up with the lines above", indent},
		{"non-map value", "expected key: value here", indent},
		{"key", "expected key: value here", "a key is followed by a colon and a space"},
	} {
		if strings.Contains(jargon, entry.part) {
			return entry.message, entry.hint
		}
	}
	return "this can't be read as YAML", "check the indentation, the quotes and the brackets here and on the line above"
}
