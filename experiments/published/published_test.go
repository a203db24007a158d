package published_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"souk/experiments/published"
)

const head = "experiment,setting,measure,unit,published,source,note\n"

func TestARowIsAValueWithItsSourceAndItsFaults(t *testing.T) {
	values, err := published.Read([]byte("# what was measured\n" + head +
		`exp3,traders.count=2 scenario=x,throughput@after,sales/s,0.417,"table 3.1","printed as 0.37"` + "\n"))
	require.NoError(t, err)
	require.Len(t, values, 1)
	v := values[0]
	assert.Equal(t, []published.Assignment{{Key: "traders.count", Value: "2"}, {Key: "scenario", Value: "x"}}, v.Setting)
	assert.Equal(t, "traders.count=2 scenario=x", v.String())
	assert.Equal(t, 0.417, v.Value)
	assert.Equal(t, "printed as 0.37", v.Note)
	assert.Equal(t, 3, v.Row, "the line of the file, comments counted")
}

func TestMistakesNameTheirRow(t *testing.T) {
	for src, want := range map[string]string{
		"":                               "columns are not experiment, setting",
		"a,b\n":                          "columns are not",
		head + "e,x,m,u,1,s,n\n":         `row 2: "x" in the setting is not key=value`,
		head + "e,,m,u,many,s,n\n":       `row 2: "many" is not a number`,
		head + "e,,m,u,1,s,n\ne,,m,u\n":  "wrong number of fields",
		head + "e,,m,u,1,s,n\n\"e,,m,u,": "line 3",
	} {
		_, err := published.Read([]byte(src))
		require.ErrorContains(t, err, want)
	}
}
