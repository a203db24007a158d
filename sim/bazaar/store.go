package bazaar

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/table"
)

// store is the shared, durable queue store: the file or collection to which,
// in the report, each trader writes its queue and from which a survivor reads
// a dead one's. It survives every crash, and answers at once.
type store struct {
	// entries holds the requests.
	entries table.Slots[entry]
	// at finds a request's entry; absent marks one that was forgotten before
	// it was written, for the two messages can overtake each other.
	at market.RequestTable[int32]
	// queues holds, by trader, its requests in the order in which they came.
	queues []queue
	// over is, by buyer, the number below which its requests are over.
	over []uint32
	gate
}

const absent int32 = -1

// queue is a doubly linked list of entries.
type queue struct {
	trader      actor.ID
	first, last int32
	// heir is who took over from this trader: what it wrote just before it
	// died still finds its way.
	heir actor.ID
	// claimed is the Lamport time at which the trader last claimed its own queue:
	// what it wrote before, and comes after, it has forgotten.
	claimed uint64
}

// entry is one request in the store.
type entry struct {
	request    market.RequestID
	stamp      uint64
	item       market.Item
	qty        int32
	number     uint32
	owner      int32
	prev, next int32
}

func newStore(peers int) store {
	return store{over: make([]uint32, peers)}
}

// pending returns how many requests the store holds.
func (s *store) pending() int { return s.entries.Used() }

func (s *store) step(in *Input, out *Outbox) {
	if in.Trigger != actor.Receive {
		return
	}
	m := in.Msg
	switch m.Kind {
	case Bar:
		s.bar(in.From, m, out)
	case Persist, Forget, Inherit:
		if s.admits(in.From, m, out) {
			s.present(in, out)
		}
	}
}

// present carries out what a trader of a present term wants. With fences, it has
// no heir, whoever claimed its queue in an earlier term. A claim behind a fence
// that a later term has passed, or that the claimed trader has passed by a claim to
// the same term, is answered by what counts now; there is nothing to claim
// from a trader that sits in another seat by now.
func (s *store) present(in *Input, out *Outbox) {
	m := in.Msg
	if s.fences != nil {
		if m.Kind == Inherit && m.Seller != in.From {
			switch f := s.fences[m.ClaimSlot]; {
			case m.ClaimTerm < f.term, m.ClaimTerm == f.term && f.holder == m.Seller:
				s.answer(in.From, m.Seller, m.ClaimSlot, out)
				return
			case s.seated(m.Seller, m.ClaimSlot):
				out.Send(in.From, Message{Kind: Granted, Seller: m.Seller})
				return
			}
		}
		s.queues[s.place(in.From)].heir = actor.None
	}
	s.carryOut(in, out)
}

func (s *store) carryOut(in *Input, out *Outbox) {
	m := in.Msg
	switch m.Kind {
	case Persist:
		s.expire(m.Request.Buyer(), m.Number)
		s.write(in.From, m, out)
	case Forget:
		s.expire(m.Request.Buyer(), m.Number)
		s.forget(m.Request)
	case Inherit:
		if m.Seller == in.From {
			s.queues[s.place(in.From)].claimed = m.Clock
		}
		s.handOver(m.Seller, in.From, m.ClaimTerm, out)
	}
}

// place returns where a trader's queue is; a new trader gets an empty one.
func (s *store) place(id actor.ID) int32 {
	for i := range s.queues {
		if s.queues[i].trader == id {
			return int32(i)
		}
	}
	s.queues = append(s.queues, queue{trader: id, first: absent, last: absent, heir: actor.None})
	return int32(len(s.queues) - 1)
}

// write keeps a request. One that another trader wrote before changes its
// owner: the buyer lost patience and asked elsewhere, or it was handed over.
func (s *store) write(from actor.ID, m *Message, out *Outbox) {
	if i, known := s.at.Get(m.Request); known {
		if i == absent {
			s.at.Drop(m.Request)
			return
		}
		s.unlink(i)
	}
	e := entry{request: m.Request, stamp: m.Stamp, item: m.Item, qty: m.Qty, number: m.Number}
	heir := s.heir(from)
	if at := s.place(from); heir != from || m.Clock < s.queues[at].claimed {
		s.give(e, from, heir, m.Term, out)
		return
	}
	s.link(e, s.place(from))
}

// heir returns who has a trader's queue now: itself, or the heir of its heir
// and so on. Two traders that took each other for dead are each other's heirs;
// then the first one counts.
func (s *store) heir(of actor.ID) actor.ID {
	last := of
	s.place(of)
	for range len(s.queues) + 1 {
		next := s.queues[s.place(last)].heir
		if next == actor.None {
			return last
		}
		last = next
	}
	return s.queues[s.place(of)].heir
}

// expire drops what is left of requests that their buyer knows to be over: a
// message about them may have been lost, or come twice.
func (s *store) expire(buyer actor.ID, done uint32) {
	for n := s.over[buyer]; n < done; n++ {
		request := market.NewRequestID(buyer, n)
		if i, known := s.at.Get(request); known && i != absent {
			s.unlink(i)
		}
		s.at.Drop(request)
	}
	s.over[buyer] = max(s.over[buyer], done)
}

func (s *store) forget(request market.RequestID) {
	i, known := s.at.Get(request)
	if !known {
		s.at.Put(request, absent)
		return
	}
	if i != absent {
		s.unlink(i)
	}
}

// handOver gives a trader's queue to its heir. A trader that claims its own is
// back, and has no heir any more.
func (s *store) handOver(from, heir actor.ID, term uint32, out *Outbox) {
	at := s.place(from)
	s.queues[at].heir = heir
	if from == heir {
		s.queues[at].heir = actor.None
	}
	claimant := heir
	defer func() { out.Send(claimant, Message{Kind: Granted, Seller: from}) }()
	heir = s.heir(from)
	last := s.queues[at].last
	for i := s.queues[at].first; i != absent; {
		e := *s.entries.At(i)
		s.unlink(i)
		s.give(e, from, heir, term, out)
		if i == last {
			return
		}
		i = e.next
	}
}

// give sends an entry to its new owner, who claimed it in a term, and keeps it in
// that one's name.
func (s *store) give(e entry, from, heir actor.ID, term uint32, out *Outbox) {
	s.link(e, s.place(heir))
	out.Send(heir, Message{
		Kind: Inherited, Seller: from, Request: e.request, Item: e.item, Qty: e.qty,
		Stamp: e.stamp, Number: e.number, ClaimTerm: term,
	})
}

// link appends an entry to a queue.
func (s *store) link(e entry, owner int32) {
	q := &s.queues[owner]
	e.owner, e.prev, e.next = owner, q.last, absent
	i := s.entries.Put(e)
	if q.last == absent {
		q.first = i
	} else {
		s.entries.At(q.last).next = i
	}
	q.last = i
	s.at.Put(e.request, i)
}

// unlink takes an entry out of its queue.
func (s *store) unlink(i int32) {
	e := s.entries.At(i)
	q := &s.queues[e.owner]
	if e.prev == absent {
		q.first = e.next
	} else {
		s.entries.At(e.prev).next = e.next
	}
	if e.next == absent {
		q.last = e.prev
	} else {
		s.entries.At(e.next).prev = e.prev
	}
	s.at.Drop(e.request)
	s.entries.Drop(i)
}
