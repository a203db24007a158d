package election_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/bazaar/election"
	"souk/sim/vtime"
)

// delay is how long each message is under way.
const delay = 10 * vtime.Millisecond

// world is as little of a world as an election needs: letters and alarms in
// order of time, and a list of who is alive.
type world struct {
	rules  election.Rules
	voters []*election.Voter
	dead   map[actor.ID]bool
	now    vtime.Time
	events []event
	// onSend, if set, sees every message before it leaves.
	onSend func(from, to actor.ID, m election.Message)

	sent   map[election.Kind]int
	calls  []call
	called int
	again  []int
	// seated lists who won a seat, in order.
	seated, reinstated []election.Leader
	unseated           []actor.ID
	missing            []actor.ID
}

// event is a letter (to a voter) or an alarm (of a voter).
type event struct {
	at       vtime.Time
	from, to actor.ID
	letter   *election.Message
	guard    uint32
}

func newWorld(peers, seats int, change func(*election.Config)) *world {
	c := election.Config{
		Peers: peers, Seats: seats, Interval: vtime.Second, AnswerTimeout: 50 * vtime.Millisecond,
	}
	if change != nil {
		change(&c)
	}
	w := &world{rules: election.New(c), dead: map[actor.ID]bool{}, sent: map[election.Kind]int{}}
	for id := range actor.ID(peers) {
		w.voters = append(w.voters, &election.Voter{Self: id})
	}
	return w
}

// start wakes everybody who is alive and lets the world run down.
func (w *world) start() *world {
	for id, v := range w.voters {
		if !w.dead[actor.ID(id)] {
			w.rules.Start(v, seat{w, actor.ID(id)})
		}
	}
	return w.run()
}

// run goes on until nothing is left to happen.
func (w *world) run() *world {
	for range 100_000 {
		if len(w.events) == 0 {
			return w
		}
		next := 0
		for i := range w.events {
			if w.events[i].at < w.events[next].at {
				next = i
			}
		}
		e := w.events[next]
		w.events = slices.Delete(w.events, next, next+1)
		w.now = e.at
		switch {
		case w.dead[e.to]:
		case e.letter != nil:
			w.rules.Hear(w.voters[e.to], e.from, *e.letter, seat{w, e.to})
		default:
			w.rules.Expire(w.voters[e.to], e.guard, seat{w, e.to})
		}
	}
	panic("the election never ends")
}

// hear hands a voter a message that no one of this world sent.
func (w *world) hear(to, from actor.ID, m election.Message) *world {
	w.rules.Hear(w.voters[to], from, m, seat{w, to})
	return w.run()
}

// requireAgreed requires that all who are alive know these leaders, by slot.
func (w *world) requireAgreed(t *testing.T, leaders ...actor.ID) {
	t.Helper()
	for id, v := range w.voters {
		if w.dead[actor.ID(id)] {
			continue
		}
		var known []actor.ID
		for slot, l := range v.Leaders {
			require.EqualValues(t, slot, l.Slot)
			known = append(known, l.ID)
		}
		require.Equal(t, leaders, known, "in the eyes of %d", id)
	}
}

func (w *world) messages() (n int) {
	for _, count := range w.sent {
		n += count
	}
	return n
}

func (w *world) winners() (ids []actor.ID) {
	for _, l := range w.seated {
		ids = append(ids, l.ID)
	}
	return ids
}

// call is who called an election, and when.
type call struct {
	by actor.ID
	at vtime.Time
}

// seat is one voter's place in the world.
type seat struct {
	w    *world
	self actor.ID
}

func (s seat) Send(to actor.ID, m election.Message) {
	if s.w.onSend != nil {
		s.w.onSend(s.self, to, m)
	}
	s.w.sent[m.Kind]++
	s.w.events = append(s.w.events, event{at: s.w.now.Add(delay), from: s.self, to: to, letter: &m})
}

func (s seat) After(d vtime.Duration, guard uint32) {
	s.w.events = append(s.w.events, event{at: s.w.now.Add(d), to: s.self, guard: guard})
}

func (s seat) Called(uint32) {
	s.w.called++
	s.w.calls = append(s.w.calls, call{s.self, s.w.now})
}

func (s seat) Again(taken int)                      { s.w.again = append(s.w.again, taken) }
func (s seat) Seated(l election.Leader, _ actor.ID) { s.w.seated = append(s.w.seated, l) }
func (s seat) Reinstated(l election.Leader)         { s.w.reinstated = append(s.w.reinstated, l) }
func (s seat) Recognised(election.Leader)           {}
func (s seat) Missing(l election.Leader)            { s.w.missing = append(s.w.missing, l.ID) }
func (s seat) Unseated(election.Leader)             { s.w.unseated = append(s.w.unseated, s.self) }
