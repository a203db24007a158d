package sim

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/network"
	"souk/sim/vtime"
)

// send starts a message on its way. Every message passes here, and each of its
// legs through forward.
func (w *World[M]) send(from actor.ID, s *actor.Send[M]) {
	ref := w.mail.take()
	e := w.mail.at(ref)
	e.from, e.to, e.msg = from, s.To, s.Msg
	e.kind, e.request = w.sys.MessageKind(&s.Msg)
	if w.counting() {
		w.result.Sent[e.kind]++
	}
	w.tell(market.MessageSent, e, 0)
	if e.request != 0 {
		w.aboutRequests++
	}
	w.forward(from, ref, e)
}

// counting says that the warm-up is over.
func (w *World[M]) counting() bool { return w.kernel.Now() >= vtime.Time(0).Add(w.cfg.CountFrom) }

// forward sends the message in a place on its next leg.
func (w *World[M]) forward(at actor.ID, ref uint32, e *envelope[M]) {
	next, when, fate := w.network.Carry(e.from, at, e.to, w.kernel.Now())
	switch fate {
	case network.Held:
		w.held = append(w.held, heldMail{at: at, next: next, due: when, ref: ref})
		w.tell(market.MessageHeld, e, 0)
	case network.Carried:
		w.arrive(at, next, when, deliver, ref)
		for _, copied := range w.network.Copies() {
			w.double(ref, at, next, copied)
		}
	default:
		w.lose(ref, fate)
		return
	}
	if w.counting() {
		w.result.Hops++
	}
}

// arrive schedules what comes over a link from one actor to the next. On a FIFO
// link it stays behind whatever arrives at the same moment and left before.
func (w *World[M]) arrive(from, to actor.ID, when vtime.Time, kind uint16, ref uint32) {
	if w.cfg.Network.Order == network.FIFO {
		line := uint64(from)*uint64(len(w.down)) + uint64(to) + 1
		w.kernel.ScheduleInLine(line, when, uint32(to), kind, 0, ref)
		return
	}
	w.kernel.Schedule(when, uint32(to), kind, 0, ref)
}

// double sends a copy of a message on the same leg.
func (w *World[M]) double(ref uint32, at, next actor.ID, when vtime.Time) {
	other := w.mail.take()
	e := w.mail.at(other)
	*e = *w.mail.at(ref)
	if c, ok := w.sys.(copier[M]); ok {
		e.msg = c.Copy(&e.msg)
	}
	if e.request != 0 {
		w.aboutRequests++
	}
	w.tell(market.MessageDuplicated, e, 0)
	w.arrive(at, next, when, deliver, other)
}

// copier is a system with messages that share memory with their receiver, who
// may use it up: a copy needs its own.
type copier[M any] interface{ Copy(*M) M }

// deliver brings a message to an actor: its receiver, or a peer on the way. A
// message that finds that actor down is lost.
func (w *World[M]) deliver(at actor.ID, ref uint32) {
	e := w.mail.at(ref)
	switch {
	case w.down[at]:
		w.lose(ref, network.ReceiverDown)
	case at != e.to:
		w.forward(at, ref, e)
	default:
		w.result.Digest.add(uint64(e.kind)<<32 | uint64(uint32(e.from)))
		w.result.Digest.add(e.request)
		w.tell(market.MessageDelivered, e, 0)
		w.in = actor.Input[M]{Trigger: actor.Receive, Self: at, From: e.from, Msg: &e.msg}
		w.step()
		w.discard(ref, e.request)
	}
}

func (w *World[M]) lose(ref uint32, fate network.Fate) {
	e := w.mail.at(ref)
	if w.counting() {
		w.result.Lost[fate]++
	}
	w.tell(market.MessageLost, e, fate)
	w.discard(ref, e.request)
}

func (w *World[M]) discard(ref uint32, request uint64) {
	if request != 0 {
		w.aboutRequests--
	}
	w.mail.drop(ref)
}

// tell states a fact about a message, if anybody reads such facts. They are
// too many to be built for nobody, and the digest sees the deliveries anyway.
func (w *World[M]) tell(kind market.Kind, e *envelope[M], fate network.Fate) {
	if len(w.readers[kind]) > 0 {
		w.describe(kind, e, fate)
	}
}

func (w *World[M]) describe(kind market.Kind, e *envelope[M], fate network.Fate) {
	f := market.Fact{
		Kind: kind, At: w.kernel.Now(), Event: w.kernel.Fired(), Actor: e.from, Peer: e.to,
		N: int64(e.kind), Request: market.RequestID(e.request), Term: uint32(fate),
	}
	if kind == market.MessageDelivered {
		f.Actor, f.Peer = e.to, e.from
	}
	w.sys.Describe(&e.msg, &f)
	w.show(&f)
}
