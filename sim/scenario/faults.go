package scenario

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"souk/sim/fault"
	"souk/sim/rng"
	"souk/sim/scenario/field"
	"souk/sim/vtime"
)

// The factors that a fault can have.
const leastFactor, mostFactor = 0.001, 1000

func faultFields() []f {
	type f = field.Field[fault.Plan]
	fields := []f{
		{
			Key: "at", Doc: "When it first happens, from the start of the run; a bazaar elects its first trader after some 4s.",
			Type: field.Duration(func(p *fault.Plan) *vtime.Duration { return &p.At }, 0),
		},
		{
			Key: "after_event", Doc: "Instead of at: the number of the event after which it first happens, in the same instant.",
			Type: field.Int(func(p *fault.Plan) *uint64 { return &p.AfterEvent }, 1, math.MaxUint64),
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
			Key: "pick", Default: "all", Doc: "Of the actors that are named, who is struck.",
			Type: field.Choice(func(p *fault.Plan) *fault.Pick { return &p.Pick },
				option("all", fault.PickAll, "all of them"),
				option("one", fault.PickOne, "one, drawn at random")),
		},
		{
			Key: "memory", Default: "kept", Doc: "Whether those who crashed or restarted remember, when they come back.",
			Type: field.Choice(func(p *fault.Plan) *bool { return &p.Amnesia },
				option("kept", false, "what was on disk or in a saved state is still there"),
				option("lost", true, "they start anew under their old id")),
		},
		{
			Key: "chance", Doc: "The chance of each message to be struck: for loss, duplicate and reorder.",
			Type: field.Probability(func(p *fault.Plan) *rng.Probability { return &p.Chance }),
		},
		{
			Key: "extra", Doc: "The time that a message takes more: for delay and reorder.",
			Type: field.DurationDist(func(p *fault.Plan) *rng.Distribution { return &p.Extra }),
		},
		{
			Key: "by", Doc: "A factor: of the time that work takes, for slow; of the pace of a clock, for clock_drift, 1.1 being a tenth too fast.",
			Type: field.Number(func(p *fault.Plan) *float64 { return &p.By }, leastFactor, mostFactor),
		},
		{
			Key: "offset", Doc: "By how much a clock is set forward or, if negative, back: for clock_skew and clock_jump.",
			Type: field.SignedDuration(func(p *fault.Plan) *vtime.Duration { return &p.Offset }),
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
	case fault.Percent:
		return field.MaybeProbability(func(p *fault.Plan) **rng.Probability { return p.Percent(kind) })
	case fault.Flag:
		return field.Bool(func(p *fault.Plan) *bool { return p.Flag(kind) })
	default:
		return field.Strings(func(p *fault.Plan) *[]string { return p.Actors(kind) })
	}
}

// faults finds what does not fit together within an entry, and what its market
// does not know.
func (j *judge) faults() {
	for i := range j.c.World.Faults {
		p := &j.c.World.Faults[i]
		key := fmt.Sprintf("faults[%d]", i)
		if !j.sound(key) {
			continue
		}
		given := p.Given()
		if len(given) != 1 {
			var names []string
			for _, k := range fault.Kinds() {
				names = append(names, k.Name)
			}
			j.refuse(key, "each entry names one of "+strings.Join(names, ", "), "%d kinds of fault in one entry", len(given))
			continue
		}
		kind := fault.Kinds()[given[0]]
		if kind.Takes == fault.Groups {
			j.groups(key+"."+kind.Name, len(*p.Groups(given[0])), &kind)
		}
		if kind.Of != "" && j.c.Market != Bazaar {
			j.refuse(key+"."+kind.Name, "leave it out; it is for market: "+markets()[Bazaar].name,
				"%s means nothing in market: %s: there is no %s", kind.Name, markets()[j.c.Market].name, kind.Of)
		}
		if p.Times > 0 && p.Every == nil {
			j.refuse(key, "give every as well: how long after it is over it happens again", "times without every")
		}
		if kind.Name == "resign" {
			for _, who := range *p.Actors(given[0]) {
				if j.c.Market == Bazaar && (who == "warehouse" || who == "store") {
					j.refuse(key+".resign", "such as trader0", "the %s has no office to give up", who)
				}
			}
		}
		const farthest = 1000 * vtime.Hour
		if p.Offset > farthest || p.Offset < -farthest {
			j.refuse(key, fmt.Sprintf("at most %v either way", farthest), "offset: %v", p.Offset)
		}
		j.modifiers(key, p, &kind)
		j.moments(key, p, &kind)
	}
}

func (j *judge) groups(key string, groups int, kind *fault.Kind) {
	switch {
	case kind.Name == "one_way" && groups != 2:
		j.refuse(key, "such as [[trader0], [warehouse]]: what the first sends to the second is lost", "one_way takes two groups")
	case groups < 2:
		j.refuse(key, "such as [[trader0], [warehouse]]", "a %s has at least two groups", kind.Name)
	}
}

// modifiers refuses keys that a kind of fault does not take, and misses those
// that it needs.
func (j *judge) modifiers(key string, p *fault.Plan, kind *fault.Kind) {
	for _, m := range []struct {
		name     string
		modifier fault.Modifier
		given    bool
	}{
		{"chance", fault.Chance, j.doc.Given(key + ".chance")},
		{"extra", fault.Extra, j.doc.Given(key + ".extra")},
		{"by", fault.By, j.doc.Given(key + ".by")},
		{"offset", fault.Offset, j.doc.Given(key + ".offset")},
		{"pick", fault.WithPick, p.Pick != fault.PickAll},
		{"memory", fault.WithMemory, p.Amnesia},
	} {
		switch {
		case m.given && (kind.Wants|kind.May)&m.modifier == 0:
			j.refuse(key+"."+m.name, "leave it out; it is for "+strings.Join(takers(m.modifier), ", "),
				"%s means nothing for %s", m.name, kind.Name)
		case !m.given && kind.Wants&m.modifier != 0:
			j.refuse(key, fmt.Sprintf("such as {%s: %s, %s}", kind.Name, example(kind), examples[m.name]),
				"%s needs %s", kind.Name, m.name)
		}
	}
}

// examples are ways to write modifiers.
var examples = map[string]string{
	"chance": "chance: 10%", "extra": "extra: 50ms", "by": "by: 1.5", "offset": "offset: 5s",
}

func example(kind *fault.Kind) string {
	if strings.HasPrefix(kind.Name, "clock") {
		return "[buyer3]"
	}
	return "[seller*]"
}

// takers names the kinds of fault that take a modifier.
func takers(m fault.Modifier) []string {
	var names []string
	for _, k := range fault.Kinds() {
		if (k.Wants|k.May)&m != 0 {
			names = append(names, k.Name)
		}
	}
	return names
}

// moments judges when a fault happens.
func (j *judge) moments(key string, p *fault.Plan, kind *fault.Kind) {
	timed, counted := j.doc.Given(key+".at"), j.doc.Given(key+".after_event")
	switch {
	case timed && counted:
		j.refuse(key+".after_event", "give at or after_event", "at and after_event: a fault begins at one moment")
	case !timed && !counted:
		j.refuse(key, "give at, such as at: 60s, or after_event", "at is missing")
	case p.At >= j.c.World.TimeLimit && j.sound("run.time_limit"):
		j.refuse(key+".at", "before run.time_limit", "the run is over by then")
	}
	if kind.Momentary && p.For != nil {
		j.refuse(key+".for", "leave it out", "a %s is over at once", kind.Name)
	}
	if p.Every != nil && p.For == nil && p.Every.Mean() < 1 {
		j.refuse(key+".every", "give some time between two occurrences", "it would happen without end at the same instant")
	}
}

// unruly refuses faults that do to messages what a connection keeps its users
// from.
func (j *judge) unruly() {
	for i := range j.c.World.Faults {
		p := &j.c.World.Faults[i]
		for _, at := range p.Given() {
			kind := fault.Kinds()[at]
			if key := fmt.Sprintf("faults[%d].%s", i, kind.Name); kind.Breaks && j.sound(key) {
				j.refuse(key, "use delay or clog, or cut it with a partition",
					"a connection repeats what is lost on the way, and delivers all in order and once")
			}
		}
	}
}

// effective returns the plans that change anything: a fault without intensity is
// no fault.
func effective(plans []fault.Plan) []fault.Plan {
	return slices.DeleteFunc(slices.Clone(plans), func(p fault.Plan) bool { return p.Void() })
}
