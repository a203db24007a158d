package check

import (
	"souk/sim/actor"
	"souk/sim/market"
)

// floods checks F1. It follows a look-up until its request has an outcome: what
// is under way then nobody waits for.
type floods struct {
	Setting
	bounded rule
	// last is, by live request, its last look-up.
	last market.RequestTable[int32]
	// lookUps are those of live requests, by their buyer and number.
	lookUps market.RequestTable[lookUp]
	// spare are tables of sights that can be used again.
	spare []sights
}

// lookUp is what is known of one look-up.
type lookUp struct {
	id    market.RequestID
	limit int64
	// seen is what the peers knew that it reached.
	seen sights
	// before is the place of the look-up that this one repeats, or market.Nowhere.
	before int32
}

func newFloods(s Setting) *floods {
	return &floods{
		Setting: s,
		bounded: rule{id: "F1", statement: "a look-up visits each peer at most once and ends at its hop limit"},
	}
}

func (fl *floods) Wants() []market.Kind {
	return []market.Kind{market.LookedUp, market.Visited, market.Crashed, market.Ended}
}

func (fl *floods) Observe(f *market.Fact) error {
	switch f.Kind {
	case market.LookedUp:
		return fl.begin(f)
	case market.Visited:
		return fl.visit(f)
	case market.Crashed:
		fl.crash(f.Actor)
	case market.Ended:
		fl.end(f.Request)
	}
	return nil
}

func (fl *floods) begin(f *market.Fact) error {
	id := market.NewRequestID(f.Actor, f.Term)
	if fl.lookUps.Find(id) != market.Nowhere {
		return breach("F1", "%s uses the number %d for two look-ups", fl.Name(f.Actor), f.Term)
	}
	l := lookUp{id: id, limit: f.N, before: market.Nowhere}
	if n := len(fl.spare); n > 0 {
		l.seen = fl.spare[n-1]
		fl.spare = fl.spare[:n-1]
	}
	if at := fl.last.Find(f.Request); at != market.Nowhere {
		last := fl.last.Values.At(at)
		l.before = *last
		*last = fl.lookUps.Put(id, l)
	} else {
		fl.last.Put(f.Request, fl.lookUps.Put(id, l))
	}
	return nil
}

func (fl *floods) visit(f *market.Fact) error {
	buyer := f.Request.Buyer()
	place := fl.lookUps.Find(market.NewRequestID(buyer, f.Term))
	if place == market.Nowhere {
		return nil
	}
	fl.bounded.checks++
	l := fl.lookUps.Values.At(place)
	limit := l.limit
	if f.Peer != buyer {
		passed := l.seen.at(f.Peer)
		if passed.who == 0 {
			return breach("F1", "%s hears of look-up %d of %s from %s, which has not heard of it", fl.Name(f.Actor), f.Term, fl.Name(buyer), fl.Name(f.Peer))
		}
		limit = passed.hops
	}
	here := l.seen.at(f.Actor)
	if f.Actor == buyer || here.who != 0 && !here.forgotten {
		return breach("F1", "look-up %d of %s visits %s twice", f.Term, fl.Name(buyer), fl.Name(f.Actor))
	}
	if f.N < 0 || f.N >= limit {
		return breach("F1", "look-up %d of %s has %d hops left at %s, and had %d before", f.Term, fl.Name(buyer), f.N, fl.Name(f.Actor), limit)
	}
	// What the peer passed on before it forgot may still be under way.
	l.seen.see(here, f.Actor, max(f.N, here.hops))
	return nil
}

// crash makes a peer forget the look-ups that passed it.
func (fl *floods) crash(peer actor.ID) {
	for place := range int32(fl.lookUps.Values.Len()) {
		l := fl.lookUps.Values.At(place)
		if l.seen.n == 0 {
			continue
		}
		if s := l.seen.at(peer); s.who != 0 {
			s.forgotten = true
		}
	}
}

// end forgets the look-ups of a request.
func (fl *floods) end(request market.RequestID) {
	at := fl.last.Find(request)
	if at == market.Nowhere {
		return
	}
	place := *fl.last.Values.At(at)
	fl.last.Drop(request)
	for place != market.Nowhere {
		l := fl.lookUps.Values.At(place)
		l.seen.clear()
		fl.spare = append(fl.spare, l.seen)
		id, before := l.id, l.before
		fl.lookUps.Drop(id)
		place = before
	}
}

func (fl *floods) Finish(Ending) ([]Verdict, error) { return []Verdict{fl.bounded.verdict()}, nil }
