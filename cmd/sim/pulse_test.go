package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"souk/sim"
	"souk/sim/vtime"
)

// under is a run under way, and later the same one, of which another fifth went
// by.
var (
	under = sim.Progress{Now: vtime.Time(vtime.Second), Events: 1000, Share: 0.1}
	later = sim.Progress{Now: vtime.Time(3 * vtime.Second), Events: 50_001_000, Pending: 1_002_082, Share: 0.3}
)

func TestALineSaysHowFarARunIs(t *testing.T) {
	p := newPulse(&strings.Builder{}, false, "mine")
	p.first, p.events = under.Share, under.Events
	now := p.start.Add(10 * time.Second)
	require.Equal(t, "00:00:03.000 of virtual time, 30 %, 5,000,000 events/s, 1,002,082 pending, about 35s left", p.line(now, later))
	closed := sim.Progress{Now: later.Now, Events: 2000, Share: 1, Closed: true}
	require.Equal(t, "00:00:03.000 of virtual time, closed, 100 events/s, 0 pending", p.line(now, closed), "what is under way can take any time")
}

// glimpses lets a pulse that is always overdue see the two.
func glimpses(p *pulse) {
	for _, g := range []sim.Progress{under, later} {
		p.next = time.Time{}
		p.glimpse(g)
	}
	p.end()
}

func TestWithoutATerminalARunTellsInPlainLines(t *testing.T) {
	var out strings.Builder
	p := newPulse(&out, false, "mine")
	glimpses(p)
	lines := strings.Split(out.String(), "\n")
	require.Len(t, lines, 3)
	require.Equal(t, "mine: 00:00:01.000 of virtual time, 10 %, 0 pending", lines[0])
	require.Contains(t, lines[1], "mine: 00:00:03.000 of virtual time, 30 %, ")
	require.Equal(t, 4*firstPlain, p.gap, "the next line comes later than this one did")
}

func TestAQuietRunTellsNothing(t *testing.T) {
	var out strings.Builder
	glimpses(newPulse(&out, true, "mine"))
	require.Empty(t, out.String())
}

func TestATerminalGetsOneLiveLine(t *testing.T) {
	var out strings.Builder
	p := newPulse(&out, false, "mine")
	p.live = true
	glimpses(p)
	require.NotContains(t, out.String(), "\n")
	require.True(t, strings.HasSuffix(out.String(), "\r\x1b[K"), "the line is cleared")
}
