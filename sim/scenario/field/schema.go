package field

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// definitions are the parts of a schema to which several fields refer.
type definitions = map[string]*jsonschema.Schema

// Schema returns a JSON Schema (draft-07) of the file, for editors.
func (t *Table[C]) Schema(title, description string) ([]byte, error) {
	defs := definitions{}
	s := t.root.group(defs)
	s.Schema = "http://json-schema.org/draft-07/schema#"
	s.Title, s.Description = title, description
	if len(defs) > 0 {
		s.Definitions = defs
	}
	return json.MarshalIndent(s, "", "  ")
}

// group returns the schema of a group of keys.
func (o *outline) group(defs definitions) *jsonschema.Schema {
	s := &jsonschema.Schema{
		Type:                 "object",
		Properties:           map[string]*jsonschema.Schema{},
		AdditionalProperties: never(),
		PropertyOrder:        o.names(),
	}
	for _, c := range o.below {
		if c.isGroup() {
			s.Properties[c.name] = described(c.group(defs), c.doc)
		} else {
			s.Properties[c.name] = described(c.schema(defs), c.doc)
		}
		if c.def != nil {
			s.Properties[c.name].Default = jsonOf(c.def)
		}
		if c.mustBeGiven() {
			s.Required = append(s.Required, c.name)
		}
	}
	return s
}

// mustBeGiven says whether o, or a field below it, is required.
func (o *outline) mustBeGiven() bool {
	return o.required || slices.ContainsFunc(o.below, (*outline).mustBeGiven)
}

// described adds a doc to a schema. Draft-07 ignores what stands beside a
// reference, so that is wrapped first.
func described(s *jsonschema.Schema, doc string) *jsonschema.Schema {
	if s.Ref != "" {
		s = &jsonschema.Schema{AllOf: []*jsonschema.Schema{s}}
	}
	s.Description = doc
	return s
}

// never is the schema that nothing matches.
func never() *jsonschema.Schema { return &jsonschema.Schema{Not: &jsonschema.Schema{}} }

// jsonOf returns a value as the JSON that an editor's YAML reader makes of it.
func jsonOf(n *node) json.RawMessage {
	var parts []string
	switch n.shape {
	case list:
		for _, item := range n.items {
			parts = append(parts, string(jsonOf(item)))
		}
		return json.RawMessage("[" + strings.Join(parts, ",") + "]")
	case mapping:
		for _, p := range n.pairs {
			parts = append(parts, string(jsonText(p.name))+":"+string(jsonOf(p.value)))
		}
		return json.RawMessage("{" + strings.Join(parts, ",") + "}")
	}
	digits := strings.ReplaceAll(n.text, "_", "")
	if !n.quoted && json.Valid([]byte(digits)) { // a number or a truth value
		return json.RawMessage(digits)
	}
	return jsonText(n.text)
}

func jsonText(text string) json.RawMessage {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string can always be encoded
	}
	return b
}
