package check

import (
	"souk/sim/actor"
	"souk/sim/market"
)

// terms checks E1: a term, which is a counter together with its winner, is won
// once, and one election seats no more traders than there are seats.
type terms struct {
	Setting
	once rule
	// won lists who won in each counter, by whom it was announced.
	won map[uint32][]actor.ID
}

func newTerms(s Setting) *terms {
	return &terms{
		Setting: s,
		once:    rule{id: "E1", statement: "at most one winner per term, at most as many as there are seats"},
		won:     map[uint32][]actor.ID{},
	}
}

func (t *terms) Wants() []market.Kind { return []market.Kind{market.Elected} }

func (t *terms) Observe(f *market.Fact) error {
	t.once.checks++
	for _, winner := range t.won[f.Term] {
		if winner == f.Actor {
			return breach("E1", "%s won term %d twice", t.Name(f.Actor), f.Term)
		}
	}
	t.won[f.Term] = append(t.won[f.Term], f.Actor)
	if int(f.Slot) >= t.Seats || f.Slot < 0 {
		return breach("E1", "%s won seat %d of %d", t.Name(f.Actor), f.Slot, t.Seats)
	}
	return nil
}

func (t *terms) Finish(Ending) ([]Verdict, error) { return []Verdict{t.once.verdict()}, nil }
