package check

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/table"
)

// adopted checks E4. A peer keeps the highest term that it has met on disk, so
// that every term it begins, with an election or a claim to its own seat, is above
// all that it adopted before. What it believes of others' seats can still fall
// back: a seat that it believes vacant it gives to the next claim that comes, and
// that can be an old one. Such steps back are counted.
type adopted struct {
	Setting
	rising rule
	// highest is the highest term that each peer adopted or began.
	highest table.Sparse[uint32]
	// own is the term in which each peer last took a seat.
	own table.Sparse[uint32]
	// claims is the newest claim to each seat that each peer adopted.
	claims table.Sparse[claim]
}

type claim struct {
	term uint32
	id   actor.ID
}

func newAdopted(s Setting) *adopted {
	a := &adopted{
		Setting: s,
		rising:  rule{id: "E4", measure: "term_regressions", statement: "a peer begins no term and takes no seat in one that is not above all it had adopted"},
		highest: table.NewSparse[uint32](s.Actors), own: table.NewSparse[uint32](s.Actors),
		claims: table.NewSparse[claim](s.Actors * s.Seats),
	}
	if s.Termless {
		a.rising.skipped = "needs traders.election.terms: true"
	}
	return a
}

func (a *adopted) Wants() []market.Kind {
	return []market.Kind{market.ElectionStarted, market.Elected, market.Returned, market.Recognised}
}

func (a *adopted) Observe(f *market.Fact) error {
	if f.Kind == market.Returned && f.N == 1 {
		a.adopt(f, f.Actor) // a seat that others remembered: no new claim
		return nil
	}
	a.rising.checks++
	highest := a.highest.At(int(f.Actor))
	begins := f.Kind == market.ElectionStarted || f.Kind == market.Returned
	if begins && !a.Termless && f.Term <= *highest {
		return breach("E4", "%s begins term %d after it had adopted term %d", a.Name(f.Actor), f.Term, *highest)
	}
	*highest = max(*highest, f.Term)
	switch f.Kind {
	case market.ElectionStarted:
		return nil
	case market.Elected, market.Returned:
		own := a.own.At(int(f.Actor))
		if !a.Termless && f.Term <= *own {
			return breach("E4", "%s takes a seat in term %d after it had one in term %d", a.Name(f.Actor), f.Term, *own)
		}
		*own = f.Term
		a.adopt(f, f.Actor)
	default:
		a.adopt(f, f.Peer)
	}
	return nil
}

// adopt notes a claim to a seat.
func (a *adopted) adopt(f *market.Fact, id actor.ID) {
	if f.Slot < 0 || int(f.Slot) >= a.Seats {
		return
	}
	held := a.claims.At(int(f.Actor)*a.Seats + int(f.Slot))
	if f.Term < held.term || f.Term == held.term && id < held.id {
		a.count(&a.Counts.TermRegressions, f.At)
		return
	}
	*held = claim{f.Term, id}
}

func (a *adopted) Finish(Ending) ([]Verdict, error) { return []Verdict{a.rising.verdict()}, nil }
