package field

import (
	"github.com/google/jsonschema-go/jsonschema"

	"souk/sim/rng"
)

// schema defines the distributions of a quantity once in a schema; the fields
// refer to them.
func (q quantity) schema(defs definitions) *jsonschema.Schema {
	name := q.name + "-distribution"
	if defs[name] == nil {
		families := &jsonschema.Schema{
			Type:                 "object",
			Properties:           map[string]*jsonschema.Schema{},
			AdditionalProperties: never(),
			MinProperties:        jsonschema.Ptr(1),
			MaxProperties:        jsonschema.Ptr(1),
		}
		for _, f := range q.families {
			families.Properties[f.Name] = formReader{q, f}.schema(defs)
			families.PropertyOrder = append(families.PropertyOrder, f.Name)
		}
		defs[name] = &jsonschema.Schema{AnyOf: []*jsonschema.Schema{q.value.schema(defs), families}}
	}
	return &jsonschema.Schema{Ref: "#/definitions/" + name}
}

func (r formReader) schema(defs definitions) *jsonschema.Schema {
	out := &jsonschema.Schema{Description: r.family.Doc}
	if f := r.formOfOne(); f != nil {
		out.AnyOf = append(out.AnyOf, r.argument(f.Params[0]).schema(defs))
	}
	for _, f := range r.family.Forms {
		out.AnyOf = append(out.AnyOf, r.formSchema(f, defs))
	}
	return out
}

func (r formReader) formSchema(f rng.Form, defs definitions) *jsonschema.Schema {
	out := &jsonschema.Schema{
		Type:                 "object",
		Properties:           map[string]*jsonschema.Schema{},
		AdditionalProperties: never(),
	}
	for _, p := range f.Params {
		out.Properties[p.Name] = described(r.argument(p).schema(defs), p.Doc)
		out.PropertyOrder = append(out.PropertyOrder, p.Name)
		if !p.Optional {
			out.Required = append(out.Required, p.Name)
		}
	}
	return out
}
