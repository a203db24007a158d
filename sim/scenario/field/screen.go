package field

import (
	"fmt"

	"github.com/goccy/go-yaml/token"
)

// Limits on what is parsed. The YAML parser recurses for every level and for
// every key of a mapping, and takes time quadratic in the keys, so both must be
// known to be few before it runs.
const (
	deepest      = 32     // brackets within brackets
	mostIndented = 128    // the column at which a key or an element's dash may stand
	mostKeys     = 20_000 // in a file
	mostUnusual  = 64     // anchors and the like: each may add a level
)

// screen looks at the tokens of a file before they are parsed. It reports the
// parts of YAML that have no place in a configuration file. fit is false if the
// tokens are beyond a limit and must not be parsed.
func screen(s *source, tokens token.Tokens) (problems Problems, fit bool) {
	brackets, keys := 0, 0
	for i, t := range tokens {
		at := span{src: s, line: t.Position.Line, column: t.Position.Column, length: 1}
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			brackets++
		case token.SequenceEndType, token.MappingEndType:
			brackets = max(0, brackets-1)
		case token.MappingValueType:
			keys++
		}
		indented := brackets == 0 && opensBlock(tokens, i) && t.Position.Column > mostIndented
		switch {
		case brackets > deepest || indented:
			return Problems{at.problem("too deeply nested", "")}, false
		case keys > mostKeys:
			return Problems{at.problem(fmt.Sprintf("a file can't have more than %d keys", mostKeys), "")}, false
		case len(problems) > mostUnusual:
			return problems, false
		}
		if message, hint := unsupported(t, i); message != "" {
			problems = append(problems, at.problem(message, hint))
		}
	}
	return problems, true
}

// opensBlock says whether the i-th token is a key or the dash of an element,
// the two that open a level of nesting outside brackets.
func opensBlock(tokens token.Tokens, i int) bool {
	if tokens[i].Type == token.SequenceEntryType {
		return true
	}
	return i+1 < len(tokens) && tokens[i+1].Type == token.MappingValueType
}

// unsupported says what is wrong with a token that a file may not hold, or "".
// Aliases are refused because they make a small file expand without bound, the
// others because they hide what the file says.
func unsupported(t *token.Token, i int) (message, hint string) {
	const writeOut = "write the value out where it is needed"
	switch t.Type {
	case token.AnchorType:
		return "anchors (&name) are not supported here", writeOut
	case token.AliasType:
		return "aliases (*name) are not supported here", writeOut + `; put quotes round text that starts with "*"`
	case token.MergeKeyType:
		return "merge keys (<<) are not supported here", writeOut
	case token.TagType:
		return "tags (!name) are not supported here", `write the plain value; put quotes round text that starts with "!"`
	case token.MappingKeyType:
		return `keys introduced by "?" are not supported here`, "write key: value"
	case token.DirectiveType:
		return "directives (%NAME) are not supported here", `remove the line; put quotes round text that starts with "%"`
	case token.DocumentHeaderType:
		if i > 0 {
			return "a file holds one document", `remove the "---" and what belongs to the other one`
		}
	}
	return "", ""
}
