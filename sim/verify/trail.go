// Package verify compares runs that should be the same: on their checkpoints
// and, where those differ, on the events between the last that agree and the
// first that do not. It knows runs by what they wrote, so that a run in this
// process, in another one and on another machine are all alike to it.
package verify

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"souk/sim"
	"souk/sim/market"
)

// Mark is a checkpoint as it stands in a file.
type Mark struct {
	Events uint64
	// Now is the virtual time, Digest the sum of all up to then.
	Now, Digest string
}

// String is the line of a mark.
func (m Mark) String() string { return fmt.Sprintf("%d %s %s", m.Events, m.Now, m.Digest) }

// MarkOf is the mark of a checkpoint.
func MarkOf(c sim.Checkpoint) Mark {
	return Mark{Events: c.Events, Now: c.Now.String(), Digest: c.Digest.String()}
}

// ReadMarks reads lines of marks, and which run they are of, if the first line says
// so. Empty lines and those that begin with # are no marks.
func ReadMarks(r io.Reader) (run string, marks []Mark, err error) {
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimSpace(lines.Text())
		if title, found := strings.CutPrefix(text, "# "); found && n == 1 {
			run, _, _ = strings.Cut(title, ", model ")
		}
		if text == "" || text[0] == '#' {
			continue
		}
		var m Mark
		var digest uint64
		if _, err := fmt.Sscanf(text, "%d %s %16x", &m.Events, &m.Now, &digest); err != nil {
			return "", nil, fmt.Errorf("line %d is no checkpoint: %q", n, text)
		}
		m.Digest = sim.Digest(digest).String()
		marks = append(marks, m)
	}
	return run, marks, lines.Err()
}

// Event is a recorded event: what happened, and the facts that were stated.
type Event struct {
	Number uint64
	// Head is the first line, which ends in the digest after the event.
	Head  string
	Facts []string
}

// header is how the first line of an event begins.
const header = "event "

// HeadOf is the first line of an event. who says whom it is for.
func HeadOf(e *sim.Event, who string) string {
	return fmt.Sprintf("%s%d  %v (%d ns)  %s  digest %v", header, e.Number, e.At, int64(e.At), who, e.Digest)
}

// Fields prints what the digest knows of a fact, but for what is zero: two facts
// can differ in what their text does not say.
func Fields(f *market.Fact) string {
	var b strings.Builder
	for _, field := range []struct {
		name  string
		value int64
	}{
		{"slot", int64(f.Slot)},
		{"item", int64(f.Item)},
		{"qty", int64(f.Qty)},
		{"actor", int64(f.Actor)},
		{"peer", int64(f.Peer)},
		{"term", int64(f.Term)},
		{"outcome", int64(f.Outcome)},
		{"request", int64(f.Request)},
		{"amount", int64(f.Amount)},
		{"n", f.N},
	} {
		if field.value != 0 {
			fmt.Fprintf(&b, " %s %d", field.name, field.value)
		}
	}
	return strings.TrimPrefix(b.String(), " ")
}

// WriteTo writes the event as text, its facts indented.
func (e *Event) WriteTo(w io.Writer) (int64, error) {
	n, err := io.WriteString(w, e.text(""))
	return int64(n), err
}

func (e *Event) text(indent string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s\n", indent, e.Head)
	for _, fact := range e.Facts {
		fmt.Fprintf(&b, "%s  %s\n", indent, fact)
	}
	return b.String()
}

// ReadEvents reads what WriteTo wrote.
func ReadEvents(r io.Reader) ([]Event, error) {
	var events []Event
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		text := lines.Text()
		if fact, isFact := strings.CutPrefix(text, "  "); isFact && len(events) > 0 {
			last := &events[len(events)-1]
			last.Facts = append(last.Facts, fact)
			continue
		}
		e := Event{Head: text}
		if _, err := fmt.Sscanf(text, header+"%d ", &e.Number); err != nil {
			return nil, fmt.Errorf("this is no event: %q", text)
		}
		events = append(events, e)
	}
	return events, lines.Err()
}
