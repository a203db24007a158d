package field_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"souk/sim/scenario/field"
)

const bazaar = `version: 1
traders:
  cache: {mode: pull}
  service: {lognormal: {median: 2ms, p99: 12ms}}
items: [fish, salt]
faults:
  - {at: 5s, crash: trader1}
  - at: 9s
`

func readBazaar(t *testing.T, overrides ...field.Override) *field.Document[config] {
	t.Helper()
	doc, problems := market().Read("bazaar.yaml", []byte(bazaar), overrides)
	require.NoError(t, problems.Err())
	return doc
}

func TestGiven(t *testing.T) {
	doc := readBazaar(t, field.Override{Key: "run.seed", Value: "7"})
	for key, want := range map[string]bool{
		"version": true, "traders": true, "traders.cache.mode": true, "run.seed": true,
		"faults[1].at": true, "traders.service.lognormal.p99": true, "items[1]": true,
		"traders.count": false, "name": false, "faults[0].for": false, "faults[2]": false, "": false, "a..b": false,
	} {
		assert.Equal(t, want, doc.Given(key), key)
	}
}

func TestProblemsPointAtTheNearestValue(t *testing.T) {
	doc := readBazaar(t, field.Override{Key: "run.seed", Value: "7"})
	for key, want := range map[string]string{
		"version":                       "bazaar.yaml:1:10: x",
		"traders.cache.mode":            "bazaar.yaml:3:17: x",
		"traders.service.lognormal.p99": "bazaar.yaml:4:43: x",
		"items[1]":                      "bazaar.yaml:5:15: x",
		"faults[1].at":                  "bazaar.yaml:8:9: x",
		"faults[0].crash":               "bazaar.yaml:7:21: x",
		"traders.count":                 "bazaar.yaml:2:1: x", // its group
		"traders.heartbeat.every":       "bazaar.yaml:2:1: x",
		"faults[1].crash":               "bazaar.yaml:8:5: x", // its element
		"faults[7].crash":               "bazaar.yaml:6:1: x",
		"name":                          "bazaar.yaml:1:1: x",
		"not a key":                     "bazaar.yaml:1:1: x",
		"run.seed":                      "--set run.seed=7: x",
		"run.verbose":                   "--set run.seed=7: x",
	} {
		p := doc.Problem(key, "x", "")
		assert.Regexp(t, "^"+want, p.String(), key)
	}
}

// Files that differ only in how they are written are the same to whoever stores
// results by what was run.
func TestCanonicalForgetsHowAFileIsWritten(t *testing.T) {
	brief := readBazaar(t)
	long, problems := market().Read("other.yaml", []byte(`# a comment
faults:
  - crash: 'trader1'
    at: 5s
    for: 10s
  - {at: 9s}
items:
- fish
- salt
traders: {service: {lognormal: {median: 2ms, p99: 12ms}}, count: 1}
version: 1
`), nil)
	require.NoError(t, problems.Err())
	assert.Equal(t, brief.Config, long.Config)
	assert.NotEqual(t, brief.Canonical(), readBazaar(t, field.Override{Key: "run.seed", Value: "7"}).Canonical())
	assert.Equal(t, brief.Canonical(), long.Canonical())
}
