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
	v.heard = v.heard[:0]
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
			v.heard = append(v.heard, from)
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
		v.heard = append(v.heard, from)
	}
	if v.doubting && b.open(v) <= 0 && v.allAnswered() {
		// There was nothing to doubt.
		v.phase = idle
	}
	if !v.adopt(l) {
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
}

// allAnswered says that every leader gave a sign of life in this election.
func (v *Voter) allAnswered() bool {
	for _, l := range v.Leaders {
		if !slices.Contains(v.heard, l.ID) {
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
		if term == v.stood && v.phase == yielding && (b.wanted(v) || v.doubting) {
			kind := Elect
			if v.doubting {
				kind = Doubt
			}
			b.call(v, kind, out)
		}
	}
}

// dropSilent ends an election of doubt: leaders that gave no sign of life are
// taken for dead.
func (b *bully) dropSilent(v *Voter, out Out) {
	if !v.doubting {
		return
	}
	for _, l := range v.Leaders {
		if !slices.Contains(v.heard, l.ID) {
			v.Remove(l.ID)
			out.Missing(l)
		}
	}
}

// win takes a free seat, in the mode AtOnce together with the highest of the
// peers that reported, and tells everybody.
func (b *bully) win(v *Voter, out Out) {
	v.phase = idle
	if !b.wanted(v) {
		return
	}
	winners := []actor.ID{v.Self}
	if b.Mode == AtOnce {
		slices.Sort(v.heard)
		slices.Reverse(v.heard)
		for _, id := range slices.Compact(v.heard) {
			if _, seated := v.Leads(id); !seated && len(winners) < b.open(v) {
				winners = append(winners, id)
			}
		}
	}
	for _, id := range winners {
		l := Leader{ID: id, Slot: v.freeSlot(), Term: v.stood}
		v.adopt(l)
		if id == v.Self {
			v.sit(l, v.Self, out)
		} else {
			out.Recognised(l)
		}
		announce(b.Peers, v, l, out)
	}
	b.scheduleNext(v, out)
}

// announce tells everybody else of a seat.
func announce(peers int, v *Voter, l Leader, out Out) {
	for id := range actor.ID(peers) {
		if id != v.Self {
			out.Send(id, Message{Kind: Won, Term: l.Term, Leader: l})
		}
	}
}

// Announce tells everybody of a seat that the voter holds.
func Announce(c Config, v *Voter, l Leader, out Out) { announce(c.Peers, v, l, out) }

// scheduleNext makes the restarter, or who stands in for it, call the next
// election while seats are free.
func (b *bully) scheduleNext(v *Voter, out Out) {
	if b.open(v) <= 0 {
		v.Complete, v.abstains = true, false
	}
	if !b.wanted(v) || v.abstains {
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

func (b *bully) Vacated(v *Voter, out Out) {
	b.scheduleNext(v, out)
}

func (b *bully) Doubt(v *Voter, out Out) {
	_, seated := v.Leads(v.Self)
	if b.Vacancy == Replace && v.phase == idle && !seated {
		b.call(v, Doubt, out)
	}
}
