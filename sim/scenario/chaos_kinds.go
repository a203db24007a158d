package scenario

import (
	"fmt"
	"strings"

	"souk/sim/fault"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// drawing draws something of a fault, in words.
type drawing func(*targets, *rng.Stream) string

// habit is what chaos does with a kind of fault other than with most.
type habit struct {
	// who draws whom it strikes.
	who drawing
	// low and high bound the factor (by).
	low, high float64
}

// habits returns what is special about some kinds of fault. All else about a kind,
// such as its argument and its modifiers, is in the table of faults.
func habits(kind string) habit {
	usual := habit{who: everybody, low: 0.5, high: 2}
	switch kind {
	case "resign":
		usual.who = officers
	case "halves", "ring":
		usual.who = many
	case "slow":
		usual.low, usual.high = 1.5, 50
	}
	return usual
}

// particulars draws what a fault strikes, and how hard, as it stands in a
// scenario.
func particulars(k *fault.Kind, t *targets, draw *rng.Stream) []string {
	h := habits(k.Name)
	var words []string
	switch k.Takes {
	case fault.Actors:
		words = append(words, k.Name+": "+h.who(t, draw))
	case fault.Groups:
		words = append(words, k.Name+": "+split(t, draw))
	case fault.Flag:
		words = append(words, k.Name+": true")
	case fault.Percent:
		words = append(words, k.Name+": "+chance(draw))
	}
	for _, m := range []struct {
		modifier fault.Modifier
		draw     func() string
	}{
		{fault.Chance, func() string { return "chance: " + chance(draw) }},
		{fault.Extra, func() string { return "extra: " + span(draw, 5*vtime.Millisecond, 5*vtime.Second).String() }},
		{fault.By, func() string { return fmt.Sprintf("by: %.3f", rng.LogUniform(draw, h.low, h.high)) }},
		{fault.Offset, func() string {
			return "offset: " + oneOf(draw, "", "-") + span(draw, 10*vtime.Millisecond, 20*vtime.Second).String()
		}},
		{fault.WithPick, func() string { return oneOf(draw, "", "pick: one") }},
		{fault.WithMemory, func() string { return memory(t, draw) }},
	} {
		if (k.Wants|k.May)&m.modifier == 0 {
			continue
		}
		if word := m.draw(); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// chance is a share over orders of magnitude.
func chance(draw *rng.Stream) string { return fmt.Sprintf("%.2f%%", rng.LogUniform(draw, 1, 60)) }

// span is a time over orders of magnitude, in whole milliseconds.
func span(draw *rng.Stream, low, high vtime.Duration) vtime.Duration {
	d := vtime.FromNanos(rng.LogUniform(draw, float64(low), float64(high)))
	return d - d%vtime.Millisecond
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

// many are enough to fall apart.
func many(t *targets, draw *rng.Stream) string {
	if t.traders > 0 {
		return oneOf(draw, "all", "peer*", "trader*")
	}
	return "peer*"
}
