package field_test

import (
	"encoding/json"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/jsonschema-go/jsonschema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSchemaAgreesWithTheReader holds that an editor and the reader say the
// same about a file. Only what a schema can't express is left to the reader.
func TestSchemaAgreesWithTheReader(t *testing.T) {
	raw, err := market().Schema("A market", "What a market may hold.")
	require.NoError(t, err)
	var schema jsonschema.Schema
	require.NoError(t, json.Unmarshal(raw, &schema))
	resolved, err := schema.Resolve(&jsonschema.ResolveOptions{ValidateDefaults: true})
	require.NoError(t, err)

	for src, good := range map[string]bool{
		"{version: 1}":                        true,
		"{}":                                  false,
		"{version: 2}":                        false,
		"{version: 1, name: 12, about: true}": true,
		"{version: 1, nam: x}":                false,
		"{version: 1, items: fish}":           true,
		"{version: 1, items: [[fish]]}":       false,
		"{version: 1, teams: [[a], []]}":      true,
		"{version: 1, teams: [a]}":            false,
		"{version: 1, topology: {ring: 3, neighbours: [[1], [0]]}}":                  true,
		"{version: 1, topology: {ring: [1, 100]}}":                                   false,
		"{version: 1, run: {verbose: yes}}":                                          false,
		"{version: 1, run: {time_limit: 1h30m}}":                                     true,
		"{version: 1, run: {time_limit: 5}}":                                         false,
		"{version: 1, run: {time_limit: 5sec}}":                                      false,
		"{version: 1, traders: {cache: {mode: push}}}":                               true,
		"{version: 1, traders: {cache: {mode: shove}}}":                              false,
		"{version: 1, traders: {commission: 12.5%, service: 5ms}}":                   true,
		"{version: 1, traders: {commission: 0.2}}":                                   false,
		"{version: 1, traders: {service: {constant: 5ms}}}":                          true,
		"{version: 1, traders: {service: {lognormal: {median: 5ms, p99: 1s}}}}":      true,
		"{version: 1, traders: {service: {lognormal: {mean: 5ms, cv: 2}}}}":          true,
		"{version: 1, traders: {service: {lognormal: {median: 5ms, cv: 2}}}}":        false,
		"{version: 1, traders: {service: {lognormal: {median: 5ms}}}}":               false,
		"{version: 1, traders: {service: {constant: 5ms, exponential: {mean: 5s}}}}": false,
		"{version: 1, buyers: {quantity: {empirical: [1, 2]}}}":                      true,
		"{version: 1, buyers: {quantity: {empirical: {values: [1], weights: [1]}}}}": true,
		"{version: 1, buyers: {quantity: 1.5}}":                                      false,
		"{version: 1, price: {fixed: 7.5, skew: 0.5, asking: 7}}":                    true,
		"{version: 1, price: {fixed: -1}}":                                           false,
		"{version: 1, loss: 0.25}":                                                   true,
		"{version: 1, loss: 25%}":                                                    true,
		"{version: 1, loss: '0.25'}":                                                 false,
		"{version: 1, loss: 25}":                                                     false,
		"{version: 1, label: a<b, expect: [a<b, c<d]}":                               true,
		"{version: 1, faults: [{at: 5s, partition: [[a], [b]]}]}":                    true,
		"{version: 1, faults: [{crash: a}]}":                                         false,
		"{version: 1, faults: [{at: 5s, crahs: a}]}":                                 false,
		"{version: 1, faults: {at: 5s}}":                                             false,
	} {
		_, problems := market().Read("f.yaml", []byte(src), nil)
		assert.Equal(t, good, len(problems) == 0, "reader, %s: %v", src, problems.Err())
		var instance any
		require.NoError(t, yaml.Unmarshal([]byte(src), &instance))
		assert.Equal(t, good, resolved.Validate(instance) == nil, "schema, %s: %v", src, resolved.Validate(instance))
	}
}

func TestSchemaTellsEditorsWhatTheTableKnows(t *testing.T) {
	raw, err := market().Schema("A market", "What a market may hold.")
	require.NoError(t, err)
	again, err := market().Schema("A market", "What a market may hold.")
	require.NoError(t, err)
	assert.Equal(t, string(raw), string(again), "the same bytes every time")

	for _, want := range []string{
		`"$schema": "http://json-schema.org/draft-07/schema#"`,
		`"title": "A market"`,
		`"description": "How many there are."`,
		`"default": "30m"`,
		`"default": 7.50`,
		`"pull: The trader asks."`,
		`"additionalProperties": false`,
		`"#/definitions/duration-distribution"`,
		`"median": "2ms"`,
		`"description": "Those who sell for others."`,
	} {
		assert.Contains(t, string(raw), want)
	}
}
