package election

import (
	"slices"

	"souk/sim/actor"
	"souk/sim/vtime"
)

// bully is the bully algorithm as the report states it. A peer calls an
// election by asking all higher peers; each that is alive answers OK, which
// makes the caller drop out, and asks all higher peers in turn, once an
// election. A peer that nobody answers in time, or with nobody above it, has
// won and tells everybody.
//
// Peers that already hold a seat do not stand, so with several seats the next
// election finds the next highest id. In the mode AtOnce the winner instead
// waits for the lower peers to report and seats the highest of them with
// itself.
//
// When the last trader falls silent, a peer that waited for it in vain calls an
// election of doubt, in which those with a seat are asked as well. Whoever wins
// it drops the leaders that did not answer.
//
// Source: Garcia-Molina, "Elections in a distributed computing system", IEEE
// Transactions on Computers C-31(1), 1982; the report, "The leader election
// logic". The report does not say what happens when the peer that answered OK
// dies before it wins; here, the one that yielded calls again.
type bully struct{ Config }

// A guard holds an election's term above the reason for the wait.
const (
	callFirst uint32 = iota
	callAgain
	awaitAnswer
	awaitVictory
	tellNext
	reasons
)

func guard(term, reason uint32) uint32 { return term*reasons + reason }

// standIns is how many peers besides the one appointed for it are prepared to
// call an election, one after the other, should it fail to.
const standIns = 8

// substitute returns how long a peer waits for those before it to call an
// election, and whether it is to call one at all. The order is by id, from the
// appointed peer on, without those that hold a seat.
func (b *bully) substitute(v *Voter, appointed actor.ID) (vtime.Duration, bool) {
	rank := 0
	for i := range b.Peers {
		id := (appointed + actor.ID(i)) % actor.ID(b.Peers)
		if _, seated := v.Leads(id); seated {
			continue
		}
		if id == v.Self || rank == standIns {
			return vtime.Duration(rank) * 4 * b.AnswerTimeout, id == v.Self
		}
		rank++
	}
	return 0, false
}

func (b *bully) Start(v *Voter, out Out) {
	if wait, calls := b.substitute(v, b.Starter); calls {
		out.After(b.StartDelay+wait, guard(0, callFirst))
	}
}

// call begins a new election.
func (b *bully) call(v *Voter, kind Kind, out Out) {
	v.Term++
	out.Called(v.Term)
	b.stand(v, Message{Kind: kind, Term: v.Term}, out)
}

// stand asks all higher candidates, in doubt also all with a seat.
func (b *bully) stand(v *Voter, m Message, out Out) {
	term := m.Term
	v.Term, v.stood = max(v.Term, term), term
	v.doubting = m.Kind == Doubt
	c := v.campaigning()
	c.heard = c.heard[:0]
	v.phase = collecting
	for id := range actor.ID(b.Peers) {
		_, seated := v.Leads(id)
		if id > v.Self && !seated || id != v.Self && seated && v.doubting {
			out.Send(id, Message{Kind: m.Kind, Term: term})
			v.phase = standing
		}
	}
	if v.phase == collecting && (b.Mode == Sequential || b.open(v) == 1) {
		b.win(v, out)
		return
	}
	out.After(b.AnswerTimeout, guard(term, awaitAnswer))
}

// open returns how many seats are free.
func (b *bully) open(v *Voter) int { return b.Seats - len(v.Leaders) }

func (b *bully) Hear(v *Voter, from actor.ID, m Message, out Out) {
	switch m.Kind {
	case Elect, Doubt:
		if v.abstains {
			return
		}
		if seat, seated := v.Leads(v.Self); seated {
			// The caller does not know yet that this peer holds a seat.
			out.Send(from, Message{Kind: Won, Term: seat.Term, Leader: seat})
			return
		}
		out.Send(from, Message{Kind: OK, Term: m.Term})
		if m.Term > v.stood {
			b.stand(v, m, out)
		}
		if m.Term == v.stood && b.Mode == AtOnce {
			v.campaigning().hear(from)
		}
	case OK:
		if v.phase == standing && m.Term == v.stood {
			v.phase = yielding
			out.After(3*b.AnswerTimeout, guard(v.stood, awaitVictory))
		}
	case Won:
		b.hearVictory(v, from, m.Leader, out)
	}
}

// hearVictory adopts a claim to a seat, unless this voter knows a newer one:
// then it says so.
func (b *bully) hearVictory(v *Voter, from actor.ID, l Leader, out Out) {
	held, seated := v.Leads(v.Self)
	if v.phase != idle && from == l.ID {
		v.campaigning().hear(from)
	}
	if v.doubting && b.open(v) <= 0 && v.allAnswered() {
		// There was nothing to doubt.
		v.phase = idle
	}
	if !v.adopt(l, b.Termless) {
		if seated && held.Slot == l.Slot && l.ID != v.Self {
			out.Send(from, Message{Kind: Won, Term: held.Term, Leader: held})
		}
		return
	}
	v.phase = idle
	// This election is over: a call that comes late must not start another.
	v.stood = max(v.stood, l.Term)
	switch {
	case l.ID == v.Self:
		v.sit(l, from, out)
	case seated && held.Slot == l.Slot:
		out.Unseated(l)
	default:
		out.Recognised(l)
	}
	b.scheduleNext(v, out)
	b.preempt(v, out)
}

// allAnswered says that every leader gave a sign of life in this election.
func (v *Voter) allAnswered() bool {
	for _, l := range v.Leaders {
		if !slices.Contains(v.campaigning().heard, l.ID) {
			return false
		}
	}
	return true
}

func (b *bully) Expire(v *Voter, g uint32, out Out) {
	term := g / reasons
	_, seated := v.Leads(v.Self)
	switch g % reasons {
	case callFirst:
		if b.wanted(v) && len(v.Leaders) == 0 && v.phase == idle {
			b.call(v, Elect, out)
		}
	case callAgain:
		v.planned = 0
		if term == v.Term && b.wanted(v) && !seated && v.phase == idle {
			out.Again(len(v.Leaders))
			b.call(v, Elect, out)
		}
	case awaitAnswer:
		if term == v.stood && (v.phase == standing || v.phase == collecting) {
			b.dropSilent(v, out)
			b.win(v, out)
		}
	case awaitVictory:
		if term != v.stood || v.phase != yielding {
			return
		}
		switch {
		case v.doubting:
			b.call(v, Doubt, out)
		case b.wanted(v) || b.preempts(v):
			b.call(v, Elect, out)
		case b.AllCall || b.Preempt:
			// The seat was filled, or there was nothing to preempt; the voter must not
			// wait for a victory for ever, or it would not call at the next vacancy.
			v.phase = idle
		}
	case tellNext:
		b.tell(v, out)
	}
}

// dropSilent ends an election of doubt: leaders that gave no sign of life are
// taken for dead.
func (b *bully) dropSilent(v *Voter, out Out) {
	if !v.doubting {
		return
	}
	for _, l := range v.Leaders {
		if !slices.Contains(v.campaigning().heard, l.ID) {
			v.Remove(l.ID)
			out.Missing(l)
		}
	}
}

// win takes a free seat, in the mode AtOnce together with the highest of the
// peers that reported, and tells everybody.
func (b *bully) win(v *Voter, out Out) {
	v.phase = idle
	if !b.wanted(v) && !b.preempts(v) {
		return
	}
	free := b.freeSeat(v)
	if held, taken := v.Seat(free); taken && held.Term >= v.stood {
		// The caller knew only older terms.
		b.call(v, Elect, out)
		return
	}
	winners := []actor.ID{v.Self}
	if b.Mode == AtOnce {
		heard := v.campaigning().heard
		slices.Sort(heard)
		slices.Reverse(heard)
		for _, id := range slices.Compact(heard) {
			if _, seated := v.Leads(id); !seated && len(winners) < b.open(v) {
				winners = append(winners, id)
			}
		}
	}
	for _, id := range winners {
		l := Leader{ID: id, Slot: b.freeSeat(v), Term: v.stood}
		v.adopt(l, b.Termless)
		if id == v.Self {
			v.sit(l, v.Self, out)
		} else {
			out.Recognised(l)
		}
		announce(b.Config, v, l, out)
	}
	b.scheduleNext(v, out)
}

// announce tells everybody else of a seat, at once or one after the other, in
// order of id: then a crash in the middle leaves the rest untold.
func announce(c Config, v *Voter, l Leader, out Out) {
	if c.AnnounceGap > 0 {
		own := v.campaigning()
		own.telling = append(own.telling, announcement{Leader: l})
		if len(own.telling) == 1 {
			c.tell(v, out)
		}
		return
	}
	for id := range actor.ID(c.Peers) {
		if id != v.Self {
			out.Send(id, Message{Kind: Won, Term: l.Term, Leader: l})
		}
	}
}

// tell sends the next message of an announcement.
func (c *Config) tell(v *Voter, out Out) {
	own := v.campaigning()
	if len(own.telling) == 0 {
		return
	}
	a := &own.telling[0]
	if a.next == v.Self {
		a.next++
	}
	if int(a.next) < c.Peers {
		out.Send(a.next, Message{Kind: Won, Term: a.Term, Leader: a.Leader})
		a.next++
	}
	if int(a.next) >= c.Peers {
		own.telling = slices.Delete(own.telling, 0, 1)
	}
	if len(own.telling) > 0 {
		out.After(c.AnnounceGap, guard(0, tellNext))
	}
}

// Announce tells everybody of a seat that the voter holds.
func Announce(c Config, v *Voter, l Leader, out Out) { announce(c, v, l, out) }

// scheduleNext makes the restarter, or who stands in for it, call the next
// election while seats are free.
func (b *bully) scheduleNext(v *Voter, out Out) {
	if b.open(v) <= 0 {
		v.Complete, v.abstains = true, false
	}
	if !b.wanted(v) || v.abstains {
		return
	}
	if b.AllCall {
		v.planned = v.Term
		out.After(b.Interval, guard(v.Term, callAgain))
		return
	}
	if wait, calls := b.substitute(v, b.Restarter); calls {
		out.After(b.Interval+wait, guard(v.Term, callAgain))
	}
}

// wanted says that a seat is free and shall be filled.
func (b *bully) wanted(v *Voter) bool {
	return b.open(v) > 0 && (!v.Complete || b.Vacancy == Replace)
}

// preempts says that the voter is without a seat although a leader with a lower
// id has one.
func (b *bully) preempts(v *Voter) bool {
	if _, seated := v.Leads(v.Self); seated || !b.Preempt || v.abstains {
		return false
	}
	low, led := v.lowest()
	return led && low.ID < v.Self
}

// preempt calls an election if a leader with a lower id has a seat.
func (b *bully) preempt(v *Voter, out Out) {
	if b.preempts(v) && v.phase == idle {
		b.call(v, Elect, out)
	}
}

// lowest returns the leader with the lowest id.
func (v *Voter) lowest() (low Leader, any bool) {
	for _, l := range v.Leaders {
		if !any || l.ID < low.ID {
			low, any = l, true
		}
	}
	return low, any
}

// freeSeat returns the seat that the winner of an election takes: one that nobody
// holds or, when it preempts, that of the leader with the lowest id.
func (b *bully) freeSeat(v *Voter) int16 {
	if b.open(v) > 0 {
		return v.freeSlot()
	}
	low, _ := v.lowest()
	return low.Slot
}

func (b *bully) Review(v *Voter, out Out) {
	if v.Complete && v.planned != v.Term {
		b.callAtOnce(v, out)
	}
	b.preempt(v, out)
}

// callAtOnce calls an election, where all do, if a seat is free.
func (b *bully) callAtOnce(v *Voter, out Out) {
	_, seated := v.Leads(v.Self)
	if b.AllCall && b.wanted(v) && v.phase == idle && !v.abstains && !seated {
		b.call(v, Elect, out)
	}
}

func (b *bully) Vacated(v *Voter, out Out) {
	if b.AllCall {
		b.callAtOnce(v, out)
		return
	}
	b.scheduleNext(v, out)
}

func (b *bully) Doubt(v *Voter, out Out) {
	_, seated := v.Leads(v.Self)
	if b.Vacancy == Replace && v.phase == idle && !seated {
		b.call(v, Doubt, out)
	}
}
