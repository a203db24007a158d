package field_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"souk/sim/scenario/field"
)

// plan has keys that the table does not know.
type plan struct {
	Set      []field.Entry[field.Raw]
	Vary     []field.Entry[[]field.Raw]
	Together [][]field.Entry[[]field.Raw]
	Until    []field.Entry[int]
}

func planTable() *field.Table[plan] {
	return field.New(
		field.Field[plan]{Key: "set", Doc: "One value each.", Type: field.Given(func(p *plan) *[]field.Entry[field.Raw] { return &p.Set }, "keys")},
		field.Field[plan]{Key: "vary", Doc: "Lists.", Type: field.Grid(func(p *plan) *[]field.Entry[[]field.Raw] { return &p.Vary }, "keys")},
		field.Field[plan]{Key: "together", Doc: "Lists of lists.", Type: field.Grids(func(p *plan) *[][]field.Entry[[]field.Raw] { return &p.Together }, "keys")},
		field.Field[plan]{Key: "until", Doc: "Lengths.", Type: field.ParsedEntries(func(p *plan) *[]field.Entry[int] { return &p.Until }, "keys", "a short word",
			func(text string) (int, error) {
				if len(text) > 5 {
					return 0, errors.New("that is long")
				}
				return len(text), nil
			})},
	)
}

func TestFreeKeysKeepTheirOrderAndTheirText(t *testing.T) {
	doc, problems := planTable().Read("plan.yaml", []byte(`
set: {b.two: {exponential: {mean: 1s}}, a.one: [1, "x: y"]}
vary: {traders.count: [1, 2], single: 5%}
together: [{x: [1, 2], y: [3, 4]}]
until: {z: abc}
`), nil)
	require.NoError(t, problems.Err())
	c := doc.Config
	require.Len(t, c.Set, 2)
	assert.Equal(t, "b.two", c.Set[0].Key.Text)
	assert.Equal(t, "{exponential: {mean: 1s}}", c.Set[0].Value.Text)
	assert.Equal(t, `[1, "x: y"]`, c.Set[1].Value.Text, "a value is YAML again")
	assert.Equal(t, "2", c.Vary[0].Value[1].Text)
	assert.Equal(t, "5%", c.Vary[1].Value[0].Text, "a single value is a list of one")
	assert.Equal(t, "y", c.Together[0][1].Key.Text)
	assert.Equal(t, 3, c.Until[0].Value)

	p := c.Vary[0].Value[1].Problem("too many", "fewer")
	assert.Equal(t, []int{3, 27}, []int{p.Line, p.Column})
}

func TestMistakesBelowFreeKeysHaveTheirPlace(t *testing.T) {
	_, problems := planTable().Read("plan.yaml", []byte(`
set: [1]
vary: {a: , a: [1], b: {c: 1}}
together: {x: [1]}
until: {z: abcdefgh}
`), nil)
	var messages []string
	for _, p := range problems.Sorted() {
		messages = append(messages, p.Message)
	}
	assert.Equal(t, []string{
		"set can't be a list", "a needs a value", "vary.a is given twice; the first is on line 3", "b can't be a mapping",
		"together can't be a mapping", "that is long",
	}, messages)
}
