package check

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/table"
	"souk/sim/vtime"
)

// requests follows every request from wish to outcome and checks R1, R2, R3,
// O1, T1, T2 and T3 on the way. It keeps a record of live requests only.
type requests struct {
	Setting
	one, notLost, known, acknowledged, queues, effects, explicit rule
	records                                                      market.RequestTable[record]
	shipped                                                      market.RequestSet
	// last is each buyer's last request number.
	last []uint32
	down table.Sparse[bool]
	// rising are the actors that restart in event risingIn. They count as down
	// until it is over, for only in it do they take up their requests again.
	rising   []actor.ID
	risingIn uint64
	patience
	// leads holds the traders that are up.
	leads    map[actor.ID]bool
	troubles int
	// troubledTo is when the last trouble ended. What it delayed can be on its way
	// still.
	troubledTo  vtime.Time
	clocksWrong bool
	issued      uint64
	outcomes    [market.Outcomes]uint64
	// orphaned counts the requests that a trader held when it crashed.
	orphaned uint64
}

// record is what is known of one request.
type record struct {
	id       market.RequestID
	deadline vtime.Time
	qty      int32
	sold     int32
	promised int32
	revoked  int32
	holder   actor.ID
	used     bool
	// abandoned: a trader, the last to do so, does not know what became of it and
	// asks no more.
	abandoned bool
	abandoner actor.ID
	// answered: a trader had answered it before anybody abandoned it.
	answered bool
	// orphan: its trader crashed and nobody has it yet. It must be taken over
	// by due.
	orphan bool
	due    vtime.Time
	// unsaved: it came to its holder amid trouble, in which what the holder wrote to
	// the queue store may have been lost; then only its buyer can bring it back.
	unsaved bool
}

func newRequests(s Setting) *requests {
	r := &requests{
		Setting:      s,
		one:          rule{id: "R1", statement: "a request has one outcome, which never changes; issued = ended + live"},
		notLost:      rule{id: "R2", statement: "no request is lost in silence: somebody still waits for each live one"},
		known:        rule{id: "R3", statement: "after the drain every buyer knows an outcome"},
		acknowledged: rule{id: "O1", statement: "confirmed units are shipped, still open, or revoked; what a buyer is told was shipped"},
		queues:       rule{id: "T1", statement: "a crashed trader's queue is taken over in time, handed back, asked for again, or ended"},
		effects:      rule{id: "T2", measure: "duplicates", statement: "a request takes effect at the warehouse at most once"},
		explicit:     rule{id: "T3", measure: "lost_requests", statement: "what is not asked again takes effect at most once, and is called lost if it may be"},
		shipped:      market.NewRequestSet(s.Actors),
		last:         make([]uint32, s.Actors),
		down:         table.NewSparse[bool](s.Actors),
		patience:     patience{paused: table.NewSparse[bool](s.Actors)},
		leads:        map[actor.ID]bool{},
	}
	if !s.Durable {
		r.queues.skipped = "needs traders.queue.on_crash: taken-over"
	}
	if s.Delivery == market.AtLeastOnce {
		r.effects.skipped = "needs traders.delivery: exactly-once or at-most-once"
	}
	if s.Delivery != market.AtMostOnce {
		r.explicit.skipped = "needs traders.delivery: at-most-once"
	}
	return r
}

func (r *requests) Wants() []market.Kind {
	return []market.Kind{
		market.Issued, market.Retried, market.Routed, market.Queued, market.TookOver, market.Reloaded, market.Dropped,
		market.Answered, market.Superseded, market.Confirmed, market.Revoked, market.Sold, market.Abandoned, market.Refused, market.Replayed, market.Ended,
		market.Elected, market.Returned, market.Resigned,
		market.Crashed, market.Restarted, market.FaultBegan, market.FaultEnded,
		market.Paused, market.Resumed, market.ClockSet,
	}
}

func (r *requests) Observe(f *market.Fact) error {
	var err error
	if f.Event != r.risingIn {
		r.rise()
	}
	if f.Event != r.wakingIn {
		r.wake()
	}
	switch f.Kind {
	case market.Paused:
		r.pause(f.Actor)
	case market.Resumed:
		r.resume(f)
	case market.ClockSet:
		r.setClock(f)
	case market.Crashed:
		*r.down.At(int(f.Actor)), *r.paused.At(int(f.Actor)) = true, false
		delete(r.leads, f.Actor)
		r.excuse()
		if int(f.Actor) >= r.Peers {
			r.doubtSaved()
		}
		r.orphan(f.Actor, f.At)
	case market.Restarted:
		r.rising = append(r.rising, f.Actor)
		r.risingIn = f.Event
		if f.N == 0 && !r.Durable {
			// Nobody missed the trader, and nobody knows of the queue that it forgot:
			// its buyers wait to the end of their patience.
			r.excuse()
		}
		r.remind(f.At)
	case market.FaultBegan:
		r.troubles++
		r.excuse()
		if !r.Crash(int(f.N)) {
			r.doubtSaved()
		}
	case market.FaultEnded:
		r.troubles--
		r.troubledTo = f.At
		r.remind(f.At)
	case market.Elected, market.Returned:
		r.leads[f.Actor] = true
	case market.Resigned:
		delete(r.leads, f.Actor)
		r.excuse()
	case market.Issued:
		err = r.issue(f)
	case market.Sold:
		if err = r.takeEffect(f); err == nil {
			err = r.follow(f)
		}
	default:
		err = r.follow(f)
	}
	return err
}

// takeEffect notes a sale, the first or another one of its request.
func (r *requests) takeEffect(f *market.Fact) error {
	r.effects.checks++
	r.explicit.checks++
	switch again := r.shipped.Add(f.Request); {
	case !again:
	case r.Delivery == market.AtLeastOnce:
		if r.counts(f.At) {
			r.Counts.Duplicates++
			r.Counts.DuplicateUnits += int64(f.Qty)
		}
	default:
		return breach("T2", "request %v was shipped twice", f.Request)
	}
	return nil
}

// rise ends the restarts of an event that is over.
func (r *requests) rise() {
	for _, id := range r.rising {
		*r.down.At(int(id)) = false
	}
	r.rising = r.rising[:0]
}

func (r *requests) issue(f *market.Fact) error {
	r.issued++
	buyer, number := f.Request.Buyer(), f.Request.Number()
	r.one.checks++
	if buyer != f.Actor {
		return breach("R1", "%s issued request %v, which is not its own", r.Name(f.Actor), f.Request)
	}
	if number <= r.last[buyer] {
		return breach("R1", "%s issued request %v after number %d", r.Name(f.Actor), f.Request, r.last[buyer])
	}
	r.last[buyer] = number
	rec := record{id: f.Request, used: true, deadline: f.Deadline, qty: f.Qty, holder: actor.None, abandoner: actor.None}
	r.records.Put(f.Request, rec)
	return nil
}

// follow moves a request along.
func (r *requests) follow(f *market.Fact) error {
	i := r.records.Find(f.Request)
	known := i != market.Nowhere
	switch {
	case !known && f.Kind == market.Ended:
		return breach("R1", "request %v ended as %v after its end", f.Request, f.Outcome)
	case !known:
		// What comes after the end of a request changes nothing: goods that are
		// shipped then are a ghost, which the meter counts.
		return nil
	}
	rec := r.records.Values.At(i)
	if err := r.overdue(rec, f.At); err != nil {
		return err
	}
	switch f.Kind {
	case market.Retried, market.Routed:
		rec.deadline = f.Deadline
	case market.Queued:
		// If it was an orphan, its buyer asked elsewhere before anybody took over.
		rec.holder, rec.orphan, rec.unsaved = f.Trader, false, r.troubles > 0 || r.clocksWrong
	case market.TookOver, market.Reloaded:
		rec.holder, rec.orphan = f.Trader, false
	case market.Dropped, market.Answered, market.Superseded:
		rec.answered = rec.answered || f.Kind == market.Answered && !rec.abandoned
		if rec.holder == f.Trader {
			rec.holder = actor.None
		}
	case market.Confirmed:
		rec.promised = max(rec.promised, f.Qty)
	case market.Revoked:
		rec.revoked += f.Qty
		if rec.revoked > rec.promised {
			return breach("O1", "request %v lost %d units, %d were confirmed", f.Request, rec.revoked, rec.promised)
		}
	case market.Sold:
		// A request that is shipped again gets more.
		rec.sold += f.Qty
	case market.Abandoned:
		rec.abandoned = true
		if !rec.answered {
			rec.abandoner = f.Trader
		}
	case market.Ended:
		return r.end(i, f)
	}
	return nil
}

// end gives a request its outcome and drops its record.
func (r *requests) end(i int32, f *market.Fact) error {
	rec := r.records.Values.At(i)
	r.one.checks++
	if f.Outcome == market.Live {
		return breach("R1", "request %v ended without an outcome", f.Request)
	}
	r.outcomes[f.Outcome]++
	r.notLost.checks++
	buyer := int(f.Request.Buyer())
	excused := r.down.Get(buyer) || r.paused.Get(buyer)
	if rec.deadline < f.At && f.Outcome != market.Cancelled && !excused {
		return breach("R2", "request %v ended at %v, but its buyer stopped waiting at %v", f.Request, f.At, rec.deadline)
	}
	r.acknowledged.checks++
	if f.Outcome == market.Fulfilled && (f.Qty <= 0 || f.Qty > rec.sold || f.Qty < rec.sold && r.Delivery != market.AtLeastOnce) {
		return breach("O1", "request %v was told of %d units, %d were shipped", f.Request, f.Qty, rec.sold)
	}
	if rec.revoked > 0 && f.Qty+rec.revoked > rec.promised {
		return breach("O1", "request %v got %d units and lost %d, of %d that were confirmed", f.Request, f.Qty, rec.revoked, rec.promised)
	}
	err := r.lose(rec, f)
	r.records.Drop(f.Request)
	return err
}

// lose counts a request whose buyer will never know what became of it. Where
// nothing is asked twice, a trader calls a request lost that it has abandoned: to
// call it refused would be a guess. Another that has it too may know better, and
// an answer from before may still be on its way. No other request is called lost.
func (r *requests) lose(rec *record, f *market.Fact) error {
	if f.Outcome == market.TimedOut || f.Outcome == market.Lost {
		r.count(&r.Counts.Lost, f.At)
	}
	r.explicit.checks++
	answered := f.Outcome >= market.RejectedStale && f.Outcome <= market.RejectedNotOffered
	if rec.abandoned && answered && rec.abandoner == f.Trader || !rec.abandoned && f.Outcome == market.Lost {
		return breach("T3", "request %v was abandoned: %v; its buyer is told: %v", f.Request, rec.abandoned, f.Outcome)
	}
	return nil
}

// overdue judges an orphan that is not taken over in time.
func (r *requests) overdue(rec *record, now vtime.Time) error {
	if rec.orphan && now > rec.due {
		return breach("T1", "request %v was in a queue when its trader crashed, and nobody had taken it over by %v", rec.id, rec.due)
	}
	return nil
}

// excuse gives the orphans of earlier crashes all the time in the world: a
// second trouble has come over the first.
func (r *requests) excuse() {
	for i := range r.records.Values.Len() {
		r.records.Values.At(int32(i)).due = vtime.Never
	}
}

// doubtSaved notes that what holders are writing to the queue store may get lost.
func (r *requests) doubtSaved() {
	for i := range r.records.Values.Len() {
		r.records.Values.At(int32(i)).unsaved = true
	}
}

// remind gives the orphans of a crash that is over a new time, in which the
// trader that is back must take them up again, or who missed it. That it was the
// only trouble they have their time for; the others keep all of it.
func (r *requests) remind(now vtime.Time) {
	if r.troubles > 1 {
		r.excuse()
		return
	}
	for i := range r.records.Values.Len() {
		if rec := r.records.Values.At(int32(i)); rec.orphan && rec.due != vtime.Never {
			rec.due = now.Add(r.TakeoverWithin)
		}
	}
}

// orphan marks the requests that a crashed trader held. If that is the only
// trouble and another trader is up, it must take them over in time.
func (r *requests) orphan(trader actor.ID, now vtime.Time) {
	due := vtime.Never
	quiet := r.troubledTo == 0 || r.troubledTo.Add(r.TakeoverWithin) < now
	alone := r.troubles <= 1 && quiet && !r.clocksWrong
	// A buyer that must not ask again waits for a lost queue to the end of its
	// patience.
	forsaken := !r.Durable && r.Delivery == market.AtMostOnce
	if !forsaken && r.TakeoverWithin > 0 && alone && len(r.leads) > 0 {
		due = now.Add(r.TakeoverWithin)
	}
	for i := range r.records.Values.Len() {
		rec := r.records.Values.At(int32(i))
		if rec.used && rec.holder == trader {
			rec.holder, rec.orphan, rec.due = actor.None, true, due
			if rec.unsaved {
				rec.due = vtime.Never
			}
			r.orphaned++
		}
	}
}

// Recount counts the live requests, here and as the buyers know them.
func (r *requests) Recount(now vtime.Time) error {
	r.rise()
	r.wake()
	live := uint64(0)
	for i := range r.records.Values.Len() {
		rec := r.records.Values.At(int32(i))
		if !rec.used {
			continue
		}
		live++
		if err := r.overdue(rec, now); err != nil {
			return err
		}
		if buyer := int(rec.id.Buyer()); r.down.Get(buyer) || r.paused.Get(buyer) {
			continue
		}
		r.notLost.checks++
		if rec.deadline < now {
			return breach("R2", "request %v is live, but its buyer stopped waiting for it at %v", rec.id, rec.deadline)
		}
	}
	ended := uint64(0)
	for _, n := range r.outcomes {
		ended += n
	}
	if r.issued != ended+live {
		return breach("R1", "%d requests issued, %d ended, %d live", r.issued, ended, live)
	}
	if held := r.books.look(requestsReader); live != held.Live {
		return breach("R1", "%d requests are live, but the buyers know of %d", live, held.Live)
	}
	return nil
}
