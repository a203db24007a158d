package election

import "souk/sim/actor"

// appointed seats the highest ids from the start; everybody knows it. Seats
// that fall vacant stay so. Claims are still heard, since a trader that comes
// back renews its own.
type appointed struct {
	bully
	leaders []Leader
}

func newAppointed(c Config) Rules {
	c.Vacancy = CarryOn
	a := &appointed{bully: bully{c}}
	for slot := range c.Seats {
		a.leaders = append(a.leaders, Leader{ID: actor.ID(c.Peers - 1 - slot), Slot: int16(slot), Term: 1})
	}
	return a
}

func (a *appointed) Start(v *Voter, out Out) {
	v.Leaders, v.Term, v.Complete = a.leaders, max(v.Term, 1), true
	if l, seated := v.Leads(v.Self); seated {
		v.sit(l, v.Self, out)
	}
}

func (a *appointed) Hear(v *Voter, from actor.ID, m Message, out Out) {
	if m.Kind == Won {
		a.hearVictory(v, from, m.Leader, out)
	}
}

// Review does nothing: no seat is won.
func (a *appointed) Review(*Voter, Out) {}

// Expire goes on with an announcement.
func (a *appointed) Expire(v *Voter, g uint32, out Out) {
	if g%reasons == tellNext {
		a.tell(v, out)
	}
}
