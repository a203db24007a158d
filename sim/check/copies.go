package check

import (
	"fmt"

	"souk/sim/market"
	"souk/sim/table"
	"souk/sim/vtime"
)

// copies checks C1 and C2: what traders' caches and buyers' replicas show was once
// true, and becomes true again when nothing moves for a while.
type copies struct {
	Setting
	settled, real rule
	weather       weather
	// have is what each seller has of each item by the sales and deposits, most the
	// highest it ever was.
	have, most table.Sparse[int64]
	// moved is when goods last moved, or a request ended.
	moved vtime.Time
}

func newCopies(s Setting) *copies {
	return &copies{
		Setting: s, weather: newWeather(&s),
		settled: rule{id: "C1", statement: "when nothing has moved for a while, every copy of the stock is right", skipped: s.Unmet.Quiescence},
		real:    rule{id: "C2", statement: "a copy of the stock shows at least 0, and no more than there once was", skipped: s.Unmet.Copies},
		have:    table.NewSparse[int64](s.Actors * s.Items), most: table.NewSparse[int64](s.Actors * s.Items),
	}
}

func (c *copies) Wants() []market.Kind {
	wants := append(troubleKinds(), market.Deposited, market.Sold, market.Withdrawn)
	if c.settled.skipped == "" {
		wants = append(wants, market.Refused, market.Ended, market.Accepted, market.Replayed)
	}
	return wants
}

func (c *copies) Observe(f *market.Fact) error {
	switch f.Kind {
	case market.Deposited:
		row := c.row(f.Peer, f.Item)
		have, most := c.have.At(row), c.most.At(row)
		*have += int64(f.Qty)
		*most = max(*most, *have)
		c.moved = f.At
	case market.Sold, market.Withdrawn:
		*c.have.At(c.row(f.Peer, f.Item)) -= int64(f.Qty)
		c.moved = f.At
	case market.Refused, market.Ended, market.Accepted, market.Replayed:
		c.moved = f.At
	default:
		c.weather.observe(f)
	}
	return nil
}

// Recount looks at every copy.
func (c *copies) Recount(vtime.Time) error {
	held := c.books.look(copiesReader)
	if c.real.skipped != "" {
		return nil
	}
	for i := range held.Copies {
		if err := c.look(&held.Copies[i], held.Version); err != nil {
			return err
		}
	}
	return nil
}

func (c *copies) look(of *market.Copy, version uint64) error {
	if of.Version > version {
		return breach("C2", "%s has version %d of the stock, which is at %d", c.Name(of.Holder), of.Version, version)
	}
	for i := range of.Rows {
		r := &of.Rows[i]
		c.real.checks++
		most := c.most.Get(c.row(r.Seller, r.Item))
		sum := int64(r.Shows) + int64(r.Unsettled)
		switch {
		case r.Shows < 0 || r.Unsettled < 0:
			return breach("C2", "%s shows %d of item %d of %s, and has %d sales unsettled", c.Name(of.Holder), r.Shows, r.Item, c.Name(r.Seller), r.Unsettled)
		case int64(r.Shows) > most || sum > most && !c.Increasing:
			return breach("C2", "%s shows %d of item %d of %s beside %d unsettled, and there never were more than %d",
				c.Name(of.Holder), r.Shows, r.Item, c.Name(r.Seller), r.Unsettled, most)
		}
	}
	return nil
}

func (c *copies) Finish(e Ending) ([]Verdict, error) {
	err := c.Recount(e.Now)
	if c.settled.skipped == "" {
		c.settled.skipped = c.tooEarly(e)
	}
	if c.settled.skipped == "" && err == nil {
		err = c.compareAll(c.books.lookLast(copiesReader))
	}
	return []Verdict{c.settled.verdict(), c.real.verdict()}, err
}

// tooEarly says why the end of a run is none at which copies need be right.
func (c *copies) tooEarly(e Ending) string {
	still := e.Now.Sub(max(c.moved, c.weather.since))
	switch {
	case !e.Drained:
		return "the run did not come to rest"
	case c.weather.troubles > 0 || c.weather.services > 0:
		return "a fault was in force to the end"
	case still < c.SettleWithin:
		return fmt.Sprintf("the run ended %v after the last sale or trouble; copies can take %v: a longer run.settle would tell", still, c.SettleWithin)
	}
	return ""
}

func (c *copies) compareAll(held *market.Holding) error {
	for i := range held.Copies {
		if of := &held.Copies[i]; !c.weather.isDown(of.Holder) {
			if err := c.compare(of); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *copies) compare(of *market.Copy) error {
	for i := range of.Rows {
		r := &of.Rows[i]
		c.settled.checks++
		if r.Shows != r.Real || r.Unsettled != 0 {
			return breach("C1", "%s shows %d of item %d of %s beside %d unsettled, and there are %d",
				c.Name(of.Holder), r.Shows, r.Item, c.Name(r.Seller), r.Unsettled, r.Real)
		}
	}
	return nil
}
