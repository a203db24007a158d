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
	// last is, by live request, the place of its last look-up.
	last map[market.RequestID]int32
	// at is the place of each look-up of a live request, by its buyer and number.
	at      map[market.RequestID]int32
	lookUps market.Slots[lookUp]
	visits  map[visit]sight
	// spare are lists of visitors that can be used again.
	spare [][]actor.ID
}

// lookUp is what is known of one look-up.
type lookUp struct {
	id    market.RequestID
	limit int64
	// visitors are the peers that it reached.
	visitors []actor.ID
	// before is the place of the look-up that this one repeats, or -1.
	before int32
}

// visit is a look-up, by its place, at a peer.
type visit struct {
	lookUp int32
	peer   actor.ID
}

// sight is what a peer knew of a look-up that visited it: the most hops that
// were left, and whether a crash made it forget.
type sight struct {
	hops      int64
	forgotten bool
}

func newFloods(s Setting) *floods {
	return &floods{
		Setting: s,
		bounded: rule{id: "F1", statement: "a look-up visits each peer at most once and ends at its hop limit"},
		last:    map[market.RequestID]int32{},
		at:      map[market.RequestID]int32{},
		visits:  map[visit]sight{},
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
	if _, known := fl.at[id]; known {
		return breach("F1", "%s uses the number %d for two look-ups", fl.Name(f.Actor), f.Term)
	}
	l := lookUp{id: id, limit: f.N, before: -1}
	if before, repeated := fl.last[f.Request]; repeated {
		l.before = before
	}
	if n := len(fl.spare); n > 0 {
		l.visitors = fl.spare[n-1][:0]
		fl.spare = fl.spare[:n-1]
	}
	place := fl.lookUps.Put(l)
	fl.at[id], fl.last[f.Request] = place, place
	return nil
}

func (fl *floods) visit(f *market.Fact) error {
	buyer := f.Request.Buyer()
	place, known := fl.at[market.NewRequestID(buyer, f.Term)]
	if !known {
		return nil
	}
	fl.bounded.checks++
	l := fl.lookUps.At(place)
	here, seen := fl.visits[visit{place, f.Actor}]
	if f.Actor == buyer || seen && !here.forgotten {
		return breach("F1", "look-up %d of %s visits %s twice", f.Term, fl.Name(buyer), fl.Name(f.Actor))
	}
	limit := l.limit
	if f.Peer != buyer {
		passed, ok := fl.visits[visit{place, f.Peer}]
		if !ok {
			return breach("F1", "%s hears of look-up %d of %s from %s, which has not heard of it", fl.Name(f.Actor), f.Term, fl.Name(buyer), fl.Name(f.Peer))
		}
		limit = passed.hops
	}
	if f.N < 0 || f.N >= limit {
		return breach("F1", "look-up %d of %s has %d hops left at %s, and had %d before", f.Term, fl.Name(buyer), f.N, fl.Name(f.Actor), limit)
	}
	if !seen {
		l.visitors = append(l.visitors, f.Actor)
	}
	// What the peer passed on before it forgot may still be under way.
	fl.visits[visit{place, f.Actor}] = sight{hops: max(f.N, here.hops)}
	return nil
}

// crash makes a peer forget the look-ups that passed it.
func (fl *floods) crash(peer actor.ID) {
	for place := range int32(fl.lookUps.Len()) {
		if s, seen := fl.visits[visit{place, peer}]; seen {
			s.forgotten = true
			fl.visits[visit{place, peer}] = s
		}
	}
}

// end forgets the look-ups of a request.
func (fl *floods) end(request market.RequestID) {
	place, known := fl.last[request]
	if !known {
		return
	}
	delete(fl.last, request)
	for place >= 0 {
		l := fl.lookUps.At(place)
		for _, peer := range l.visitors {
			delete(fl.visits, visit{place, peer})
		}
		delete(fl.at, l.id)
		fl.spare = append(fl.spare, l.visitors)
		before := l.before
		fl.lookUps.Drop(place)
		place = before
	}
}

func (fl *floods) Finish(Ending) ([]Verdict, error) { return []Verdict{fl.bounded.verdict()}, nil }
