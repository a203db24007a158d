package main

import (
	"fmt"
	"io"
	"time"

	"souk/sim"
)

// pulse is the progress of a single run: how far its virtual time is, how fast
// it goes, how many events are pending, and how long it will take.
type pulse struct {
	*progress
	// at and events are of the line before, between which and now the speed is
	// measured.
	at     time.Time
	events uint64
}

// newPulse starts the clock of a run.
func newPulse(out io.Writer, quiet bool, what string) *pulse {
	p := &pulse{progress: newProgress(out, quiet)}
	p.begin(what)
	p.at = p.start
	return p
}

// glimpse is told now and then how far the run is.
func (p *pulse) glimpse(g sim.Progress) {
	now := time.Now()
	if p.first < 0 {
		// Building the market, which came before, says nothing of the speed.
		p.first, p.start, p.at, p.events = g.Share, now, now, g.Events
	}
	if p.due(now) {
		p.show(now, p.line(now, g))
		p.at, p.events = now, g.Events
	}
}

func (p *pulse) line(now time.Time, g sim.Progress) string {
	clock := g.Now.String() // to the microsecond
	clock = clock[:len(clock)-len("000")]
	done, left := fmt.Sprintf("%.0f %%", 100*g.Share), p.left(now, g.Share, 1)
	if g.Closed {
		done, left = "closed", "" // nobody knows how long what is under way takes
	}
	speed := ""
	if since := now.Sub(p.at); since > 0 {
		speed = fmt.Sprintf(", %s events/s", thousands(uint64(float64(g.Events-p.events)/since.Seconds())))
	}
	return fmt.Sprintf("%v of virtual time, %s%s, %s pending%s", clock, done, speed, thousands(uint64(g.Pending)), left)
}

// thousands writes a number in groups of three digits.
func thousands(n uint64) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
