package field_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/scenario/field"
)

type promises struct {
	Seed  int
	Given []field.Statement
}

func promising() *field.Table[promises] {
	return field.New(
		field.Field[promises]{
			Key: "seed", Default: "1", Doc: "Where the randomness starts.",
			Type: field.Int(func(p *promises) *int { return &p.Seed }, 0, 9),
		},
		field.Field[promises]{
			Key: "expect", Apart: true, Doc: "What must hold.",
			Type: field.Statements(func(p *promises) *[]field.Statement { return &p.Given }, "a statement such as a < b", "always", "eventually"),
		},
	)
}

func TestStatementsStandByThemselvesOrUnderAWord(t *testing.T) {
	want := []field.Statement{{Text: "a >= 0.5/s"}, {Text: "b <= 40%"}, {Word: "always", Text: "c"}, {Word: "eventually", Text: "d < 2s"}}
	for _, src := range []string{
		"expect: [a >= 0.5/s, b <= 40%, always: c, eventually: d < 2s]\n",
		"expect: [a >= 0.5/s, 'b <= 40%', {always: c}, {eventually: \"d < 2s\"}]\n",
		"expect:\n- a >= 0.5/s\n- b <= 40%\n- always: c\n- eventually: d < 2s\n",
	} {
		doc, problems := promising().Read("p.yaml", []byte(src), nil)
		require.NoError(t, problems.Err())
		require.Equal(t, want, doc.Config.Given)

		var explained bytes.Buffer
		require.NoError(t, doc.Explain(&explained))
		again, problems := promising().Read("p.yaml", explained.Bytes(), nil)
		require.NoError(t, problems.Err())
		require.Equal(t, doc.Config, again.Config)
	}
	require.Equal(t, "a >= 0.5/s", want[0].String())
	require.Equal(t, "always: c", want[2].String())

	one, problems := promising().Read("p.yaml", []byte("expect: a < 1\n"), nil)
	require.NoError(t, problems.Err())
	require.Equal(t, []field.Statement{{Text: "a < 1"}}, one.Config.Given)
}

// A statement with a mistake keeps its place, so that the others can be judged
// and pointed at.
func TestAMistakeLeavesTheOtherStatements(t *testing.T) {
	doc, problems := promising().Read("p.yaml", []byte("expect: [a < 1, [b], ever: c, '', always: d]\n"), nil)
	require.Len(t, problems, 3)
	require.Equal(t, []field.Statement{{Text: "a < 1"}, {}, {}, {}, {Word: "always", Text: "d"}}, doc.Config.Given)
	at := doc.Problem("expect[4].always", "", "")
	require.Equal(t, 1, at.Line)
	require.Equal(t, 43, at.Column)
}

func TestWhatStandsApartIsNotPartOfTheCanonicalText(t *testing.T) {
	bare, _ := promising().Read("p.yaml", []byte("seed: 2\n"), nil)
	held, _ := promising().Read("p.yaml", []byte("seed: 2\nexpect: [a < 1]\n"), nil)
	require.Equal(t, bare.Canonical(), held.Canonical())
	require.Equal(t, "seed: 2\n", held.Canonical())
}
