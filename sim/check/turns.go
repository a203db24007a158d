package check

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/table"
)

// turns checks T5: a trader serves the requests of a buyer in the order in which
// they were made. What was sent again, or came to another trader, has lost its
// turn and is left out.
type turns struct {
	Setting
	inOrder rule
	// last is what was started last, by buyer.
	last table.Sparse[started]
	// moved are the requests that lost their turn.
	moved market.RequestSet
}

// started is the highest number of a buyer that was started, and by whom: with one
// seat there can be two traders for a while.
type started struct {
	number uint32
	at     actor.ID
}

func newTurns(s Setting) *turns {
	return &turns{
		Setting: s,
		inOrder: rule{
			id: "T5", statement: "the requests of a buyer are served in the order in which it made them",
			skipped: s.Unmet.FIFO, measure: "inversions",
		},
		last: table.NewSparse[started](s.Actors), moved: market.NewRequestSet(s.Actors),
	}
}

func (t *turns) Wants() []market.Kind {
	return []market.Kind{market.Started, market.Retried, market.TookOver, market.Reloaded}
}

func (t *turns) Observe(f *market.Fact) error {
	if f.Kind != market.Started {
		t.moved.Add(f.Request)
		return nil
	}
	last := t.last.At(int(f.Request.Buyer()))
	number := f.Request.Number()
	if last.at != f.Trader {
		*last = started{at: f.Trader}
	}
	switch {
	case number > last.number:
		t.inOrder.checks++
		// A request that was sent again may have been overtaken by the next ones.
		if !t.moved.Has(f.Request) {
			last.number = number
		}
	case t.moved.Has(f.Request):
	case t.inOrder.skipped == "":
		return breach("T5", "request %v was started after number %d of its buyer", f.Request, last.number)
	default:
		t.count(&t.Counts.Inversions, f.At)
	}
	return nil
}

func (t *turns) Finish(Ending) ([]Verdict, error) { return []Verdict{t.inOrder.verdict()}, nil }
