package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// peer is a program of the comparison. Souk is the first.
type peer struct {
	name   string
	folder string // of its source, in bench/peers
	// variant is its last argument, where one program is several peers.
	variant string
	build   func(b *builder, p *peer) error
	about   string // for the page: what its program uses, and what is special

	// A slow peer runs so many times fewer events, of hold and phold and of mm1.
	fewer, fewerMM1 int
	// loose: it does not keep the order of simultaneous events, so that its hash
	// may be another one. The sum of the times is compared instead.
	loose bool
	// queue: it is a queue above all, and so also takes part in hold.
	queue bool

	// What build finds out.
	command []string
	version string
	absent  string // why it takes no part
}

// isSouk tells Souk from its peers.
func (p *peer) isSouk() bool { return p.folder == "" }

// turnover is how often each of n pending events is replaced while the clock runs,
// at least. A garbage collector works once a turnover or so, and its work counts.
// Souk's queue keeps far events unsorted and divides them when the time comes that
// the last division reached: a power of two of nanoseconds above the longest delay,
// which is nine times the mean; so after 2^34 ns, which is 17.2 times the mean.
func (p *peer) turnover() int {
	if p.isSouk() {
		return 18
	}
	return 2
}

// all returns Souk and its peers.
func all() []*peer {
	return []*peer{
		{
			name: "Souk", build: (*builder).souk, fewer: 1, fewerMM1: 1, queue: true,
			about: "its kernel through the public interface, with events of four numbers and a switch on their kind",
		},
		{
			name: "C++ std::priority_queue", folder: "priorityqueue", build: (*builder).cxx, fewer: 1, fewerMM1: 1, queue: true,
			about: "events of 24 bytes by value, the order (time, sequence), all in one loop; -O2",
		},
		{
			name: "Go container/heap", folder: "heap", build: (*builder).heap, fewer: 1, fewerMM1: 1, queue: true,
			about: "pointers to events, an allocation each, the order (time, sequence)",
		},
		{
			name: "ns-3, PriorityQueue scheduler", folder: "ns3", variant: "PriorityQueue", build: (*builder).ns3, fewer: 1, fewerMM1: 1, queue: true,
			about: "`Simulator::Schedule` of member functions; integer nanoseconds; -O2, Debian's library",
		},
		{
			name: "ns-3, Map scheduler", folder: "ns3", variant: "Map", build: (*builder).ns3, fewer: 1, fewerMM1: 1, queue: true,
			about: "the same with ns-3's default scheduler",
		},
		{
			name: "SimGrid", folder: "simgrid", build: (*builder).simgrid, fewer: 4, fewerMM1: 20, loose: true,
			about: "kernel timers; in M/M/1 two actors and a semaphore. Time is a double, in which nanoseconds are counted exactly; the Fibonacci heap of timers does not keep simultaneous events in order",
		},
		{
			name: "Akita v4", folder: "akita", build: (*builder).goModule, fewer: 4, fewerMM1: 4, loose: true,
			about: "the serial engine with events that embed `EventBase`, sequential ids. Time is a float64, in which nanoseconds are counted exactly; the heap does not keep simultaneous events in order. The survey behind the targets had v5, which the Go module proxy did not have",
		},
		{
			name: "simgo", folder: "simgo", build: (*builder).goModule, fewer: 4, fewerMM1: 20,
			about: "handlers of time-outs; in M/M/1 a process a customer. Time is a float64, in which nanoseconds are counted exactly",
		},
		{
			name: "SimPy", folder: "simpy", build: (*builder).simpy, fewer: 20, fewerMM1: 20,
			about: "callbacks of time-outs; in M/M/1 a process a customer and a `Resource`. Times are integers. Its draws are made before the clock starts and its hash after it has stopped, since Python is slow at both and SimPy has no part in them: its figures are the engine's alone",
		},
	}
}

var errNoSuchPeer = errors.New("no such peer")

// field builds the programs and tells which are there. Without Souk there is
// nothing to compare with.
func (b *builder) field(only []string, w io.Writer) ([]*peer, error) {
	peers := all()
	for _, folder := range only {
		if !slices.ContainsFunc(peers, func(p *peer) bool { return p.folder == folder && folder != "" }) {
			return nil, fmt.Errorf("%w: %q", errNoSuchPeer, folder)
		}
	}
	for i, p := range peers {
		if i > 0 && len(only) > 0 && !slices.Contains(only, p.folder) {
			p.absent = "not asked for"
			continue
		}
		if err := p.build(b, p); err != nil {
			if i == 0 || b.ctx.Err() != nil {
				return nil, fmt.Errorf("%s: %w", p.name, err)
			}
			p.absent = firstLine(err.Error())
			fmt.Fprintf(w, "%s is absent: %s\n", p.name, p.absent)
			continue
		}
		fmt.Fprintf(w, "%s: %s\n", p.name, p.version)
	}
	return peers, nil
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}
