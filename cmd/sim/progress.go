package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"
)

// progress tells on standard error how far a long command is: in one live line
// on a terminal, elsewhere in plain lines at growing intervals.
type progress struct {
	mu   sync.Mutex
	out  io.Writer
	live bool
	what string
	// unit is what is counted.
	unit  string
	start time.Time
	// next is when the next line is due.
	next time.Time
	gap  time.Duration
	// first is how much was done when the clock started; below 0: nobody said yet.
	first float64
	drawn bool
}

const (
	liveEvery  = 100 * time.Millisecond
	firstPlain = 2 * time.Second
	longestGap = time.Minute
)

// newProgress returns a progress for a command; quiet says nothing.
func newProgress(out io.Writer, quiet bool) *progress {
	if quiet {
		out = io.Discard
	}
	f, isFile := out.(*os.File)
	return &progress{
		out:  out,
		unit: "cells",
		live: isFile && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb",
	}
}

// begin starts the clock of a part of the work.
func (p *progress) begin(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.what, p.start, p.first = what, time.Now(), -1
	p.gap = firstPlain
	p.next = p.start.Add(p.gap)
	if p.live {
		p.next = p.start.Add(liveEvery)
	}
}

// at says how much is done.
func (p *progress) at(done, planned int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.first < 0 {
		p.first = float64(done - 1)
	}
	if now := time.Now(); p.due(now) {
		p.show(now, fmt.Sprintf("%d/%d %s%s", done, planned, p.unit, p.left(now, float64(done), float64(planned))))
	}
}

func (p *progress) due(now time.Time) bool { return !now.Before(p.next) }

// show writes a line, and settles when the next one is due.
func (p *progress) show(now time.Time, text string) {
	line := p.what + ": " + text
	if p.live {
		fmt.Fprintf(p.out, "\r\x1b[K%s", line)
		p.drawn = true
		p.next = now.Add(liveEvery)
		return
	}
	fmt.Fprintln(p.out, line)
	p.gap = min(2*p.gap, longestGap)
	p.next = now.Add(p.gap)
}

// left estimates the time that the rest takes.
func (p *progress) left(now time.Time, done, planned float64) string {
	elapsed := now.Sub(p.start)
	if elapsed < time.Second || done <= p.first {
		return ""
	}
	rest := time.Duration(float64(elapsed) * (planned - done) / (done - p.first))
	return fmt.Sprintf(", about %v left", rest.Round(time.Second))
}

// end clears the live line.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drawn {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.drawn = false
	}
}
