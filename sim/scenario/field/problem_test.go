package field_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"souk/sim/scenario/field"
)

func TestProblemsAsErrors(t *testing.T) {
	var none field.Problems
	assert.NoError(t, none.Err())

	one := field.Problems{{File: "f.yaml", Line: 3, Column: 1, Message: "no", Excerpt: "    3 | x\n      | ^\n"}}
	assert.EqualError(t, one.Err(), "f.yaml:3:1: no\n    3 | x\n      | ^\n1 problem; nothing was run.")
	assert.EqualError(t, append(one, field.Problem{File: "--set a=1", Message: "no", Hint: "yes"}).Err(),
		"f.yaml:3:1: no\n    3 | x\n      | ^\n--set a=1: no\n   hint: yes\n2 problems; nothing was run.")

	var all field.Problems
	assert.True(t, errors.As(one.Err(), &all))
}

func TestProblemsAreSorted(t *testing.T) {
	at := func(file string, line, column int) field.Problem {
		return field.Problem{File: file, Line: line, Column: column}
	}
	want := field.Problems{at("a", 1, 2), at("a", 2, 1), at("b", 1, 1), at("b", 1, 9), at("--set", 0, 0)}
	assert.Equal(t, want, field.Problems{want[4], want[3], want[1], want[0], want[2]}.Sorted())
}

func TestLineEndsAndByteOrderMarks(t *testing.T) {
	want := "f.yaml:2:7: name can't be a list\n    2 | name: [x]\n      |       ^^^\n"
	for name, src := range map[string]string{
		"LF":         "version: 1\nname: [x]\nloss: 1%\n",
		"CRLF":       "version: 1\r\nname: [x]\r\nloss: 1%\r\n",
		"CR":         "version: 1\rname: [x]\rloss: 1%\r",
		"a mark":     "\ufeffversion: 1\nname: [x]\n",
		"no end":     "version: 1\nname: [x]",
		"trailing":   "version: 1\nname: [x]   \n",
		"blank ends": "version: 1\nname: [x]\n\n\n",
	} {
		_, problems := market().Read("f.yaml", []byte(src), nil)
		if assert.Len(t, problems, 1, name) {
			assert.True(t, strings.HasPrefix(problems[0].String(), want), "%s: %s", name, problems[0])
		}
	}
}
