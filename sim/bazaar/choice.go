package bazaar

import "souk/sim/actor"

// choose picks a trader, if possible another than the one that failed. It
// consumes one word of the route stream whatever the policy.
func (by *buyer) choose(b *Bazaar, p *peer, failed actor.ID) actor.ID {
	known := p.voter.Leaders
	word := by.Route.Uint64()
	if len(known) == 0 {
		return actor.None
	}
	at := int(word % uint64(len(known)))
	switch b.cfg.Choice {
	case Sticky:
		if i := by.place(p, by.turn); i >= 0 {
			at = i
		}
	case RoundRobin:
		at = by.after(p)
	case LeastLoaded:
		loads := by.loads(b)
		for i := range known {
			if loads[known[i].Slot] < loads[known[at].Slot] {
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

// loads returns each slot's queue as the buyer last heard.
func (by *buyer) loads(b *Bazaar) []uint16 {
	seats := b.cfg.Traders.Count
	first := int(b.cast.Index(by.ID)) * seats
	return b.loads[first : first+seats]
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
