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
	// Wire, if set, returns the text of a message as it stands on the wire.
	Wire   func(f *market.Fact) string
	Faults []string
	// Seats is the number of traders; without any, sellers serve buyers.
	Seats int
	// LossReasons names why a message was lost, by MessageLost's Term.
	LossReasons []string
}

// Filter chooses lines. Empty lists let everything through, except that
// messages, the work of workers and warehouse, and look-ups, the most frequent
// lines by far, are written only when named.
type Filter struct {
	// Actors are selectors of the actors whose own lines are wanted, such as
	// buyer7 or trader*; Find tells whom they name at the moment.
	Actors []string
	Find   func(selector string) []actor.ID
	// Groups are the kinds of line, as Groups lists them.
	Groups []string
}

// frequent are the groups that are written only when named.
var frequent = []string{groupMessage, groupWork, groupLookUp}

// Log is the observer that writes.
type Log struct {
	w      *bufio.Writer
	cast   Cast
	filter Filter
	wanted [market.Kinds]bool
	// chosen holds the actors that the filter names at the moment.
	chosen map[actor.ID]bool
}

// New returns a log on w. The caller closes w after Flush.
func New(w io.Writer, cast Cast, filter Filter) *Log {
	l := &Log{w: bufio.NewWriterSize(w, 1<<16), cast: cast, filter: filter}
	for kind, line := range lines() {
		l.wanted[kind] = slices.Contains(filter.Groups, line.group) ||
			len(filter.Groups) == 0 && !slices.Contains(frequent, line.group)
	}
	l.choose()
	return l
}

// choose looks up whom the filter names.
func (l *Log) choose() {
	l.chosen = map[actor.ID]bool{}
	for _, s := range l.filter.Actors {
		for _, id := range l.filter.Find(s) {
			l.chosen[id] = true
		}
	}
}

// Wants lists the facts that the filter lets through, and those after which a
// name can mean somebody else.
func (l *Log) Wants() []market.Kind {
	var kinds []market.Kind
	for kind := range market.Kind(market.Kinds) {
		if l.wanted[kind] || len(l.filter.Actors) > 0 && movesRoles(kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

func movesRoles(kind market.Kind) bool {
	switch kind {
	case market.Elected, market.Returned, market.Resigned, market.Restarted:
		return true
	}
	return false
}

// Observe writes a line. An error of the writer is kept until Flush.
func (l *Log) Observe(f *market.Fact) error {
	if movesRoles(f.Kind) && len(l.filter.Actors) > 0 {
		l.choose()
	}
	if !l.wanted[f.Kind] || len(l.filter.Actors) > 0 && !l.chosen[f.Actor] {
		return nil
	}
	fmt.Fprintf(l.w, "%v : %s\n", f.At, l.cast.Text(f))
	return nil
}

// Flush writes out what is buffered and returns the first error of all.
func (l *Log) Flush() error { return l.w.Flush() }

// Groups returns the names of the kinds of line.
func Groups() []string {
	return []string{
		groupElection, groupTrade, groupStock, groupQueue, groupCache, groupView, groupFault, groupLookUp, groupWork, groupMessage,
	}
}

// Text returns a fact in words, without its time.
func (c *Cast) Text(f *market.Fact) string { return lines()[f.Kind].text(c, f) }
