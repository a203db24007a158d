package bazaar

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/rng"
)

// This file is what a buyer chooses: an item, and a trader to ask.

// drawItem draws one of the items that buyers want, by weight, other than
// avoid if there is another. It consumes one word.
func (b *Bazaar) drawItem(draw *rng.Stream, avoid market.Item) market.Item {
	total := 0
	for i := range b.cfg.Items {
		total += b.weight(market.Item(i), avoid)
	}
	if total == 0 {
		draw.Uint64()
		return max(0, avoid)
	}
	at := draw.IntN(total)
	for i := range b.cfg.Items {
		if at -= b.weight(market.Item(i), avoid); at < 0 {
			return market.Item(i)
		}
	}
	panic("bazaar: item weights changed during a draw")
}

func (b *Bazaar) weight(item, avoid market.Item) int {
	switch {
	case item == avoid && len(b.cfg.Items) > 1:
		return 0
	case len(b.cfg.Buyers.Weights) == 0:
		return 1
	default:
		return b.cfg.Buyers.Weights[item]
	}
}

func (b *Bazaar) itemNamed(name string) market.Item {
	for i, item := range b.cfg.Items {
		if item == name {
			return market.Item(i)
		}
	}
	return 0
}

// choose picks a trader, if possible another than the one that failed. It
// consumes one word of the route stream whatever the policy.
func (by *buyer) choose(b *Bazaar, p *peer, failed actor.ID) actor.ID {
	known := p.voter.Leaders
	word := by.route.Uint64()
	if len(known) == 0 {
		return actor.None
	}
	at := int(word % uint64(len(known)))
	switch b.cfg.Buyers.Trader {
	case Sticky:
		if i := by.place(p, by.turn); i >= 0 {
			at = i
		}
	case RoundRobin:
		at = by.after(p)
	case LeastLoaded:
		for i := range known {
			if by.loads[known[i].Slot] < by.loads[known[at].Slot] {
				at = i
			}
		}
	}
	if known[at].ID == failed && len(known) > 1 {
		at = (at + 1) % len(known)
	}
	by.turn = known[at].Slot
	return known[at].ID
}

// place returns where in the peer's view a slot is, or -1.
func (by *buyer) place(p *peer, slot int16) int {
	for i, l := range p.voter.Leaders {
		if l.Slot == slot {
			return i
		}
	}
	return -1
}

// after returns where in the view the first slot above the last one asked is.
func (by *buyer) after(p *peer) int {
	for i, l := range p.voter.Leaders {
		if l.Slot > by.turn {
			return i
		}
	}
	return 0
}
