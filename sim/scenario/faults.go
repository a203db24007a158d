package scenario

import (
	"souk/sim/fault"
	"souk/sim/rng"
	"souk/sim/scenario/field"
	"souk/sim/vtime"
)

func faultFields() []f {
	type f = field.Field[fault.Plan]
	fields := []f{
		{
			Key: "at", Required: true, Doc: "When it first happens, from the start of the run; a bazaar elects its first trader after some 4s.",
			Type: field.Duration(func(p *fault.Plan) *vtime.Duration { return &p.At }, 0),
		},
		{
			Key: "for", Doc: "How long it lasts; without it, to the end.",
			Type: field.DurationDist(func(p *fault.Plan) *rng.Distribution { return &p.For }),
		},
		{
			Key: "every", Doc: "How long after it is over it happens again; without it, once.",
			Type: field.DurationDist(func(p *fault.Plan) *rng.Distribution { return &p.Every }),
		},
		{
			Key: "times", Default: "0", Doc: "With every: how often in all; 0 is without end.",
			Type: field.Int(func(p *fault.Plan) *int { return &p.Times }, 0, 1_000_000_000),
		},
		{
			Key: "pick", Default: "all", Doc: "Of those that crash names, who does.",
			Type: field.Choice(func(p *fault.Plan) *fault.Pick { return &p.Pick },
				option("all", fault.PickAll, "all of them"),
				option("one", fault.PickOne, "one, drawn at random")),
		},
		{
			Key: "memory", Default: "kept", Doc: "Whether those who crashed remember, when they come back.",
			Type: field.Choice(func(p *fault.Plan) *bool { return &p.Amnesia },
				option("kept", false, "what was on disk or in a saved state is still there"),
				option("lost", true, "they start anew under their old id")),
		},
	}
	for kind, k := range fault.Kinds() {
		fields = append(fields, f{Key: k.Name, Doc: k.Doc, Type: faultArgument(kind, k.Takes)})
	}
	return []field.Field[Config]{{
		Key: "faults", Doc: "What goes wrong, and when. Each entry names one kind of fault.",
		Type: field.Objects(func(c *Config) *[]fault.Plan { return &c.World.Faults }, field.New(fields...)),
	}}
}

// faultArgument reads what a kind of fault is given.
func faultArgument(kind int, takes fault.Argument) field.Type[fault.Plan] {
	switch takes {
	case fault.Groups:
		return field.StringLists(func(p *fault.Plan) *[][]string { return p.Groups(kind) })
	case fault.Flag:
		return field.Bool(func(p *fault.Plan) *bool { return p.Flag(kind) })
	default:
		return field.Strings(func(p *fault.Plan) *[]string { return p.Actors(kind) })
	}
}
