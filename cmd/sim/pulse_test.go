package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"souk/sim"
	"souk/sim/vtime"
)

// glimpses tells a pulse that is overdue how far a run is: at its beginning, and
// ten seconds later, in which a fifth of it went by.
func glimpses(p *pulse, last sim.Progress) {
	p.next = time.Time{}
	p.glimpse(sim.Progress{Now: vtime.Time(vtime.Second), Events: 1000, Share: 0.1})
	p.start, p.at = p.start.Add(-10*time.Second), p.at.Add(-10*time.Second)
	p.next = time.Time{}
	p.glimpse(last)
}

func TestALongRunTellsHowFarItIs(t *testing.T) {
	var out strings.Builder
	p := newPulse(&out, false, "mine")
	glimpses(p, sim.Progress{Now: vtime.Time(3 * vtime.Second), Events: 50_001_000, Pending: 1_002_082, Share: 0.3})
	p.end()
	lines := strings.Split(out.String(), "\n")
	require.Len(t, lines, 3, "plain lines where there is no terminal")
	require.Equal(t, "mine: 00:00:01.000 of virtual time, 10 %, 0 pending", lines[0])
	require.Regexp(t, `^mine: 00:00:03\.000 of virtual time, 30 %, (5,000,000|4,999,\d\d\d) events/s, 1,002,082 pending, about 35s left$`, lines[1])
	require.Less(t, firstPlain, p.gap, "the next line comes later")
}

func TestARunThatIsClosedMakesNoPromise(t *testing.T) {
	var out strings.Builder
	glimpses(newPulse(&out, false, "mine"), sim.Progress{Now: vtime.Time(9 * vtime.Second), Events: 2000, Share: 1, Closed: true})
	require.Contains(t, out.String(), "mine: 00:00:09.000 of virtual time, closed, ")
	require.NotContains(t, out.String(), "left")
}

func TestAQuietRunTellsNothing(t *testing.T) {
	var out strings.Builder
	glimpses(newPulse(&out, true, "mine"), sim.Progress{Share: 0.5})
	require.Empty(t, out.String())
}

func TestATerminalGetsOneLiveLine(t *testing.T) {
	var out strings.Builder
	p := newPulse(&out, false, "mine")
	p.live = true
	glimpses(p, sim.Progress{Now: vtime.Time(vtime.Second), Events: 1001, Share: 0.3})
	p.end()
	require.NotContains(t, out.String(), "\n")
	require.True(t, strings.HasSuffix(out.String(), "\r\x1b[K"), "the line is cleared")
}
