package check

import (
	"souk/sim/actor"
	"souk/sim/market"
)

// history follows what each buyer reads and writes, and checks X1 and X2; the
// commits are in commits.go.
//
// A session is a buyer's. Its write is a sale; its read is the version of the stock
// on which an answer was decided. The four guarantees (Terry et al., "Session
// guarantees for weakly consistent replicated data", PDIS 1994) bind a request to
// what its buyer knew when it made it, so that several under way at once are free
// of each other.
type history struct {
	Setting
	ordered, linear rule
	requests        live[deed]
	// seen and done are, by buyer, the newest version that an answer told of and
	// that of its newest sale.
	seen, done []uint64
	commits    commits
}

// deed is one request.
type deed struct {
	// seen and done are what the buyer knew when it made the request.
	seen, done uint64
	// read is the version on which it was decided, wrote that of its sale.
	read, wrote uint64
	// accepted on a cache, and not refused since.
	accepted  bool
	abandoned bool
}

func newHistory(s Setting) *history {
	h := &history{
		Setting: s, requests: newLive[deed](s.Actors),
		ordered: rule{id: "X1", statement: "a buyer reads its own writes, never older news than before, and its writes follow both"},
		linear:  rule{id: "X2", statement: "each sale lies between call and return, and the sales one by one are legal"},
		seen:    make([]uint64, s.Actors), done: make([]uint64, s.Actors),
	}
	if !s.Strict {
		h.ordered.skipped = "needs traders.cache.mode: off and warehouse.writes: relative; the measure session_violations says how often"
		h.linear.skipped = "needs traders.cache.mode: off and warehouse.writes: relative"
	}
	if h.linear.skipped == "" && s.MayRepeat {
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
		buyer := f.Request.Buyer()
		h.requests.put(f.Request, deed{seen: h.seen[buyer], done: h.done[buyer]})
		return nil
	}
	at := h.requests.find(f.Request)
	var d *deed
	if at != nowhere && f.Request != 0 {
		d = h.requests.values.At(at)
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
		d.read, d.accepted = f.Version, true
	case market.Refused:
		d.read, d.accepted = f.Version, false
	case market.Sold:
		if !d.accepted {
			d.read = f.Version
		}
		d.wrote = f.Version
	case market.Abandoned:
		d.abandoned = true
	case market.Ended:
		err := h.answer(f, d)
		h.requests.drop(f.Request)
		return err
	}
	return nil
}

// answer checks an answer against what the buyer knew when it asked, and notes what
// it knows now. An answer that tells nothing, or of no known version, is none.
func (h *history) answer(f *market.Fact, d *deed) error {
	if d.read == 0 || f.Outcome == market.TimedOut || f.Outcome == market.Cancelled {
		return nil
	}
	h.ordered.checks++
	h.count(&h.Counts.Answers, f.At)
	buyer := f.Request.Buyer()
	if broken := d.broken(); broken != "" {
		if h.ordered.skipped == "" {
			return breach("X1", "request %v of %s: %s (decided on version %d, sold at %d; known before: %d and its own %d)",
				f.Request, h.Name(actor.ID(buyer)), broken, d.read, d.wrote, d.seen, d.done)
		}
		h.count(&h.Counts.SessionViolations, f.At)
	}
	h.seen[buyer] = max(h.seen[buyer], d.read)
	if f.Outcome == market.Fulfilled {
		h.done[buyer] = max(h.done[buyer], d.wrote)
	}
	return nil
}

// broken names the guarantee that a request breaks, or none.
func (d *deed) broken() string {
	switch {
	case d.read < d.done:
		return "it does not read its buyer's writes"
	case d.read < d.seen:
		return "it reads older news than its buyer had"
	case d.wrote > 0 && d.wrote <= d.done:
		return "its sale comes before an earlier one of its buyer"
	case d.wrote > 0 && d.wrote <= d.seen:
		return "its sale comes before what its buyer had read"
	}
	return ""
}

func (h *history) Finish(Ending) ([]Verdict, error) {
	return []Verdict{h.ordered.verdict(), h.linear.verdict()}, nil
}
