package run

import (
	"bufio"
	"fmt"
	"io"

	"souk/sim"
	"souk/sim/market"
	"souk/sim/trace"
	"souk/sim/verify"
)

// eventLog records the events of a window, each with its facts, for the
// comparison of runs.
type eventLog struct {
	w      *bufio.Writer
	window verify.Window
	cast   trace.Cast
	// next is the event that the facts belong to that are being stated.
	next verify.Event
	err  error
}

func newEventLog(w io.Writer, window verify.Window, cast trace.Cast) *eventLog {
	return &eventLog{w: bufio.NewWriterSize(w, 1<<16), window: window, cast: cast}
}

// Wants lists all facts.
func (l *eventLog) Wants() []market.Kind {
	kinds := make([]market.Kind, market.Kinds)
	for i := range kinds {
		kinds[i] = market.Kind(i)
	}
	return kinds
}

// holds says that an event is in the window. What was stated as the actors
// started belongs to the first event.
func (l *eventLog) holds(event uint64) bool {
	return max(event, 1) >= l.window.From && event <= l.window.To
}

// Observe notes a fact.
func (l *eventLog) Observe(f *market.Fact) error {
	if l.holds(f.Event) {
		l.next.Facts = append(l.next.Facts, fmt.Sprintf("%s  [%s]", l.cast.Text(f), verify.Fields(f)))
	}
	return nil
}

// witness writes the event, whose facts have all been stated.
func (l *eventLog) witness(e *sim.Event) {
	if !l.holds(e.Number) {
		return
	}
	l.next.Number, l.next.Head = e.Number, verify.HeadOf(e, e.Who(l.cast.Name))
	if _, err := l.next.WriteTo(l.w); err != nil && l.err == nil {
		l.err = err
	}
	l.next.Facts = l.next.Facts[:0]
}

func (l *eventLog) flush() error {
	if l.err != nil {
		return l.err
	}
	return l.w.Flush()
}
