package field_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"souk/sim/scenario/field"
	"souk/sim/vtime"
)

func integer(key, def string) field.Field[config] {
	return field.Field[config]{Key: key, Default: def, Type: field.Int(func(c *config) *int { return &c.Traders }, 1, 9)}
}

func TestNewRefusesTablesThatContradictThemselves(t *testing.T) {
	required := integer("a", "3")
	required.Required = true
	for name, fields := range map[string][]field.Field[config]{
		"a key twice":           {integer("a", ""), integer("a", "")},
		"a field is a group":    {integer("a", ""), integer("a.b", "")},
		"a group is a field":    {integer("a.b", ""), integer("a", "")},
		"a group twice":         {field.Group[config]("a", "x"), field.Group[config]("a", "y")},
		"no key":                {integer("", "")},
		"an odd key":            {integer("Trader count", "")},
		"a bad default":         {integer("a", "ten")},
		"a default of nothing":  {integer("a", "# nothing")},
		"a default unparsable":  {integer("a", "[")},
		"a default not needed":  {required},
		"a default outside":     {integer("a", "10")},
		"a dotted key with gap": {integer("a..b", "")},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Panics(t, func() { field.New(fields...) })
		})
	}
}

func TestKeysKeepTheOrderOfTheTable(t *testing.T) {
	table := field.New(integer("b.c", ""), integer("a", ""), field.Group[config]("b", "x"), integer("b.a", ""))
	doc, problems := table.Read("f.yaml", []byte("b: {c: 3}"), nil)
	require.NoError(t, problems.Err())
	assert.Equal(t, 3, doc.Config.Traders)
	assert.Equal(t, []string{"b.c", "a", "b.a"}, table.Keys())
}

func TestDefaultsAndValuesReachTheirPlaces(t *testing.T) {
	doc, problems := market().Read("f.yaml", []byte(`
version: 1
name: cached
traders: {count: 12, commission: 12.5%, cache: {mode: push}}
price: {fixed: 1_000.5}
loss: 25%
topology: {neighbours: [[1], [0]]}
expect: a<b
faults: [{at: 1m}]
`), nil)
	require.NoError(t, problems.Err())
	c := doc.Config
	assert.Equal(t, "cached", c.Name)
	assert.Equal(t, 12, c.Traders)
	assert.Equal(t, 1250, c.Fee)
	assert.Equal(t, push, c.Cache)
	assert.Equal(t, cents(100_050), c.Price)
	assert.InDelta(t, 0.25, c.Loss.Float64(), 0)
	assert.Equal(t, [][]int{{1}, {0}}, c.Graph)
	assert.Equal(t, []condition{{"a", "b"}}, c.Expect)
	assert.Equal(t, vtime.Minute, c.Faults[0].At)
	assert.Equal(t, 10*vtime.Second, c.Faults[0].For, "default of an element")
	assert.Equal(t, []string{"fish", "salt", "boar"}, c.Items, "default")
	assert.InDelta(t, 20e6, c.Service.Mean(), 0, "nanoseconds")
	assert.InDelta(t, 7.5, c.Asking.Mean(), 0, "dollars")
	assert.InDelta(t, 1, c.Quantity.Mean(), 0)
}

func TestDocumentsShareNothing(t *testing.T) {
	table := market()
	first, _ := table.Read("f.yaml", []byte("version: 1"), nil)
	second, _ := table.Read("f.yaml", []byte("version: 1"), nil)
	first.Config.Items[0] = "changed"
	assert.Equal(t, "fish", second.Config.Items[0])
}
