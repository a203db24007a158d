package check

// Finish recounts, and judges what only the end can tell: that everybody
// knows an outcome (R3) and that no queue died with its trader (T1).
func (r *requests) Finish(e Ending) ([]Verdict, error) {
	err := r.Recount(e.Now)
	if err == nil {
		err = r.checkDrain(e)
	}
	verdicts := []Verdict{
		r.one.verdict(), r.notLost.verdict(), r.known.verdict(), r.acknowledged.verdict(), r.effects.verdict(),
	}
	if r.Seats > 0 {
		verdicts = append(verdicts, r.queues.verdict(), r.explicit.verdict())
	}
	return verdicts, err
}

// checkDrain applies R3 and T1. R3 holds once the market is healed: the run
// was not cut short and no lasting trouble is in force. A drain that ran out
// of time under such trouble proves nothing.
func (r *requests) checkDrain(e Ending) error {
	live, orphans := r.left()
	if !e.Closed {
		r.known.skipped = "the run was cut short"
		return nil
	}
	if !e.Drained && r.troubles > 0 {
		r.known.skipped = "a fault was in force to the end"
		return nil
	}
	if !e.Drained && r.Drain < r.Patience {
		r.known.skipped = "run.drain is shorter than the buyers' patience"
		return nil
	}
	if !e.Drained && r.clocksWrong {
		r.known.skipped = "a buyer whose clock was set back waits longer than the drain"
		return nil
	}
	if r.issued > 0 {
		r.known.checks++
	}
	if live > 0 {
		return breach("R3", "%d requests have no outcome after the drain", live)
	}
	if r.queues.skipped != "" {
		return nil
	}
	r.queues.checks += r.orphaned
	// A fault that is still in force can keep everybody from taking over; who
	// would need the request is down as well, or the run would not have drained.
	if orphans > 0 && e.Drained && r.troubles == 0 {
		return breach("T1", "of %d requests that traders held when they crashed, %d were left behind", r.orphaned, orphans)
	}
	return nil
}

// left counts the requests of running buyers without an outcome, and the
// orphans among all.
func (r *requests) left() (live, orphans uint64) {
	for i := range r.records.Values.Len() {
		rec := r.records.Values.At(int32(i))
		if !rec.used {
			continue
		}
		if !r.down.Get(int(rec.id.Buyer())) {
			live++
		}
		if rec.orphan {
			orphans++
		}
	}
	return live, orphans
}
