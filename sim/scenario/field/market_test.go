package field_test

import (
	"errors"
	"math"
	"strings"

	"souk/sim/rng"
	"souk/sim/scenario/field"
	"souk/sim/vtime"
)

type (
	cents  int64
	policy int
)

const (
	push policy = iota + 1
	pull
)

// config is a made-up configuration that uses every type of field.
type config struct {
	Version  int
	Seed     uint64
	Name     string
	About    string
	Verbose  bool
	Stop     vtime.Duration
	Items    []string
	Teams    [][]string
	Ring     []int
	Graph    [][]int
	Traders  int
	Every    vtime.Duration
	Cache    policy
	Loss     rng.Probability
	Fee      int
	Price    cents
	Skew     float64
	Think    rng.Distribution
	Service  rng.Distribution
	Quantity rng.Distribution
	Asking   rng.Distribution
	Expect   []condition
	Label    condition
	Faults   []crash
}

type condition struct{ left, right string }

type crash struct {
	At    vtime.Duration
	Node  string
	For   vtime.Duration
	Split [][]string
	Odds  rng.Probability
}

func parseCondition(text string) (c condition, err error) {
	var ok bool
	if c.left, c.right, ok = strings.Cut(text, "<"); !ok {
		return c, errors.New("a condition needs a <")
	}
	return c, nil
}

// market is the table of config.
func market() *field.Table[config] {
	faults := field.New(
		field.Field[crash]{
			Key: "at", Required: true, Doc: "When it happens.",
			Type: field.Duration(func(c *crash) *vtime.Duration { return &c.At }, 0),
		},
		field.Field[crash]{
			Key: "crash", Doc: "Which node crashes.",
			Type: field.String(func(c *crash) *string { return &c.Node }),
		},
		field.Field[crash]{
			Key: "for", Default: "10s", Doc: "How long it lasts.",
			Type: field.Duration(func(c *crash) *vtime.Duration { return &c.For }, 0),
		},
		field.Field[crash]{
			Key: "partition", Doc: "Who can still talk to whom.",
			Type: field.StringLists(func(c *crash) *[][]string { return &c.Split }),
		},
		field.Field[crash]{
			Key: "chance.of_it", Default: "100%", Doc: "How likely it is.",
			Type: field.Probability(func(c *crash) *rng.Probability { return &c.Odds }),
		},
	)
	type f = field.Field[config]
	return field.New(
		f{
			Key: "version", Required: true, Doc: "The version of the format.",
			Type: field.Int(func(c *config) *int { return &c.Version }, 1, 1),
		},
		f{
			Key: "name", Default: "unnamed", Doc: "What the run is called.",
			Type: field.String(func(c *config) *string { return &c.Name }),
		},
		f{
			Key: "about", Doc: "What it is for.",
			Type: field.String(func(c *config) *string { return &c.About }),
		},
		f{
			Key: "run.seed", Default: "1", Doc: "Where the randomness starts.",
			Type: field.Int(func(c *config) *uint64 { return &c.Seed }, 0, math.MaxUint64),
		},
		f{
			Key: "run.verbose", Default: "false", Doc: "Print more.",
			Type: field.Bool(func(c *config) *bool { return &c.Verbose }),
		},
		f{
			Key: "run.time_limit", Default: "30m", Doc: "The longest a run may take.",
			Type: field.Duration(func(c *config) *vtime.Duration { return &c.Stop }, vtime.Millisecond),
		},
		f{
			Key: "items", Default: "[fish, salt, boar]", Doc: "What is sold.",
			Type: field.Strings(func(c *config) *[]string { return &c.Items }),
		},
		f{
			Key: "teams", Doc: "Who works with whom.",
			Type: field.StringLists(func(c *config) *[][]string { return &c.Teams }),
		},
		f{
			Key: "topology.ring", Doc: "The order of the ring.",
			Type: field.Ints(func(c *config) *[]int { return &c.Ring }, 0, 99),
		},
		f{
			Key: "topology.neighbours", Doc: "The neighbours of each node.",
			Type: field.IntLists(func(c *config) *[][]int { return &c.Graph }, 0, 99),
		},
		field.Group[config]("traders", "Those who sell for others."),
		f{
			Key: "traders.count", Default: "1", Doc: "How many there are.",
			Type: field.Int(func(c *config) *int { return &c.Traders }, 1, 64),
		},
		f{
			Key: "traders.heartbeat.every", Default: "1s", Doc: "How often a trader says that it is alive.",
			Type: field.Duration(func(c *config) *vtime.Duration { return &c.Every }, 0),
		},
		f{Key: "traders.cache.mode", Default: "pull", Doc: "Who moves the stock.", Type: field.Choice(
			func(c *config) *policy { return &c.Cache },
			field.Option[policy]{Name: "push", Value: push, Doc: "The warehouse tells."},
			field.Option[policy]{Name: "pull", Value: pull, Doc: "The trader asks."})},
		f{
			Key: "traders.commission", Default: "20%", Doc: "What a trader keeps.",
			Type: field.Share(func(c *config) *int { return &c.Fee }),
		},
		f{
			Key: "traders.service", Default: "20ms", Doc: "The time one request takes.",
			Type: field.DurationDist(func(c *config) *rng.Distribution { return &c.Service }),
		},
		f{
			Key: "buyers.think", Default: "{lognormal: {median: 2ms, p99: 12ms}}", Doc: "The pause between purchases.",
			Type: field.DurationDist(func(c *config) *rng.Distribution { return &c.Think }),
		},
		f{
			Key: "buyers.quantity", Default: "1", Doc: "How much is bought at once.",
			Type: field.CountDist(func(c *config) *rng.Distribution { return &c.Quantity }),
		},
		f{
			Key: "price.fixed", Default: "7.50", Doc: "What a thing costs.",
			Type: field.Money(func(c *config) *cents { return &c.Price }),
		},
		f{
			Key: "price.asking", Default: "{uniform: {min: 5, max: 10}}", Doc: "What is asked for it.",
			Type: field.WholeDollarsDist(func(c *config) *rng.Distribution { return &c.Asking }),
		},
		f{
			Key: "price.skew", Default: "0.5", Doc: "How uneven prices are.",
			Type: field.Number(func(c *config) *float64 { return &c.Skew }, 0, 1),
		},
		f{
			Key: "loss", Default: "0%", Doc: "The share of messages that are lost.",
			Type: field.Probability(func(c *config) *rng.Probability { return &c.Loss }),
		},
		f{Key: "label", Doc: "A condition with a name.", Type: field.Parsed(
			func(c *config) *condition { return &c.Label }, "a condition such as a<b", parseCondition)},
		f{
			Key: "faults", Doc: "What goes wrong.",
			Type: field.Objects(func(c *config) *[]crash { return &c.Faults }, faults),
		},
		f{Key: "expect", Doc: "What must hold in the end.", Type: field.ParsedList(
			func(c *config) *[]condition { return &c.Expect }, "a condition such as a<b", parseCondition)},
	)
}
