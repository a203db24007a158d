package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"souk/sim/fault"
)

// selectors checks that everything that a scenario calls by name exists; the
// market's cast must be known. Traders are elected only later, so trader1 is
// checked by its number.
func (j *judge) selectors() {
	if j.c.Peers.Number() > mostNamed {
		return
	}
	market := j.c.Under(j.c.World.Seed).Play()
	seats := market.Traits.Seats
	check := func(key string, selectors []string) {
		for _, s := range selectors {
			if slot, ok := strings.CutPrefix(s, "trader"); ok && seats > 0 {
				n, err := strconv.Atoi(slot)
				if slot != "*" && (err != nil || n < 0 || n >= seats) {
					j.refuse(key, fmt.Sprintf("the traders are called trader0 to trader%d, or trader* for all", seats-1),
						"there is no %q", s)
				}
				continue
			}
			if len(market.Find(s)) == 0 {
				j.refuse(key, "such as "+markets()[j.c.Market].called+"; `sim check --names` lists them",
					"nobody is called %q", s)
			}
		}
	}
	for i, l := range j.c.World.Network.Links {
		check(fmt.Sprintf("network.links[%d].from", i), l.From)
		check(fmt.Sprintf("network.links[%d].to", i), l.To)
	}
	for i := range j.c.World.Faults {
		p := &j.c.World.Faults[i]
		for _, kind := range p.Given() {
			key := fmt.Sprintf("faults[%d].%s", i, fault.Kinds()[kind].Name)
			check(key, *p.Actors(kind))
			for _, group := range *p.Groups(kind) {
				check(key, group)
			}
		}
	}
	for i, w := range j.c.Peers.Buyers.Script {
		if found := market.Find(w.Buyer); len(found) != 1 || market.Name(found[0]) != w.Buyer || !strings.HasPrefix(w.Buyer, "buyer") {
			j.refuse(fmt.Sprintf("peers.buyers.script[%d].buyer", i), "`sim check --names` lists the peers", "there is no buyer %q", w.Buyer)
		}
	}
	j.regions(check)
}

// mostNamed is the size of a market above which names are not checked: it
// would take longer than a user likes to wait.
const mostNamed = 100_000

func (j *judge) regions(check func(string, []string)) {
	n := &j.c.World.Network
	var names []string
	for i, r := range n.Regions {
		key := fmt.Sprintf("network.regions[%d]", i)
		if slices.Contains(names, r.Name) {
			j.refuse(key+".name", "", "two regions are called %q", r.Name)
		}
		names = append(names, r.Name)
		check(key+".members", r.Members)
		for _, m := range r.Members {
			if strings.HasPrefix(m, "trader") {
				j.refuse(key+".members", "name the peers: they stay where they are, whatever their role", "a place can't depend on who is elected")
			}
		}
	}
	for i, l := range n.Latencies {
		key := fmt.Sprintf("network.latencies[%d].between", i)
		if len(l.Between) < 1 || len(l.Between) > 2 {
			j.refuse(key, "such as [here, there]", "a latency lies between two regions")
		}
		for _, name := range l.Between {
			if !slices.Contains(names, name) {
				j.refuse(key, "regions: "+strings.Join(names, ", "), "there is no region %q", name)
			}
		}
	}
}
