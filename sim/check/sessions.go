package check

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/table"
)

// history follows what each buyer reads and writes, and checks X1 and X2; the
// commits are in commits.go.
//
// A session is a buyer's. Its write is a sale; its read is the version of the stock
// on which an answer was decided. A trader's cache shows its own sales too, whatever
// the version of its last snapshot. The four guarantees (Terry et al., "Session
// guarantees for weakly consistent replicated data", PDIS 1994) bind a request to
// what its buyer knew when it made it, so that several under way at once are free
// of each other.
type history struct {
	Setting
	ordered, linear rule
	requests        market.RequestTable[deed]
	buyers          table.Sparse[knowledge]
	commits         commits
}

// knowledge is what a buyer has seen and done: the newest version that an answer
// told of, that of its newest sale and through whom, and that of the newest one
// through anybody else.
type knowledge struct {
	seen, done, others uint64
	through            actor.ID
}

// deed is one request.
type deed struct {
	// before is what the buyer knew when it made the request.
	before knowledge
	// read is the version on which it was decided, wrote that of its sale, each by
	// whom.
	read, wrote     uint64
	decider, writer actor.ID
	// accepted on a cache, and not refused since.
	accepted bool
}

func newHistory(s Setting) *history {
	h := &history{
		Setting: s,
		ordered: rule{id: "X1", measure: "session_violations", statement: "a buyer reads its own writes, never older news than before, and its writes follow both"},
		linear:  rule{id: "X2", statement: "each sale lies between call and return, and the sales one by one are legal"},
		buyers:  table.NewSparse[knowledge](s.Actors),
	}
	if !s.Strict {
		h.ordered.skipped = "needs traders.cache.mode: off and warehouse.writes: relative"
		h.linear.skipped = "needs traders.cache.mode: off and warehouse.writes: relative"
	}
	if h.linear.skipped == "" && s.Delivery == market.AtLeastOnce {
		h.linear.skipped = "needs traders.delivery: exactly-once or at-most-once"
	}
	h.commits = newCommits(&h.Setting, &h.linear)
	return h
}

func (h *history) Wants() []market.Kind {
	return append([]market.Kind{
		market.Issued, market.Accepted, market.Denied, market.Sold, market.Refused, market.Ended,
	}, h.commits.wants()...)
}

func (h *history) Observe(f *market.Fact) error {
	if f.Kind == market.Issued {
		h.requests.Put(f.Request, deed{before: h.buyers.Get(int(f.Request.Buyer()))})
		return nil
	}
	at := h.requests.Find(f.Request)
	var d *deed
	if at != market.Nowhere {
		d = h.requests.Values.At(at)
	}
	if h.linear.skipped == "" {
		if err := h.commits.observe(f, d); err != nil {
			return err
		}
	}
	if d == nil {
		return nil
	}
	switch f.Kind {
	case market.Accepted, market.Denied:
		d.read, d.decider, d.accepted = f.Version, f.Trader, true
	case market.Refused:
		d.read, d.decider, d.accepted = f.Version, f.Trader, false
	case market.Sold:
		if !d.accepted {
			d.read, d.decider = f.Version, f.Trader
		}
		d.wrote, d.writer = f.Version, f.Trader
	case market.Ended:
		err := h.answer(f, d)
		h.requests.Drop(f.Request)
		return err
	}
	return nil
}

// answer checks an answer against what the buyer knew when it asked, and notes what
// it knows now. An answer that tells nothing, or of no known version, is none.
func (h *history) answer(f *market.Fact, d *deed) error {
	if d.read == 0 || f.Outcome > market.RejectedNotOffered {
		return nil
	}
	h.ordered.checks++
	h.count(&h.Counts.Answers, f.At)
	buyer := f.Request.Buyer()
	if broken := d.broken(); broken != "" {
		if h.ordered.skipped == "" {
			return breach("X1", "request %v of %s: %s (decided on version %d, sold at %d; known before: %d and its own %d)",
				f.Request, h.Name(buyer), broken, d.read, d.wrote, d.before.seen, d.before.done)
		}
		h.count(&h.Counts.SessionViolations, f.At)
	}
	k := h.buyers.At(int(buyer))
	k.seen = max(k.seen, d.read)
	if f.Outcome == market.Fulfilled && d.wrote > k.done {
		if k.through != d.writer {
			k.through, k.others = d.writer, k.done
		}
		k.done = d.wrote
	}
	return nil
}

// broken names the guarantee that a request breaks, or none.
func (d *deed) broken() string {
	own := d.before.done
	if d.decider == d.before.through {
		own = d.before.others
	}
	switch {
	case d.read < own:
		return "it does not read its buyer's writes"
	case d.read < d.before.seen:
		return "it reads older news than its buyer had"
	case d.wrote > 0 && d.wrote <= d.before.done:
		return "its sale comes before an earlier one of its buyer"
	case d.wrote > 0 && d.wrote <= d.before.seen:
		return "its sale comes before what its buyer had read"
	}
	return ""
}

func (h *history) Finish(Ending) ([]Verdict, error) {
	return []Verdict{h.ordered.verdict(), h.linear.verdict()}, nil
}
