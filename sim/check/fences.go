package check

import (
	"souk/sim/actor"
	"souk/sim/market"
)

// fences checks E5 and T4. Who keeps the goods or the queues lets itself be told
// from which term on a seat's writes count; a trader of an earlier term then
// neither sells nor keeps what another took over. Without fences such sales are
// counted as zombie writes.
type fences struct {
	Setting
	rejected, owned rule
	// bars are the terms that count, by who keeps to them and by seat.
	bars []bar
	// terms is the newest claim of each trader.
	terms roster[market.Seat]
	// robbed are the requests that another took over, and from whom.
	robbed map[robbery]bool
}

type bar struct {
	keeper actor.ID
	slot   int16
	term   uint32
}

type robbery struct {
	request market.RequestID
	trader  actor.ID
}

func newFences(s Setting) *fences {
	f := &fences{
		Setting:  s,
		rejected: rule{id: "E5", statement: "the warehouse turns down writes from a term below the highest that it was told of"},
		owned:    rule{id: "T4", statement: "a trader from which a request was taken over sells nothing for it any more"},
		terms:    newRoster[market.Seat](s.Actors),
		robbed:   map[robbery]bool{},
	}
	if !s.Fenced {
		f.rejected.skipped = "needs traders.fencing: on; the measure zombie_writes says how often"
		f.owned.skipped = f.rejected.skipped
	}
	return f
}

func (c *fences) Wants() []market.Kind {
	return []market.Kind{
		market.Elected, market.Returned, market.Barred, market.Fenced, market.Sold,
		market.TookOver, market.Reloaded, market.Queued,
	}
}

func (c *fences) Observe(f *market.Fact) error {
	switch f.Kind {
	case market.Elected, market.Returned:
		*c.terms.of(f.Actor) = market.Seat{ID: f.Actor, Slot: f.Slot, Term: f.Term}
	case market.Barred:
		return c.raise(f)
	case market.Fenced:
		c.rejected.checks++
		if int64(f.Term) >= f.N {
			return breach("E5", "%s turned down a write of %s from term %d, and %d counts", c.Name(f.Actor), c.Name(f.Peer), f.Term, f.N)
		}
	case market.TookOver:
		c.regain(f)
		if f.Peer != f.Trader {
			c.robbed[robbery{f.Request, f.Peer}] = true
		}
	case market.Reloaded, market.Queued:
		c.regain(f)
	case market.Sold:
		return c.sell(f)
	}
	return nil
}

// raise notes from which term on a seat's writes count.
func (c *fences) raise(f *market.Fact) error {
	for i := range c.bars {
		b := &c.bars[i]
		if b.keeper != f.Actor || b.slot != f.Slot {
			continue
		}
		c.rejected.checks++
		if f.Term < b.term {
			return breach("E5", "%s counts term %d of seat %d after term %d", c.Name(f.Actor), f.Term, f.Slot, b.term)
		}
		b.term = f.Term
		return nil
	}
	c.bars = append(c.bars, bar{f.Actor, f.Slot, f.Term})
	return nil
}

// regain notes that a trader holds a request again.
func (c *fences) regain(f *market.Fact) {
	if len(c.robbed) > 0 {
		delete(c.robbed, robbery{f.Request, f.Trader})
	}
}

func (c *fences) sell(f *market.Fact) error {
	if len(c.robbed) > 0 && c.robbed[robbery{f.Request, f.Trader}] {
		if c.owned.skipped == "" {
			return breach("T4", "%s sold for request %v after another had taken it over", c.Name(f.Trader), f.Request)
		}
		c.count(&c.Counts.ZombieWrites, f.At)
	}
	if !c.Fenced {
		return nil
	}
	c.owned.checks += uint64(min(1, len(c.robbed)))
	// The write was sent in the trader's newest term, or in an earlier one.
	seat := c.terms.of(f.Trader)
	for _, b := range c.bars {
		if b.keeper != f.Actor || b.slot != seat.Slot {
			continue
		}
		c.rejected.checks++
		if seat.Term < b.term {
			return breach("E5", "%s sold for %s of term %d, and %d counts in seat %d", c.Name(f.Actor), c.Name(f.Trader), seat.Term, b.term, b.slot)
		}
	}
	return nil
}

func (c *fences) Finish(Ending) ([]Verdict, error) {
	return []Verdict{c.rejected.verdict(), c.owned.verdict()}, nil
}
