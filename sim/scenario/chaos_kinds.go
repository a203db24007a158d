package scenario

import (
	"fmt"
	"strings"

	"souk/sim/rng"
)

// chaosKind says how chaos draws the particulars of one kind of fault.
type chaosKind struct {
	name string
	// needs, if set, says in which markets it can come.
	needs func(*targets) bool
	// draw returns the particulars as they stand in a scenario.
	draw func(*targets, *rng.Stream) []string
}

// chaosKinds has a line for each kind of fault.
func chaosKinds() []chaosKind {
	return []chaosKind{
		{"crash", nil, actors("crash", everybody, memory)},
		{"resign", nil, actors("resign", officers)},
		{"partition", nil, sides("partition")},
		{"name_server_down", nil, flag("name_server_down")},
	}
}

// drawing draws something of a fault, in words.
type drawing func(*targets, *rng.Stream) string

// actors is a kind that strikes actors, with modifiers; an empty one is left out.
func actors(kind string, who drawing, modifiers ...drawing) func(*targets, *rng.Stream) []string {
	return func(t *targets, draw *rng.Stream) []string {
		words := []string{kind + ": " + who(t, draw)}
		for _, m := range modifiers {
			if word := m(t, draw); word != "" {
				words = append(words, word)
			}
		}
		return words
	}
}

// flag is a kind that is there or not.
func flag(kind string) func(*targets, *rng.Stream) []string {
	return func(*targets, *rng.Stream) []string { return []string{kind + ": true"} }
}

// sides is a kind that is given two groups.
func sides(kind string) func(*targets, *rng.Stream) []string {
	return func(t *targets, draw *rng.Stream) []string { return []string{kind + ": " + split(t, draw)} }
}

// memory says whether who comes back remembers, where that is a question.
func memory(t *targets, draw *rng.Stream) string {
	word := oneOf(draw, "memory: kept", "memory: lost")
	if !t.forgetful {
		return ""
	}
	return word
}

// oneOf is one of the words.
func oneOf(draw *rng.Stream, words ...string) string { return words[draw.IntN(len(words))] }

// everybody is anybody that runs: traders above all, where there are any.
func everybody(t *targets, draw *rng.Stream) string {
	switch kind := draw.IntN(8); {
	case t.traders > 0 && kind < 4:
		return officers(t, draw)
	case t.traders > 0 && kind < 6:
		return oneOf(draw, t.services...)
	case kind == 7:
		return several(t, draw)
	}
	return somePeer(t, draw)
}

// officers are those who serve: a trader by its seat, or all of them; without
// traders, a peer.
func officers(t *targets, draw *rng.Stream) string {
	if t.traders == 0 {
		return somePeer(t, draw)
	}
	if seat := draw.IntN(t.traders + 1); seat < t.traders {
		return fmt.Sprint("trader", seat)
	}
	return "trader*"
}

func somePeer(t *targets, draw *rng.Stream) string { return fmt.Sprint("peer", draw.IntN(t.peers)) }

// several are peers next to each other, or one side of the market.
func several(t *targets, draw *rng.Stream) string {
	choices := []string{somePeers(t, draw)}
	if t.buyers {
		choices = append(choices, "buyer*")
	}
	if t.sellers {
		choices = append(choices, "seller*")
	}
	return oneOf(draw, choices...)
}

func somePeers(t *targets, draw *rng.Stream) string {
	first := draw.IntN(t.peers)
	last := first + draw.IntN(t.peers-first)
	return fmt.Sprintf("peer%d..peer%d", first, last)
}

// split cuts the market in two: two traders, traders and a service, one peer and
// all others, or a random half of all there are.
func split(t *targets, draw *rng.Stream) string {
	switch kind := draw.IntN(8); {
	case t.traders > 0 && kind < 2:
		return "[[" + officers(t, draw) + "], [" + oneOf(draw, t.services...) + "]]"
	case t.traders > 1 && kind < 4:
		return fmt.Sprintf("[[trader%d], [trader*]]", draw.IntN(t.traders))
	case kind < 5 && t.buyers && t.sellers:
		return "[[buyer*], [seller*]]"
	}
	return halves(t, draw)
}

// halves deals everybody out to two sides, neither of which is empty.
func halves(t *targets, draw *rng.Stream) string {
	var all []string
	for i := range t.peers {
		all = append(all, fmt.Sprint("peer", i))
	}
	all = append(all, t.services...)
	draw.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	cut := 1 + draw.IntN(len(all)-1)
	return "[[" + strings.Join(all[:cut], ", ") + "], [" + strings.Join(all[cut:], ", ") + "]]"
}
