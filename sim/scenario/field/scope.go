package field

import (
	"fmt"
	"strings"
)

// scope is where a reader stands: the key it reads, for its messages, and where
// they go.
type scope struct {
	key      string // "" at the top of a file
	problems *Problems
}

// report notes a mistake at a place.
func (s scope) report(at span, message, hint string) {
	*s.problems = append(*s.problems, at.problem(message, hint))
}

// under is the scope of a key or an element below s.
func (s scope) under(next step) scope {
	s.key = strings.TrimPrefix(s.key+next.String(), ".")
	return s
}

// where says where a key stands, for "unknown key ...".
func (s scope) where() string {
	if s.key == "" {
		return "at the top level"
	}
	return "under " + s.key
}

// wants reports a value of the wrong shape and says whether it is right.
func (s scope) wants(n *node, shape shape, what string) bool {
	switch n.shape {
	case shape:
		return true
	case unreadable: // reported already
	case null:
		s.report(n.at, s.key+" needs a value", s.key+" wants "+what)
	default:
		s.report(n.at, fmt.Sprintf("%s can't be %s", s.key, n.shape), s.key+" wants "+what)
	}
	return false
}
