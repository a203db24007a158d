package bazaar

import (
	"slices"

	"souk/sim/market"
	"souk/sim/vtime"
)

// This file is what a trader does about a request when it does not know whether
// it took effect at the warehouse: because the answer is missing, or was that the
// operation failed, or because the request was another trader's.

// hearFailed takes the answer that an operation failed, which need not be true. A
// trader that may repeats the question: at once if the answer took its time, else
// when it is overdue, so that a warehouse that fails in no time is not asked
// without end in the same instant. A failed Pull is forgotten until the next.
func (t *trader) hearFailed(b *Bazaar, p *peer, in *Input, out *Outbox) {
	m := in.Msg
	if m.Request == 0 && m.Number == 0 {
		t.pullUntil = 0
		return
	}
	j := t.answered(m)
	switch {
	case j == nil:
	case t.cfg.Delivery == market.AtMostOnce && j.asked.kind == Ship:
		t.giveUp(b, p, in.Now, m.Job, out)
	case in.Now > j.askedAt:
		t.ask(b, in.Now, m.Job, j.asked, out)
	}
}

// giveUp tells the buyer that nobody knows whether its request took effect.
func (t *trader) giveUp(b *Bazaar, p *peer, now vtime.Time, at int32, out *Outbox) {
	j := t.jobs.At(at)
	t.say(market.Abandoned, j, out)
	if j.accepted {
		t.cache.Settled(j.row, j.asked.qty)
	}
	j.answer = answer{kind: Refused, outcome: market.Lost}
	if j.stage != telling {
		t.conclude(b, p, now, at, out)
	}
}

// disown does the same with a request that was another's, or the trader's own
// before a crash, and may have been sent to the warehouse then.
func (t *trader) disown(b *Bazaar, j *job, out *Outbox) {
	t.say(market.Abandoned, j, out)
	reply := Message{Kind: NoSale, Outcome: market.Lost, Request: j.request, Item: j.item, Slot: t.slot, Load: t.load16()}
	if j.promised {
		reply.Kind = Revoked
	}
	out.Send(j.request.Buyer(), reply)
	t.say(market.Dropped, j, out)
	t.forget(b, j, out)
}

// sent says that the warehouse may have heard of the job's request.
func (j *job) sent() bool { return j.asked.kind == Ship }

// holds says that a request is among the trader's jobs.
func (t *trader) holds(r market.RequestID) bool {
	for at := range t.jobs.Len() {
		if t.jobs.At(int32(at)).request == r {
			return true
		}
	}
	return false
}

// noteUnsent remembers that a request which the trader lets go of can have had no
// effect, in case the store gives it back.
func (t *trader) noteUnsent(j *job) {
	if t.cfg.Delivery == market.AtMostOnce && t.cfg.OnCrash == TakenOver && !j.deposit {
		t.unsent = append(t.unsent, j.request)
	}
}

// wasUnsent says that a request which the store gives back is one of those. It is
// so once: a copy of the message must not serve it again.
func (t *trader) wasUnsent(m *Message) bool {
	at := slices.Index(t.unsent, m.Request)
	if m.Seller != t.self || at < 0 {
		return false
	}
	t.unsent = slices.Delete(t.unsent, at, at+1)
	return true
}
