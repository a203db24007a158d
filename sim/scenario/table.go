package scenario

import (
	"math"
	"slices"

	"souk/sim/scenario/field"
	"souk/sim/vtime"
)

// f is a field of the scenario file.
type f = field.Field[Config]

// group documents a key that holds others.
func group(key, doc string) f { return field.Group[Config](key, doc) }

// option is a named value of a choice.
func option[T any](name string, value T, doc string) field.Option[T] {
	return field.Option[T]{Name: name, Value: value, Doc: doc}
}

// Table returns every field of a scenario file, in the order in which they are
// explained.
func Table() *field.Table[Config] {
	return field.New(slices.Concat(
		headFields(), peerFields(), buyerFields(), sellerFields(),
		own(), networkFields(), faultFields(), chaosFields(), expectFields(),
	)...)
}

func headFields() []f {
	phases := field.New(
		field.Field[Phase]{
			Key: "name", Required: true, Doc: "What it is called: throughput@name is its throughput.",
			Type: field.String(func(p *Phase) *string { return &p.Name }),
		},
		field.Field[Phase]{
			Key: "from", Required: true, Doc: "The virtual time at which it begins.",
			Type: field.Duration(func(p *Phase) *vtime.Duration { return &p.From }, 0),
		},
		field.Field[Phase]{
			Key: "until", Required: true, Doc: "The virtual time at which it ends.",
			Type: field.Duration(func(p *Phase) *vtime.Duration { return &p.Until }, vtime.Millisecond),
		},
	)
	return []f{
		{
			Key: "version", Required: true, Doc: "The version of this format; 1.",
			Type: field.Int(func(c *Config) *int { return &c.Version }, 1, 1),
		},
		{
			Key: "name", Default: "unnamed", Doc: "What the run is called in its results.",
			Type: field.String(func(c *Config) *string { return &c.Name }),
		},
		{
			Key: "about", Doc: "One sentence on what the scenario shows.",
			Type: field.String(func(c *Config) *string { return &c.About }),
		},
		{
			Key: "market", Default: "bazaar", Doc: "Which system runs.",
			Type: field.Choice(func(c *Config) *Market { return &c.Market },
				marketOptions()...),
		},
		group("run", "How long the run lasts and what its randomness starts from."),
		{
			Key: "run.seed", Default: "1", Doc: "The seed: the same seed and scenario give the same run, bit for bit.",
			Type: field.Int(func(c *Config) *uint64 { return &c.World.Seed }, 0, math.MaxUint64),
		},
		{
			Key: "run.ties", Default: "0",
			Doc:  "In which order simultaneous events fire: 0 is as they were scheduled, any other number is another order, to see whether it matters.",
			Type: field.Int(func(c *Config) *uint64 { return &c.World.Ties }, 0, math.MaxInt64),
		},
		group("run.stop", "The run closes when one of these numbers is reached; 0 is never."),
		{
			Key: "run.stop.shipped", Default: "0", Doc: "Sales.",
			Type: field.Int(func(c *Config) *uint64 { return &c.Stop.Shipped }, 0, math.MaxUint64),
		},
		{
			Key: "run.stop.requests", Default: "0", Doc: "Requests that have an outcome.",
			Type: field.Int(func(c *Config) *uint64 { return &c.Stop.Requests }, 0, math.MaxUint64),
		},
		{
			Key: "run.stop.issued", Default: "0", Doc: "Requests that buyers made.",
			Type: field.Int(func(c *Config) *uint64 { return &c.Stop.Issued }, 0, math.MaxUint64),
		},
		{
			Key: "run.time_limit", Default: "30m", Doc: "The virtual time at which the run closes at the latest.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.World.TimeLimit }, vtime.Millisecond),
		},
		{
			Key: "run.event_limit", Default: "0", Doc: "The number of events after which the run is cut short; 0 is never.",
			Type: field.Int(func(c *Config) *uint64 { return &c.World.EventLimit }, 0, math.MaxUint64),
		},
		{
			Key: "run.drain", Default: "5m", Doc: "How long after closing the requests under way may still finish.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.World.Drain }, 0),
		},
		{
			Key: "run.settle", Default: "0s", Doc: "How long the market goes on, idle, once everything was answered, so that what should be equal in the end has time to become so.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.World.Settle }, 0),
		},
		{
			Key: "run.warmup", Default: "0s", Doc: "What happens before this virtual time, and requests issued before it, are not counted in the summary.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.WarmUp }, 0),
		},
		{
			Key: "run.phases", Doc: "Spans of the run that the summary counts apart.",
			Type: field.Objects(func(c *Config) *[]Phase { return &c.Phases }, phases),
		},
		{
			Key: "run.timeline", Default: "1s", Doc: "The step of timeline.csv.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &c.Timeline }, vtime.Millisecond),
		},
	}
}
