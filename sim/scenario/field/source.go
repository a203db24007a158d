package field

import (
	"slices"
	"strings"
)

// source is a text that values come from: a file, or one override.
type source struct {
	name  string
	lines [][]rune // nil for an override, which has no line to show
}

// span is a place in a source. Columns and lengths count characters from 1.
type span struct {
	src    *source
	line   int
	column int
	length int // toEnd: up to the end of the line
}

// toEnd is the length of a span that goes on to the end of its line, comment
// and trailing blanks excluded, or to its closing quote.
const toEnd = -1

// start is the place for what has none of its own: the first character.
func (s *source) start() span { return span{src: s, line: 1, column: 1, length: 1} }

// problem reports a mistake at p. Positions are brought inside the text here,
// once, so that no slip of a YAML reader can make one point outside.
func (p span) problem(message, hint string) Problem {
	out := Problem{File: p.src.name, Message: message, Hint: hint}
	if p.src.lines == nil {
		return out
	}
	out.Line = min(max(p.line, 1), len(p.src.lines))
	line := p.src.lines[out.Line-1]
	out.Column = min(max(p.column, 1), len(line)+1)
	rest := line[out.Column-1:]
	out.Length = max(1, min(p.measure(rest), len(rest)))
	out.Excerpt = excerpt(line, out.Line, out.Column, out.Length)
	return out
}

// skipBlanks moves p on to the next character that is not blank. The YAML parser
// places a value that follows a tab at the tab.
func (p span) skipBlanks() span {
	if p.line < 1 || p.line > len(p.src.lines) || p.column < 1 {
		return p
	}
	line := p.src.lines[p.line-1]
	for at := p.column; at <= len(line); at++ {
		if line[at-1] != ' ' && line[at-1] != '\t' {
			p.column = at
			break
		}
	}
	return p
}

// measure returns how much of the rest of its line the span covers.
func (p span) measure(rest []rune) int {
	if p.length != toEnd || len(rest) == 0 {
		return p.length
	}
	rest = rest[:min(len(rest), widest)] // no more is shown
	if quote := rest[0]; quote == '"' || quote == '\'' {
		if end := slices.Index(rest[1:], quote); end >= 0 {
			return end + 2
		}
	}
	text := string(rest)
	if comment := strings.Index(text, " #"); comment >= 0 {
		text = text[:comment]
	}
	return len([]rune(strings.TrimRight(text, " \t")))
}
