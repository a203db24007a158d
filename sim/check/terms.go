package check

import (
	"souk/sim/actor"
	"souk/sim/market"
)

// terms checks E1. A term is a counter together with the winner that announced
// it: when messages are lost, two peers can both win with the same counter. A
// term seats nobody twice and no more traders than there are seats.
type terms struct {
	Setting
	once rule
	// won lists whom each term seated.
	won map[term][]actor.ID
}

type term struct {
	counter uint32
	winner  actor.ID
}

func newTerms(s Setting) *terms {
	return &terms{
		Setting: s,
		once:    rule{id: "E1", statement: "a winner's term seats nobody twice and no more than there are seats"},
		won:     map[term][]actor.ID{},
	}
}

func (t *terms) Wants() []market.Kind { return []market.Kind{market.Elected} }

func (t *terms) Observe(f *market.Fact) error {
	t.once.checks++
	in := term{f.Term, f.Peer}
	for _, winner := range t.won[in] {
		if winner == f.Actor {
			return breach("E1", "%s won term %d twice", t.Name(f.Actor), f.Term)
		}
	}
	t.won[in] = append(t.won[in], f.Actor)
	if len(t.won[in]) > t.Seats {
		return breach("E1", "term %d of %s has %d winners for %d seats", f.Term, t.Name(f.Peer), len(t.won[in]), t.Seats)
	}
	if int(f.Slot) >= t.Seats || f.Slot < 0 {
		return breach("E1", "%s won seat %d of %d", t.Name(f.Actor), f.Slot, t.Seats)
	}
	return nil
}

func (t *terms) Finish(Ending) ([]Verdict, error) { return []Verdict{t.once.verdict()}, nil }
