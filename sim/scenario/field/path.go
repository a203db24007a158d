package field

import (
	"strconv"
	"strings"
)

// path addresses a value: traders.count, or faults[1].at.
type path []step

// step goes down one level: to a key, or to an element when name is empty.
type step struct {
	name  string
	index int
}

// String returns the step as it is written behind a path.
func (s step) String() string {
	if s.name == "" {
		return "[" + strconv.Itoa(s.index) + "]"
	}
	return "." + s.name
}

// String returns the path as it is written in a message.
func (p path) String() string {
	var b strings.Builder
	for _, s := range p {
		b.WriteString(s.String())
	}
	return strings.TrimPrefix(b.String(), ".")
}

// parsePath reads a path; ok is false when it isn't one.
func parsePath(text string) (p path, ok bool) {
	for part := range strings.SplitSeq(text, ".") {
		name, indices, _ := strings.Cut(part, "[")
		if name == "" || strings.ContainsAny(name, "] \t") {
			return nil, false
		}
		p = append(p, step{name: name})
		if len(name) == len(part) {
			continue
		}
		indices, closed := strings.CutSuffix(indices, "]")
		if !closed {
			return nil, false
		}
		for digits := range strings.SplitSeq(indices, "][") {
			index, err := strconv.ParseUint(digits, 10, 31)
			if err != nil {
				return nil, false
			}
			p = append(p, step{index: int(index)})
		}
	}
	return p, true
}
