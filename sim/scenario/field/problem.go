package field

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Problem is one mistake in a file or in an override.
type Problem struct {
	File    string // the file's name, or the override as it was typed: --set traders.count=12
	Line    int    // from 1; 0 when the mistake is in an override
	Column  int    // from 1, in characters
	Length  int    // how many characters to underline
	Message string
	Hint    string // what to do about it; may be empty
	Excerpt string // the source line with carets under it, ready to print; empty in an override
}

// String prints p with its source line, a caret and the hint.
func (p Problem) String() string {
	var b strings.Builder
	if p.Line == 0 {
		fmt.Fprintf(&b, "%s: %s\n", p.File, p.Message)
	} else {
		fmt.Fprintf(&b, "%s:%d:%d: %s\n", p.File, p.Line, p.Column, p.Message)
		b.WriteString(p.Excerpt)
	}
	if p.Hint != "" {
		fmt.Fprintf(&b, "   hint: %s\n", p.Hint)
	}
	return b.String()
}

// Problems are all the mistakes found, in any order; printing sorts them.
type Problems []Problem

// Err returns ps as an error, or nil when there are none. A bare Problems(nil)
// in an error variable would not compare equal to nil.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}

// Error returns what Print writes, without the last line end.
func (ps Problems) Error() string {
	var b strings.Builder
	ps.write(&b)
	return strings.TrimSuffix(b.String(), "\n")
}

// Print writes every problem, sorted by position, and their number.
func (ps Problems) Print(w io.Writer) error {
	var b strings.Builder
	ps.write(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

func (ps Problems) write(b *strings.Builder) {
	for _, p := range ps.Sorted() {
		b.WriteString(p.String())
	}
	noun := "problems"
	if len(ps) == 1 {
		noun = "problem"
	}
	fmt.Fprintf(b, "%d %s; nothing was run.\n", len(ps), noun)
}

// Sorted returns the problems in the order in which they are printed: files by
// name and position, then the overrides.
func (ps Problems) Sorted() Problems {
	sorted := slices.Clone(ps)
	slices.SortStableFunc(sorted, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(inOverride(a), inOverride(b)),
			strings.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
		)
	})
	return sorted
}

func inOverride(p Problem) int {
	if p.Line == 0 {
		return 1
	}
	return 0
}
