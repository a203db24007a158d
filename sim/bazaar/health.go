package bazaar

import (
	"math"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/rng"
)

// health is how the warehouse misbehaves. It survives crashes: what is wrong
// with a machine is not cured by starting it again.
type health struct {
	// chances is how often each ailment strikes an operation, in 2^64.
	chances [actor.Ailments]uint64
	// draws give each operation a word an ailment while any lasts, so that one
	// ailment does not move when another strikes.
	draws [actor.Ailments]rng.Stream
	// past is the shelf as it was when stale reads began, pastVersion its version.
	past        *market.Shelf
	pastVersion uint64
	// stale: the operation that is performed reads the past.
	stale bool
}

// symptoms are the ailments that strike one operation.
type symptoms [actor.Ailments]bool

func newHealth(seed uint64) health {
	var h health
	for a := range h.draws {
		h.draws[a] = rng.NewStream(seed, "warehouse affliction", a)
	}
	return h
}

// examine draws what strikes the next operation.
func (h *health) examine() (s symptoms) {
	if h.chances == ([actor.Ailments]uint64{}) {
		return s
	}
	for a, chance := range h.chances {
		word := h.draws[a].Uint64()
		s[a] = word < chance || chance == math.MaxUint64
	}
	return s
}

// fallIll changes how the warehouse misbehaves from now on.
func (w *warehouse) fallIll(a actor.Affliction) {
	w.chances[a.Ailment] = a.Chance
	if a.Ailment != actor.StaleReads {
		return
	}
	switch {
	case a.Chance == 0:
		w.past = nil
	case w.past == nil:
		w.past, w.pastVersion = w.shelf.Clone(), w.version
	}
}

// record returns the stock as a read by a trader shows it, and its version.
func (w *warehouse) record(reader actor.ID, out *Outbox) (*market.Shelf, uint64) {
	if !w.stale || w.past == nil || w.pastVersion == w.version {
		return w.shelf, w.version
	}
	out.Say(market.Fact{Kind: market.ReadStale, Peer: reader, N: int64(w.version - w.pastVersion), Version: w.pastVersion})
	return w.past, w.pastVersion
}

// fail tells a trader that its operation failed; effect says that it did not.
func (w *warehouse) fail(op *operation, effect bool, out *Outbox) {
	m := &op.msg
	f := market.Fact{Kind: market.Failed, Peer: op.from, Request: m.Request}
	if effect {
		f.N = 1
	}
	out.Say(f)
	out.Send(op.from, Message{
		Kind: Failed, Request: m.Request, Item: m.Item, Number: m.Number, Job: m.Job, Seller: m.Seller,
	})
}
