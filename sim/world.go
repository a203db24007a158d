package sim

import (
	"fmt"

	"souk/sim/actor"
	"souk/sim/fault"
	"souk/sim/kernel"
	"souk/sim/market"
	"souk/sim/network"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// The kinds of event that the world puts into its kernel.
const (
	// deliver brings the message in place Ref one leg further, to Target.
	deliver uint16 = iota
	// wake fires Target's timer of kind Tag and guard Ref.
	wake
	// mishap begins (Tag 0) or ends (Tag 1) the fault of plan Ref.
	mishap
	// closing begins the drain (Tag 0) or ends it (Tag 1).
	closing
	// sever tells Target that its connection to Ref, an actor, broke.
	sever
	// ring fires the clock timer in place Ref; see clocks.
	ring
	// asked brings Target the trigger Tag. It is never scheduled: it waits for an
	// actor that is paused.
	asked
)

// System is what the world runs: a market of actors that exchange messages of
// type M and state facts.
type System[M any] interface {
	actor.System[M, market.Fact]
	// Quiet says that no actor that is up has anything under way that a drain
	// should wait for.
	Quiet(up func(actor.ID) bool) bool
}

// World runs one System.
type World[M any] struct {
	cfg     Config
	sys     System[M]
	kernel  *kernel.Kernel
	network *network.Network
	mail    *slab[M]
	faults  []fault.Fault
	draws   []rng.Stream
	// tally counts what each plan did.
	tally []FaultTally
	// cue is the number of the event after which the next plan begins that waits
	// for one.
	cue  uint64
	down []bool
	// held are the messages that a clog holds, in the order in which they were
	// sent.
	held []heldMail
	// stills are the actors that are paused; nil if none ever was.
	stills []still
	slows  slows
	// clocks are nil if no plan touches a clock: then all show the true time.
	clocks *clocks
	ails   []ail
	// readers lists the observers of each kind of fact.
	readers [market.Kinds][]market.Observer
	counts  [market.Kinds]uint64
	// recounters compare their books with the actors' own, next at the event
	// recountAt.
	recounters []market.Recounter
	recountAt  uint64
	// choresAt is the event after which something is due that is done now and then.
	choresAt uint64
	// live counts each actor's requests without an outcome, awaited those of
	// actors that are up: for the others nobody need wait.
	live    []uint32
	awaited int
	// aboutRequests counts the messages under way that are about a request.
	aboutRequests int
	in            actor.Input[M]
	out           actor.Outbox[M, market.Fact]
	closed        bool
	instant       instant
	// settling: nothing was under way any more, and the market goes on idle.
	settling bool
	// drained is set when the time for draining, or settling, is over.
	drained bool
	err     error
	result  Result
}

// New returns a world at time 0.
func New[M any](cfg Config, sys System[M], observers ...market.Observer) *World[M] {
	n := sys.Actors()
	w := &World[M]{
		cfg: cfg, sys: sys,
		network: network.New(cfg.Network, cfg.Seed, n, sys.Peers(), sys.Find),
		down:    make([]bool, n),
		live:    make([]uint32, n),
		tally:   make([]FaultTally, len(cfg.Faults)),
	}
	w.furnish(n)
	if cfg.Ties != 0 {
		ties := rng.NewStream(cfg.Seed, "ties", int(cfg.Ties))
		w.kernel.ShuffleTies(ties.Uint64() | 1)
	}
	w.recountAt = firstRecount
	for _, o := range observers {
		if r, ok := o.(market.Recounter); ok {
			w.recounters = append(w.recounters, r)
		}
		for _, kind := range o.Wants() {
			w.readers[kind] = append(w.readers[kind], o)
		}
	}
	for i := range cfg.Faults {
		w.faults = append(w.faults, cfg.Faults[i].New(i))
		w.draws = append(w.draws, rng.NewStream(cfg.Seed, "fault: "+w.faults[i].String(), w.namesakes(i)))
		w.tally[i].Plan = i
		if cfg.Faults[i].Clocked() && w.clocks == nil {
			w.clocks = newClocks(w.kernel, n)
		}
	}
	w.cue = w.nextCue(0)
	w.choresAt = w.nextChores(0)
	return w
}

// namesakes counts the earlier plans that do the same as a plan. A fault's draws
// are keyed by what it does, so that another fault more or less leaves the others'
// alone.
func (w *World[M]) namesakes(plan int) int {
	n := 0
	for _, f := range w.faults[:plan] {
		if f.String() == w.faults[plan].String() {
			n++
		}
	}
	return n
}

// Run runs to the end. The error, if any, is a broken invariant.
func (w *World[M]) Run() (Result, error) {
	defer w.saveThePlace()
	w.boot()
	for !w.over() {
		e := w.kernel.Next()
		if e == nil {
			w.result.End = w.whyEnded()
			break
		}
		w.handle(e)
		w.watchClock()
		if w.kernel.Fired() >= w.choresAt && !w.doChores(e) {
			w.result.End = Interrupted
			break
		}
	}
	r := &w.result
	r.Now, r.Events = w.kernel.Now(), w.kernel.Fired()
	if !w.closed {
		r.Closed = r.Now
	}
	r.Faults = w.tallied()
	if w.cfg.Checkpoint != nil && r.Events%CheckpointEvery != 0 {
		w.checkpoint()
	}
	return *r, w.err
}

// saveThePlace adds to a panic, which is a bug of the simulator, where in the
// run it happened.
func (w *World[M]) saveThePlace() {
	if r := recover(); r != nil {
		panic(fmt.Sprintf("%v (event %d, at %v)", r, w.kernel.Fired(), w.kernel.Now()))
	}
}

// boot starts every actor at time 0, in order, and plans the faults.
func (w *World[M]) boot() {
	for i := range w.sys.Actors() {
		w.in = actor.Input[M]{Trigger: actor.Start, Self: actor.ID(i)}
		w.step()
	}
	for i, plan := range w.cfg.Faults {
		if plan.AfterEvent == 0 {
			w.kernel.Schedule(vtime.Time(0).Add(plan.At), 0, mishap, begin, uint32(i))
		}
	}
	w.kernel.Schedule(vtime.Time(0).Add(w.cfg.TimeLimit), 0, closing, begin, 0)
}

func (w *World[M]) handle(e *kernel.Event) {
	if e.Kind == ring {
		// Whoever watches sees a timer like any other.
		w.clocks.fire(e)
	}
	w.result.Digest.add(uint64(e.At))
	w.result.Digest.add(uint64(e.Target)<<32 | uint64(e.Kind)<<16 | uint64(e.Tag))
	w.result.Peak = max(w.result.Peak, w.kernel.Pending())
	switch {
	case e.Kind == mishap:
		w.mishap(int(e.Ref), e.Tag)
	case e.Kind == closing:
		w.comeToEnd(e.Tag)
	case !w.waits(e):
		w.bring(e)
	}
}

// bring brings an actor what an event holds for it.
func (w *World[M]) bring(e *kernel.Event) {
	switch e.Kind {
	case deliver:
		w.deliver(actor.ID(e.Target), e.Ref)
	case wake:
		w.in = actor.Input[M]{
			Trigger: actor.Timeout, Self: actor.ID(e.Target),
			Timer: actor.Timer{Kind: e.Tag, Guard: e.Ref},
		}
		w.step()
	case sever:
		if target := actor.ID(e.Target); !w.down[target] {
			w.in = actor.Input[M]{Trigger: actor.Broken, Self: target, From: actor.ID(e.Ref)}
			w.step()
		}
	case asked:
		w.in = actor.Input[M]{Trigger: actor.Trigger(e.Tag), Self: actor.ID(e.Target)}
		w.step()
	}
}

// ask brings an actor a trigger that needs no words, once it can take it.
func (w *World[M]) ask(id actor.ID, trigger actor.Trigger) {
	e := kernel.Event{Target: uint32(id), Kind: asked, Tag: uint16(trigger)}
	if !w.waits(&e) {
		w.bring(&e)
	}
}

// step gives an actor the input in w.in and carries out what it answers: facts
// first, then messages, then timers.
func (w *World[M]) step() {
	self := w.in.Self
	w.in.Now = w.kernel.Now()
	if w.clocks != nil {
		w.in.Now = w.clocks.shows(self)
	}
	w.out.Reset()
	w.sys.Step(&w.in, &w.out)
	for i := range w.out.Facts {
		w.out.Facts[i].Actor = self
		if w.clocks != nil {
			w.clocks.correct(&w.out.Facts[i])
		}
		w.state(&w.out.Facts[i])
	}
	if w.out.Moved {
		w.network.RolesMoved()
	}
	for i := range w.out.Sends {
		w.send(self, &w.out.Sends[i])
	}
	for i := range w.out.Wakes {
		w.set(self, &w.out.Wakes[i])
	}
	w.checkStop()
}

// set sets an actor's timer: work takes as long as it takes, a time to wait for
// is read off the actor's clock.
func (w *World[M]) set(self actor.ID, t *actor.Wake) {
	after := t.After
	switch {
	case t.Work && w.slows.factors != nil:
		after = w.stretched(self, after)
	case !t.Work && w.clocks != nil:
		w.clocks.set(self, t.After, t.Timer)
		w.touchDrifts(self)
		return
	}
	w.kernel.ScheduleGuarded(w.kernel.Now().Add(after), uint32(self), wake, t.Timer.Kind, t.Timer.Guard)
}

// state stamps a fact and shows it to those who want its kind.
func (w *World[M]) state(f *market.Fact) {
	f.At, f.Event = w.kernel.Now(), w.kernel.Fired()
	w.counts[f.Kind]++
	switch f.Kind {
	case market.Issued:
		w.live[f.Actor]++
		w.awaited++
	case market.Ended:
		w.live[f.Actor]--
		w.awaited--
	case market.Failed, market.ReadStale:
		w.touchAils(f)
	}
	w.result.Digest.addFact(f)
	w.show(f)
}

func (w *World[M]) show(f *market.Fact) {
	for _, o := range w.readers[f.Kind] {
		if err := o.Observe(f); err != nil && w.err == nil {
			w.err = fmt.Errorf("%w (event %d, at %v)", err, f.Event, f.At)
		}
	}
}
