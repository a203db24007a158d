package hunt

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"souk/sim/rng"
	"souk/sim/scenario"
	"souk/sim/scenario/field"
)

// Ground is where a hunt looks: a scenario for each seed.
type Ground struct {
	Name string
	// random: the seed draws the scenario, and not only what happens in it.
	random bool
	// read makes the scenario of a seed.
	read func(*scenario.Reader, uint64) (*scenario.Document, field.Problems)
}

// Markets lists the markets of which there are random scenarios.
func Markets() []string { return []string{"bazaar", "traderless", "peer-to-peer"} }

// Random returns the random scenarios of a market.
func Random(market string) Ground {
	table := slices.Concat(everywhere(), map[string][]option{
		"bazaar": bazaar(), "traderless": traderless(), "peer-to-peer": peerToPeer(),
	}[market])
	return Ground{Name: market, random: true, read: func(r *scenario.Reader, seed uint64) (*scenario.Document, field.Problems) {
		src := fmt.Sprintf("version: 1\nname: hunt-%s-%d\nmarket: %s\nrun: {seed: %d}\n", market, seed, market, seed)
		return r.Read(fmt.Sprintf("hunt-%s-%d.yaml", market, seed), []byte(src), draw(table, seed))
	}}
}

// Of returns one scenario under every seed, as a ground called name. The
// scenario's own problems are reported.
func Of(name, file string, src []byte, overrides []field.Override) (Ground, error) {
	g := Ground{Name: name, read: func(r *scenario.Reader, seed uint64) (*scenario.Document, field.Problems) {
		set := append(slices.Clone(overrides), field.Override{Key: "run.seed", Value: strconv.FormatUint(seed, 10)})
		return r.Read(file, src, set)
	}}
	_, problems := g.read(scenario.NewReader(), 1)
	return g, problems.Err()
}

// Scenario returns the scenario of a seed.
func (g *Ground) Scenario(r *scenario.Reader, seed uint64) (*scenario.Document, error) {
	doc, problems := g.read(r, seed)
	return doc, problems.Err()
}

// draw chooses the values of a table's options. Each option has a stream of its
// own, so that one option more leaves the others alone.
func draw(table []option, seed uint64) []field.Override {
	drawn := map[string]string{}
	var set []field.Override
	for _, o := range table {
		if o.only.key != "" && !o.only.holds(drawn) || o.not.holds(drawn) {
			continue
		}
		stream := rng.NewStream(seed, "hunt: "+o.key, 0)
		value := o.values[stream.IntN(len(o.values))]
		drawn[o.key] = value
		if !strings.HasPrefix(o.key, "~") {
			set = append(set, field.Override{Key: o.key, Value: value})
		}
	}
	return set
}

// holds says that the key was drawn and has one of the values.
func (c *condition) holds(drawn map[string]string) bool {
	value, there := drawn[c.key]
	return there && slices.Contains(c.values, value)
}
