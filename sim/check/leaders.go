package check

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/vtime"
)

// leaders checks E2: who believes that it leads, at every instant. Where messages
// can be lost or late, two can believe so of one seat; the time in which they do
// is the split-brain time.
type leaders struct {
	Setting
	bounded rule
	// seated are the peers that believe that they lead.
	seated []market.Seat
	// split: they are too many, since when.
	split bool
	since vtime.Time
}

func newLeaders(s Setting) *leaders {
	return &leaders{Setting: s, bounded: rule{
		id: "E2", statement: "at every instant one peer a seat believes that it leads, at most",
		skipped: s.Unmet.OneLeader, measure: "split_brain",
	}}
}

func (l *leaders) Wants() []market.Kind {
	return []market.Kind{market.Elected, market.Returned, market.Resigned, market.Crashed}
}

func (l *leaders) Observe(f *market.Fact) error {
	switch f.Kind {
	case market.Elected, market.Returned:
		l.bounded.checks++
		l.remove(f.Actor)
		l.seated = append(l.seated, market.Seat{ID: f.Actor, Slot: f.Slot, Term: f.Term})
	default:
		l.remove(f.Actor)
	}
	l.Counts.LeadersMax = max(l.Counts.LeadersMax, len(l.seated))
	other, shared := l.rival()
	l.clock(f.At, shared || len(l.seated) > l.Seats)
	switch {
	case !l.split || l.bounded.skipped != "":
		return nil
	case shared:
		return breach("E2", "%s and %s both believe that they hold seat %d", l.Name(f.Actor), l.Name(other.ID), other.Slot)
	}
	return breach("E2", "%d peers believe that they lead, for %d seats", len(l.seated), l.Seats)
}

func (l *leaders) remove(id actor.ID) {
	for i := range l.seated {
		if l.seated[i].ID == id {
			l.seated = append(l.seated[:i], l.seated[i+1:]...)
			return
		}
	}
}

// rival returns who shares a seat with another.
func (l *leaders) rival() (market.Seat, bool) {
	for i, a := range l.seated {
		for _, b := range l.seated[i+1:] {
			if a.Slot == b.Slot {
				return a, true
			}
		}
	}
	return market.Seat{}, false
}

// clock measures the time with too many leaders.
func (l *leaders) clock(now vtime.Time, split bool) {
	if l.split {
		from := max(l.since, vtime.Time(0).Add(l.WarmUp))
		l.Counts.SplitBrain += max(0, now.Sub(from))
	}
	l.split, l.since = split, now
}

func (l *leaders) Finish(e Ending) ([]Verdict, error) {
	l.clock(e.Now, l.split)
	return []Verdict{l.bounded.verdict()}, nil
}
