// Package sim is the world: it carries messages, keeps time, injects faults
// and shows the facts to the observers. It knows no market; a market is an
// actor.System that it is given. One run is one goroutine.
package sim

import (
	"souk/sim/fault"
	"souk/sim/market"
	"souk/sim/network"
	"souk/sim/vtime"
)

// Version is the version of the model: runs of the same scenario and seed agree
// between builds of the same version.
const Version = "0.1.0"

// StopRule ends a run once a kind of fact was stated so many times.
type StopRule struct {
	Fact  market.Kind
	Count uint64
}

// Config describes a run of any market.
type Config struct {
	Seed uint64
	// TimeLimit is the virtual time at which the run closes if no stop rule did
	// so before. Must be above 0.
	TimeLimit vtime.Duration
	// EventLimit ends the run at once after so many events; 0 is no limit.
	EventLimit uint64
	// Stop closes the run as soon as one rule is met.
	Stop []StopRule
	// CountFrom is the time before which messages are not counted.
	CountFrom vtime.Duration
	// Drain is how long after closing the requests under way may still finish.
	Drain vtime.Duration
	// Settle is how long the market goes on, idle, once it has drained.
	Settle vtime.Duration

	Network network.Config
	Faults  []fault.Plan

	// Ties numbers an order of simultaneous events; 0 is that in which they were
	// scheduled. Whatever it is, nothing overtakes on a FIFO link.
	Ties uint64

	// Memory, if set, is used instead of new memory.
	Memory *Memory

	// Checkpoint, if set, is called after every CheckpointEvery events and at the
	// end of the run.
	Checkpoint func(Checkpoint)
	// Witness, if set, is called after each event.
	Witness func(*Event)

	// Watch, if set, is called now and then; the run ends when it returns
	// false. It is how a user's Ctrl-C gets in and progress gets out.
	Watch func(Progress) bool
}

// Progress is a glimpse of a run under way.
type Progress struct {
	Now     vtime.Time
	Events  uint64
	Pending int
	// Share is how much of the way to the close is behind the run, between 0 and 1,
	// by whichever limit or stop rule it is nearest to.
	Share float64
	// Closed: nothing new begins any more.
	Closed bool
}

// End says why a run ended.
type End uint8

// The reasons for a run's end.
const (
	// Drained: closed, and then nothing was under way any more.
	Drained End = iota
	// DrainLimit: closed, but something was still under way when the time for
	// draining was over.
	DrainLimit
	// NothingLeft: no event was left.
	NothingLeft
	// EventLimit: the limit on events was reached.
	EventLimit
	// Interrupted: Watch said so.
	Interrupted
	// Broken: an observer found an invariant broken, or time stood still.
	Broken
)

func (e End) String() string {
	return [...]string{
		"drained", "drain limit", "nothing left to do", "event limit", "interrupted", "invariant broken",
	}[e]
}

// Result is what the world itself knows of a finished run.
type Result struct {
	End    End
	Now    vtime.Time
	Events uint64
	// Closed is when the stop condition was met, or Now if it was not.
	Closed vtime.Time
	// Digest sums up every event and fact in order: equal digests, equal runs.
	Digest Digest
	// Sent counts messages by kind, as the market numbers them.
	Sent [256]uint64
	// Hops counts the legs that messages travelled: one each, more on an
	// overlay.
	Hops uint64
	// Lost counts lost messages by fate.
	Lost [network.ReceiverDown + 1]uint64
	// Peak is the largest number of pending events seen.
	Peak int
	// Faults says of each plan what came of it.
	Faults []FaultTally
}

// Messages returns how many messages were sent.
func (r *Result) Messages() uint64 {
	var n uint64
	for _, c := range r.Sent {
		n += c
	}
	return n
}
