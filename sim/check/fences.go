package check

import (
	"souk/sim/actor"
	"souk/sim/market"
)

// fences checks E5 and T4. Who keeps the goods or the queues lets itself be told
// from which term on a seat's writes count; a trader of an earlier term then
// writes nothing more, and one from which a request was taken over sells nothing
// for it. Without fences such sales are counted as zombie writes.
type fences struct {
	Setting
	rejected, owned rule
	// bars are the terms that count, by who keeps to them and by seat.
	bars []bar
	// reigns are the newest term of each trader in each seat that it had.
	reigns roster[[]reign]
	// robbed are the requests that another took over, and from whom.
	robbed map[robbery]uint32
	// returned are the requests that a trader took over from who says later that it
	// took them over from that trader: the news of it was late.
	returned map[[2]actor.ID]map[market.RequestID]bool
}

type bar struct {
	keeper actor.ID
	slot   int16
	term   uint32
}

type reign struct {
	slot int16
	term uint32
}

type robbery struct {
	request market.RequestID
	trader  actor.ID
}

func newFences(s Setting) *fences {
	f := &fences{
		Setting:  s,
		rejected: rule{id: "E5", measure: "zombie_writes", statement: "the warehouse turns down writes from a term below the highest that it was told of"},
		owned:    rule{id: "T4", measure: "zombie_writes", statement: "a trader from which a request was taken over sells nothing for it any more"},
		reigns:   newRoster[[]reign](s.Actors),
		robbed:   map[robbery]uint32{},
		returned: map[[2]actor.ID]map[market.RequestID]bool{},
	}
	if !s.Fenced {
		f.rejected.skipped = "needs traders.fencing: true"
		f.owned.skipped = f.rejected.skipped
	} else if s.Termless {
		f.owned.skipped = "needs traders.election.terms: true"
	}
	return f
}

func (c *fences) Wants() []market.Kind {
	return []market.Kind{
		market.Elected, market.Returned, market.Barred, market.Fenced, market.Sold, market.Deposited,
		market.TookOver, market.Reloaded, market.Queued,
	}
}

func (c *fences) Observe(f *market.Fact) error {
	switch f.Kind {
	case market.Elected, market.Returned:
		c.begin(f)
	case market.Barred:
		return c.raise(f)
	case market.Fenced:
		c.rejected.checks++
		if int64(f.Term) > f.N {
			return breach("E5", "%s turned down a write of %s from term %d, and %d counts", c.Name(f.Actor), c.Name(f.Peer), f.Term, f.N)
		}
	case market.TookOver:
		c.rob(f)
	case market.Reloaded, market.Queued:
		c.regain(f)
	case market.Sold:
		if err := c.sell(f); err != nil {
			return err
		}
		return c.write(f)
	case market.Deposited:
		return c.write(f)
	}
	return nil
}

// begin notes a trader's newest term in a seat.
func (c *fences) begin(f *market.Fact) {
	list := c.reigns.of(f.Actor)
	for i := range *list {
		if (*list)[i].slot == f.Slot {
			(*list)[i].term = max((*list)[i].term, f.Term)
			return
		}
	}
	*list = append(*list, reign{f.Slot, f.Term})
}

// newest returns the newest term of a trader.
func (c *fences) newest(trader actor.ID) uint32 {
	term := uint32(0)
	for _, r := range *c.reigns.of(trader) {
		term = max(term, r.term)
	}
	return term
}

// raise notes from which term on a seat's writes count.
func (c *fences) raise(f *market.Fact) error {
	c.rejected.checks++
	for i := range c.bars {
		b := &c.bars[i]
		if b.keeper != f.Actor || b.slot != f.Slot {
			continue
		}
		if f.Term < b.term {
			return breach("E5", "%s counts term %d of seat %d after term %d", c.Name(f.Actor), f.Term, f.Slot, b.term)
		}
		b.term = f.Term
		return nil
	}
	c.bars = append(c.bars, bar{f.Actor, f.Slot, f.Term})
	return nil
}

// rob notes that a request went from one trader to another.
func (c *fences) rob(f *market.Fact) {
	c.regain(f)
	if f.Peer == f.Trader {
		return
	}
	if c.returned[[2]actor.ID{f.Peer, f.Trader}][f.Request] {
		return
	}
	c.robbed[robbery{f.Request, f.Peer}] = c.newest(f.Peer)
	way := [2]actor.ID{f.Trader, f.Peer}
	if c.returned[way] == nil {
		c.returned[way] = map[market.RequestID]bool{}
	}
	c.returned[way][f.Request] = true
}

// regain notes that a trader holds a request again.
func (c *fences) regain(f *market.Fact) {
	if len(c.robbed) > 0 {
		delete(c.robbed, robbery{f.Request, f.Trader})
	}
}

// sell judges a sale for a request that another has taken over. A trader whose
// term is over may have begun another since, and been given the request again: what
// it sells in that the fence lets through rightly.
func (c *fences) sell(f *market.Fact) error {
	if len(c.robbed) == 0 {
		return nil
	}
	c.owned.checks++
	term, robbed := c.robbed[robbery{f.Request, f.Trader}]
	switch {
	case !robbed:
	case c.owned.skipped != "":
		c.count(&c.Counts.ZombieWrites, f.At)
	case term == c.newest(f.Trader):
		return breach("T4", "%s sold for request %v after another had taken it over", c.Name(f.Trader), f.Request)
	}
	return nil
}

// write checks that a trader whose write took effect has a seat in a term that
// counts. The write itself is from that term or an earlier one.
func (c *fences) write(f *market.Fact) error {
	if !c.Fenced {
		return nil
	}
	c.rejected.checks++
	var worst bar
	for _, r := range *c.reigns.of(f.Trader) {
		b := c.bar(f.Actor, r.slot)
		if r.term >= b.term {
			return nil
		}
		worst = b
	}
	if worst.term == 0 {
		return nil
	}
	return breach("E5", "%s served %s, and term %d counts in its seat %d", c.Name(f.Actor), c.Name(f.Trader), worst.term, worst.slot)
}

// bar returns what a keeper counts in a seat.
func (c *fences) bar(keeper actor.ID, slot int16) bar {
	for _, b := range c.bars {
		if b.keeper == keeper && b.slot == slot {
			return b
		}
	}
	return bar{slot: slot}
}

func (c *fences) Finish(Ending) ([]Verdict, error) {
	return []Verdict{c.rejected.verdict(), c.owned.verdict()}, nil
}
