package scenario

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"souk/sim/fault"
	"souk/sim/peers"
	"souk/sim/rng"
	"souk/sim/scenario/field"
	"souk/sim/vtime"
)

// Chaos describes random trouble. A run with it has four phases: it warms up
// until From, is struck until Until, when all that began is over, goes on in
// calm, and drains.
//
// Each kind of fault is on or off by a coin of its own, and how often it comes is
// drawn over orders of magnitude, so that some seeds see one kind alone and
// others many at once: swarm testing (Groce et al., ISSTA 2012). Moments are
// those of a Poisson process, spans exponential.
type Chaos struct {
	// Kinds are those that can come; none is no chaos, all stands for all.
	Kinds       []string
	From, Until vtime.Duration
	// Odds is the chance that a kind is on.
	Odds rng.Probability
	// ShortestGap and LongestGap bound the mean time between two faults of a kind.
	ShortestGap, LongestGap vtime.Duration
	// Lasts is the mean time that a fault lasts, Longest the most.
	Lasts, Longest vtime.Duration
}

// everyKind stands for all kinds of fault in Chaos.Kinds.
const everyKind = "all"

func chaosFields() []f {
	at := func(c *Config) *Chaos { return &c.Chaos }
	return []f{
		group("chaos", "Random trouble, drawn from the seed before the run; `sim check --timeline` prints it as faults."),
		{
			Key: "chaos.kinds", Default: "[]", Doc: "Which kinds of fault can come, or all; [] is no chaos.",
			Type: field.Strings(func(c *Config) *[]string { return &at(c).Kinds }),
		},
		{
			Key: "chaos.from", Default: "1m", Doc: "When it begins.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &at(c).From }, 0),
		},
		{
			Key: "chaos.until", Default: "3m", Doc: "When all of it is over.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &at(c).Until }, vtime.Millisecond),
		},
		{
			Key: "chaos.odds", Default: "50%", Doc: "The chance that a kind is on, drawn once for each.",
			Type: field.Probability(func(c *Config) *rng.Probability { return &at(c).Odds }),
		},
		{
			Key: "chaos.gap.shortest", Default: "3s",
			Doc:  "The least mean time between two faults of a kind, which is drawn for each kind, evenly over the orders of magnitude.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &at(c).ShortestGap }, vtime.Millisecond),
		},
		{
			Key: "chaos.gap.longest", Default: "2m", Doc: "The most.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &at(c).LongestGap }, vtime.Millisecond),
		},
		{
			Key: "chaos.lasts", Default: "5s", Doc: "The mean time that a fault lasts.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &at(c).Lasts }, vtime.Millisecond),
		},
		{
			Key: "chaos.longest", Default: "30s", Doc: "The most that one lasts.",
			Type: field.Duration(func(c *Config) *vtime.Duration { return &at(c).Longest }, vtime.Millisecond),
		},
	}
}

// Brings says that a kind of fault can come.
func (c *Chaos) Brings(kind string) bool {
	return slices.Contains(c.Kinds, kind) || slices.Contains(c.Kinds, everyKind)
}

// trouble is one fault that chaos drew, as an entry of `faults`.
type trouble struct {
	at    vtime.Duration
	entry string
}

// troubles draws the chaos of the scenario's seed, in order of time. Each kind
// draws from a stream of its own, so that one kind more leaves the others alone.
func (c *Config) troubles() []trouble {
	if len(c.Chaos.Kinds) == 0 || c.Chaos.Until <= c.Chaos.From {
		return nil
	}
	t := c.targets()
	var all []trouble
	for _, k := range fault.Kinds() {
		draw := rng.NewStream(c.World.Seed, "chaos: "+k.Name, 0)
		if draw.Chance(c.Chaos.Odds) && c.Chaos.Brings(k.Name) && c.Knows(&k) {
			all = append(all, c.Chaos.troubles(&k, t, &draw)...)
		}
	}
	slices.SortStableFunc(all, func(a, b trouble) int { return cmp.Compare(a.at, b.at) })
	return all
}

// Knows says that a kind of fault means anything in the scenario's market.
func (c *Config) Knows(k *fault.Kind) bool {
	return !(k.Of != "" && c.Market != Bazaar) && !(k.Breaks && c.Market == Traderless)
}

// troubles draws those of one kind. Times are whole milliseconds, so that they
// can be written out.
func (c *Chaos) troubles(k *fault.Kind, t *targets, draw *rng.Stream) (all []trouble) {
	gap := rng.Exponential(rng.LogUniform(draw, float64(c.ShortestGap), float64(c.LongestGap)))
	lasts := rng.Exponential(float64(c.Lasts))
	for at := c.From; ; {
		at += vtime.FromNanos(gap.Draw(draw))
		begin := at - at%vtime.Millisecond
		left := c.Until - begin
		if left < vtime.Millisecond {
			return all
		}
		lasting := max(vtime.Millisecond, min(vtime.FromNanos(lasts.Draw(draw)), c.Longest, left))
		words := append([]string{"at: " + begin.String()}, particulars(k, t, draw)...)
		if !k.Momentary {
			words = append(words, "for: "+(lasting-lasting%vtime.Millisecond).String())
		}
		all = append(all, trouble{begin, "{" + strings.Join(words, ", ") + "}"})
	}
}

// plans reads what chaos drew by the table that reads `faults`: a random plan
// and the same plan written out are one by construction.
func (c *Config) plans() []fault.Plan {
	troubles := c.troubles()
	if len(troubles) == 0 {
		return nil
	}
	src := "version: 1\nfaults: " + entries(troubles) + "\n"
	doc, problems := c.table.Read("chaos", []byte(src), nil)
	if err := problems.Err(); err != nil {
		panic(fmt.Sprintf("scenario: chaos drew what can't be read: %v", err))
	}
	return effective(doc.Config.World.Faults)
}

func entries(troubles []trouble) string {
	list := make([]string, len(troubles))
	for i, t := range troubles {
		list[i] = t.entry
	}
	return "[" + strings.Join(list, ", ") + "]"
}

// Timeline prints the scenario with the faults that its chaos draws written out,
// as YAML that gives the same run.
func Timeline(doc *Document) (string, error) {
	var set []field.Override
	if troubles := doc.Config.troubles(); len(troubles) > 0 {
		all := entries(troubles)
		if given := doc.Text("faults"); given != "" && given != "[]" {
			all = given[:len(given)-1] + ", " + all[1:]
		}
		set = append(set, field.Override{Key: "faults", Value: all})
	}
	text, problems := doc.Rewrite([]string{"chaos"}, set)
	return text, problems.Err()
}

// targets is whom and what chaos can strike.
type targets struct {
	traders, peers  int
	buyers, sellers bool
	// forgetful: a crash can take the memory.
	forgetful bool
	services  []string
}

func (c *Config) targets() *targets {
	cast := peers.NewCast(&c.Peers)
	t := &targets{peers: c.Peers.Number(), buyers: len(cast.Buyers) > 0, sellers: len(cast.Sellers) > 0, forgetful: c.Market != Traderless}
	if c.Market == Bazaar {
		t.traders, t.services = c.Bazaar.Traders.Count, []string{"warehouse", "store"}
	}
	return t
}

// mostTroubles bounds how many faults of one kind are to be expected.
const mostTroubles = 10_000

// chaos refuses chaos that cannot be, or would be none.
func (j *judge) chaos() {
	c := &j.c.Chaos
	names := []string{everyKind}
	for _, k := range fault.Kinds() {
		names = append(names, k.Name)
	}
	for _, kind := range c.Kinds {
		if !slices.Contains(names, kind) && j.sound("chaos.kinds") {
			j.refuse("chaos.kinds", "kinds: "+strings.Join(names, ", "), "there is no fault of the kind %q", kind)
		}
	}
	if len(c.Kinds) == 0 {
		return
	}
	if c.Until <= c.From && j.sound("chaos.from", "chaos.until") {
		j.refuse("chaos.until", fmt.Sprintf("after %v", c.From), "chaos ends before it begins")
	}
	if c.Until > j.c.World.TimeLimit && j.sound("chaos.until", "run.time_limit") {
		j.refuse("chaos.until", "no later than run.time_limit", "the run is over by then")
	}
	if span := c.Until - c.From; span/c.ShortestGap > mostTroubles && j.sound("chaos.gap.shortest", "chaos.from", "chaos.until") {
		j.refuse("chaos.gap.shortest", fmt.Sprintf("at least %v", span/mostTroubles), "more than %d faults of one kind", mostTroubles)
	}
	if c.LongestGap < c.ShortestGap && j.sound("chaos.gap.shortest", "chaos.gap.longest") {
		j.refuse("chaos.gap.longest", fmt.Sprintf("at least %v", c.ShortestGap), "the longest gap is shorter than the shortest")
	}
}

// idleChaos lists the options of chaos, which need a kind.
func (c *Config) idleChaos(least *Config) []idleOption {
	a, d, works := &c.Chaos, &least.Chaos, len(c.Chaos.Kinds) > 0
	const needs = "chaos: chaos.kinds other than []"
	return []idleOption{
		{"chaos.from", a.From != d.From, works, needs},
		{"chaos.until", a.Until != d.Until, works, needs},
		{"chaos.odds", a.Odds != d.Odds, works, needs},
		{"chaos.gap.shortest", a.ShortestGap != d.ShortestGap, works, needs},
		{"chaos.gap.longest", a.LongestGap != d.LongestGap, works, needs},
		{"chaos.lasts", a.Lasts != d.Lasts, works, needs},
		{"chaos.longest", a.Longest != d.Longest, works, needs},
	}
}
