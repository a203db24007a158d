// Package trace writes a run as a log that reads like the report's own: one
// line a happening, with its virtual time.
package trace

import (
	"bufio"
	"fmt"
	"io"
	"slices"

	"souk/sim/actor"
	"souk/sim/market"
)

// Cast tells who is who.
type Cast struct {
	Name     func(actor.ID) string
	Items    []string
	Messages []string
	Faults   []string
	// LossReasons names why a message was lost, by MessageLost's Term.
	LossReasons []string
}

// Filter chooses lines. Empty lists let everything through, except that
// messages, the most frequent lines by far, are written only when named.
type Filter struct {
	// Actors are the actors whose own lines are wanted.
	Actors []actor.ID
	// Groups are the kinds of line, as Groups lists them.
	Groups []string
}

// Log is the observer that writes.
type Log struct {
	w      *bufio.Writer
	cast   Cast
	filter Filter
}

// New returns a log on w. The caller closes w after Flush.
func New(w io.Writer, cast Cast, filter Filter) *Log {
	return &Log{w: bufio.NewWriterSize(w, 1<<16), cast: cast, filter: filter}
}

// Wants lists the facts that the filter lets through.
func (l *Log) Wants() []market.Kind {
	var kinds []market.Kind
	for kind := range market.Kind(market.Kinds) {
		line := lines()[kind]
		wanted := slices.Contains(l.filter.Groups, line.group)
		if len(l.filter.Groups) == 0 {
			wanted = line.group != groupMessage
		}
		if wanted && line.text != nil {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// Observe writes a line. An error of the writer is kept until Flush.
func (l *Log) Observe(f *market.Fact) error {
	if len(l.filter.Actors) > 0 && !slices.Contains(l.filter.Actors, f.Actor) {
		return nil
	}
	fmt.Fprintf(l.w, "%v : %s\n", f.At, lines()[f.Kind].text(&l.cast, f))
	return nil
}

// Flush writes out what is buffered and returns the first error of all.
func (l *Log) Flush() error { return l.w.Flush() }

// Groups returns the names of the kinds of line.
func Groups() []string {
	return []string{
		groupElection, groupTrade, groupStock, groupQueue, groupCache, groupFault, groupWork, groupMessage,
	}
}
