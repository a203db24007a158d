package scenario

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"souk/sim/network"
	"souk/sim/peers"
	"souk/sim/rng"
	"souk/sim/scenario/field"
)

// judge collects contradictions between fields that are each valid alone.
type judge struct {
	doc *Document
	c   *Config
	// least is the scenario of all defaults.
	least *Config
	// wrong lists the places that have a problem of their own: what depends on
	// them can't be judged.
	wrong field.Problems
	found field.Problems
	// tooLarge: the market can't be built, so nobody can be looked up in it.
	tooLarge bool
}

// contradictions checks what no single field can know.
func (r *Reader) contradictions(doc *Document, problems field.Problems) field.Problems {
	j := &judge{doc: doc, c: &doc.Config, least: &r.least}
	j.wrong = problems
	if j.c.World.TimeLimit == 0 {
		// The file was not read to its end; its fields say nothing.
		return nil
	}
	j.peers()
	j.items()
	cast := len(j.found) == 0 && len(j.wrong) == 0
	j.wants()
	j.topology()
	j.quantities()
	j.script()
	j.phases()
	j.sellers()
	markets()[j.c.Market].judge(j)
	j.links()
	j.faults()
	j.chaos()
	j.idle()
	if cast && !j.tooLarge {
		j.selectors()
	}
	return j.found
}

// sound says that none of the keys has a problem of its own.
func (j *judge) sound(keys ...string) bool {
	for _, key := range keys {
		if !j.doc.Given(key) {
			continue
		}
		place := j.doc.Problem(key, "", "")
		for _, p := range j.wrong {
			apart := p.Column >= place.Column+place.Length || place.Column >= p.Column+p.Length
			if p.Line == place.Line && !apart {
				return false
			}
		}
	}
	return true
}

func (j *judge) refuse(key, hint, format string, args ...any) {
	j.found = append(j.found, j.doc.Problem(key, fmt.Sprintf(format, args...), hint))
}

// countKeys are the keys on which the number of peers depends.
func (j *judge) countKeys() []string {
	return []string{"peers.buyers.count", "peers.sellers.count", "peers.count", "peers.roles", "peers.list"}
}

func (j *judge) peers() {
	if !j.sound(j.countKeys()...) {
		return
	}
	n := j.c.Peers.Number()
	who := "peers.buyers.count"
	if len(j.c.Peers.Roles.List) > 0 {
		who = "peers.list"
	}
	if n < 2 {
		j.refuse(who, "a market needs at least two", "only %d peers", n)
		return
	}
	if n > mostOverlayPeers && j.c.World.Network.Transport == network.Overlay {
		j.refuse("network.transport", "use transport: direct", "the overlay carries at most %d peers", mostOverlayPeers)
	}
}

// mostOverlayPeers bounds the overlay, whose routing tables grow with the
// square of the peers.
const mostOverlayPeers = 20_000

func (j *judge) topology() {
	t := &j.c.World.Network.Topology
	if !j.sound(append(j.countKeys(), "peers.topology.max_degree", "peers.topology.neighbours")...) {
		return
	}
	n := j.c.Peers.Number()
	if t.Kind == network.RandomGraph {
		if n > 2 && t.MaxDegree < 2 {
			j.refuse("peers.topology.max_degree", "give at least 2", "more than two peers can't be connected with one neighbour each")
		}
		return
	}
	const key = "peers.topology.neighbours"
	if len(t.Adjacency) != n {
		j.refuse(key, "one list for each peer", "neighbours of %d peers, but there are %d", len(t.Adjacency), n)
		return
	}
	for peer, neighbours := range t.Adjacency {
		for _, other := range neighbours {
			if other >= n || other == peer {
				j.refuse(key, "", "peer %d can't have the neighbour %d", peer, other)
				return
			}
		}
	}
	g := network.Given(t.Adjacency)
	if !g.Connected() {
		j.refuse(key, "", "the graph is not connected")
	}
	for peer, neighbours := range g {
		if len(neighbours) > t.MaxDegree {
			j.refuse(key, "raise peers.topology.max_degree", "peer %d has %d neighbours, more than %d", peer, len(neighbours), t.MaxDegree)
			return
		}
	}
}

func (j *judge) items() {
	items := j.c.Peers.Items
	if !j.sound("peers.items") {
		return
	}
	list := "items: " + strings.Join(items, ", ")
	if len(items) == 0 || len(items) > 1000 {
		j.refuse("peers.items", "", "give from 1 to 1000 items")
	}
	for i, item := range items {
		if item == "" || item == "buyer" || item == "seller" || slices.Contains(items[:i], item) {
			j.refuse("peers.items", "item names are distinct, and none is buyer or seller", "the item name %q can't be used", item)
		}
	}
	if first := j.c.Peers.Sellers.First; first != "" && !slices.Contains(items, first) {
		j.refuse("peers.sellers.sells.first", list, "there is no item %q", first)
	}
	for i, word := range j.c.Peers.Roles.List {
		if word != "buyer" && word != "seller" && !slices.Contains(items, word) {
			j.refuse(fmt.Sprintf("peers.list[%d]", i), "buyer, seller or an item; "+list, "%q is no role", word)
		}
	}
}

func (j *judge) wants() {
	w, items := j.c.Peers.Buyers.Weights, j.c.Peers.Items
	if len(w) == 0 || !j.sound("peers.items", "peers.buyers.wants") {
		return
	}
	total := 0
	for _, x := range w {
		total += x
	}
	if len(w) != len(items) || total == 0 {
		j.refuse("peers.buyers.wants", "items: "+strings.Join(items, ", "),
			"%d weights for %d items, at least one above 0", len(w), len(items))
	}
}

// quantities refuses distributions from which nothing at all can be drawn (a
// request or a deposit of 0 units is none, and an arrival that takes no time
// never lets time pass), or more than a counter holds.
func (j *judge) quantities() {
	for _, q := range []struct {
		key  string
		dist rng.Distribution
		most float64
		hint string
	}{
		{"peers.buyers.quantity", j.c.Peers.Buyers.Quantity, 1e6, "a request is for at least 1 unit"},
		{"peers.sellers.restock.quantity", j.c.Peers.Sellers.Restock, 1e6, "a deposit has at least 1 unit"},
		{"peers.buyers.arrivals", j.c.Peers.Buyers.Arrivals, math.Inf(1), "there is some time between two arrivals"},
	} {
		if q.dist == nil || !j.sound(q.key) {
			continue
		}
		draw := rng.NewStream(0, "least", 0)
		for range 1000 {
			x := q.dist.Draw(&draw)
			if x < 1 {
				j.refuse(q.key, q.hint, "draws can be 0")
				break
			}
			if x > q.most {
				j.refuse(q.key, fmt.Sprintf("give at most %.0f", q.most), "draws can be %.0f", x)
				break
			}
		}
	}
}

func (j *judge) script() {
	b := &j.c.Peers
	if b.Buyers.Demand == peers.Scripted && len(b.Buyers.Script) == 0 {
		j.refuse("peers.buyers.demand", "list the requests under peers.buyers.script", "demand: script without a script")
	}
	for i, line := range b.Buyers.Script {
		key := fmt.Sprintf("peers.buyers.script[%d].command", i)
		j.scriptTime(i, line)
		switch {
		case !j.doc.Given(key) || !j.sound(key):
		case line.Command.Verb != peers.Buy && j.c.Market != Traderless:
			j.refuse(key, "other buyers know only buy", "list and leave are for market: traderless")
		case line.Command.Verb == peers.Buy && !slices.Contains(b.Items, line.Command.Item):
			j.refuse(key, "items: "+strings.Join(b.Items, ", "), "there is no item %q", line.Command.Item)
		}
	}
}

// scriptTime refuses commands that nobody would hear any more.
func (j *judge) scriptTime(i int, line peers.Line) {
	key := fmt.Sprintf("peers.buyers.script[%d].at", i)
	left := func(other peers.Line) bool {
		return other.Buyer == line.Buyer && other.Command.Verb == peers.Leave && other.At < line.At
	}
	switch {
	case !j.doc.Given(key) || !j.sound(key, "run.time_limit"):
	case line.At >= j.c.World.TimeLimit:
		j.refuse(key, "before run.time_limit", "the run is over by then")
	case slices.ContainsFunc(j.c.Peers.Buyers.Script, left):
		j.refuse(key, "a buyer that left does not come back", "%s has left by then", line.Buyer)
	}
}

func (j *judge) phases() {
	named := map[string]bool{}
	for i, p := range j.c.Phases {
		key := fmt.Sprintf("run.phases[%d]", i)
		switch {
		case !j.sound(key, "run.time_limit"):
		case named[p.Name]:
			j.refuse(key+".name", "give each phase its own", "two phases are called %q", p.Name)
		case p.Until <= p.From:
			j.refuse(key+".until", fmt.Sprintf("after %v", p.From), "the phase ends before it begins")
		case p.From >= j.c.World.TimeLimit:
			j.refuse(key+".from", "before run.time_limit", "the run is over by then")
		}
		named[p.Name] = true
	}
}

func (j *judge) sellers() {
	s := &j.c.Peers.Sellers
	if s.Pick == peers.Keep && s.SoldOut == peers.AnotherItem &&
		j.sound("peers.sellers.sells.pick", "peers.sellers.sells.on_sold_out") {
		j.refuse("peers.sellers.sells.pick", "set peers.sellers.sells.on_sold_out to same-item or wait",
			"a seller that keeps its item can't take another-item when sold out")
	}
}

func (j *judge) links() {
	for i, l := range j.c.World.Network.Links {
		key := fmt.Sprintf("network.links[%d]", i)
		if l.Delay == nil && l.Loss == nil && j.sound(key) {
			j.refuse(key, "give delay, loss or both", "a link that changes nothing")
		}
	}
}
