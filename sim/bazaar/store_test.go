package bazaar

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/actor"
	"souk/sim/market"
)

// Traders of the stories below.
const (
	tim actor.ID = 10 + iota
	tom
	tea
)

// shelfOfQueues is a queue store to talk to.
type shelfOfQueues struct{ store }

func newQueues() *shelfOfQueues { return &shelfOfQueues{newStore(200)} }

// told is a message of the store's: to whom it gave which request of whom.
type told struct {
	to, of  actor.ID
	request market.RequestID
}

// hear gives the store a message and returns what it says to it.
func (s *shelfOfQueues) hear(from actor.ID, m Message) (said []told) {
	var out Outbox
	s.step(&Input{Trigger: actor.Receive, From: from, Msg: &m}, &out)
	for _, sent := range out.Sends {
		if sent.Msg.Kind == Granted {
			continue
		}
		said = append(said, told{sent.To, sent.Msg.Seller, sent.Msg.Request})
	}
	return said
}

func (s *shelfOfQueues) persist(from actor.ID, r market.RequestID) []told {
	return s.hear(from, Message{Kind: Persist, Request: r, Item: 3, Qty: 2, Stamp: 77, Number: 1})
}

func (s *shelfOfQueues) forget(from actor.ID, r market.RequestID) []told {
	return s.hear(from, Message{Kind: Forget, Request: r})
}

// inherit is the heir's claim to a trader's queue.
func (s *shelfOfQueues) inherit(heir, of actor.ID) []told {
	return s.hear(heir, Message{Kind: Inherit, Seller: of})
}

// What a trader wrote before it restarted, and comes after it has asked for its
// queue, is given back to it: it has forgotten it.
func TestWhatWasWrittenBeforeARestartComesBack(t *testing.T) {
	s := newQueues()
	persist := func(r market.RequestID, clock uint64) []told {
		return s.hear(tim, Message{Kind: Persist, Request: r, Number: 1, Clock: clock})
	}
	require.Empty(t, persist(1, 5))
	require.Equal(t, []told{{tim, tim, 1}}, s.hear(tim, Message{Kind: Inherit, Seller: tim, Clock: 9}))
	require.Equal(t, []told{{tim, tim, 2}}, persist(2, 6), "it was under way")
	require.Empty(t, persist(3, 10), "it is new")
	require.Equal(t, 3, s.pending())
}

func TestPersistAndForgetComeInEitherOrder(t *testing.T) {
	for _, first := range []bool{true, false} {
		s := newQueues()
		if first {
			require.Empty(t, s.persist(tim, 1))
			require.Equal(t, 1, s.pending())
			require.Empty(t, s.forget(tim, 1))
		} else {
			require.Empty(t, s.forget(tim, 1))
			require.Empty(t, s.persist(tim, 1))
		}
		require.Zero(t, s.pending())
		require.Empty(t, s.inherit(tom, tim))
		require.Zero(t, s.at.Values.Used(), "nothing is left to remember")
	}
}

func TestAnHeirGetsEverythingOnceAndInOrder(t *testing.T) {
	s := newQueues()
	for r := range market.RequestID(6) {
		s.persist(tim, 1+r)
		s.persist(tea, 100+r)
	}
	s.forget(tim, 3)
	require.Equal(t, []told{{tom, tim, 1}, {tom, tim, 2}, {tom, tim, 4}, {tom, tim, 5}, {tom, tim, 6}}, s.inherit(tom, tim))
	require.Empty(t, s.inherit(tom, tim))
	require.Equal(t, 11, s.pending(), "they are kept in the heir's name")

	// The heir's heir gets them, and the heir's own before.
	s.persist(tom, 50)
	require.Equal(t, []told{
		{tea, tom, 1}, {tea, tom, 2}, {tea, tom, 4}, {tea, tom, 5}, {tea, tom, 6}, {tea, tom, 50},
	}, s.inherit(tea, tom))
	require.Equal(t, 12, s.pending())
}

func TestAnEntryIsHandedOverWhole(t *testing.T) {
	s := newQueues()
	s.persist(tim, 1)
	var out Outbox
	s.step(&Input{Trigger: actor.Receive, From: tom, Msg: &Message{Kind: Inherit, Seller: tim}}, &out)
	require.Equal(t, []actor.Send[Message]{{To: tom, Msg: Message{
		Kind: Inherited, Seller: tim, Request: 1, Item: 3, Qty: 2, Stamp: 77, Number: 1,
	}}, {To: tom, Msg: Message{Kind: Granted, Seller: tim}}}, out.Sends)
}

func TestWhatADeadTraderWroteLastGoesToItsHeir(t *testing.T) {
	s := newQueues()
	s.inherit(tom, tim)
	require.Equal(t, []told{{tom, tim, 1}}, s.persist(tim, 1))
	require.Equal(t, []told{{tea, tom, 1}}, s.inherit(tea, tom), "in the heir's name")
	require.Empty(t, s.inherit(tom, tim))
}

func TestATraderThatClaimsItsOwnHasNoHeirAnyMore(t *testing.T) {
	s := newQueues()
	s.persist(tim, 1)
	s.inherit(tom, tim)
	require.Empty(t, s.inherit(tim, tim), "tom has it")
	require.Empty(t, s.persist(tim, 2))
	s.persist(tim, 3)
	require.Equal(t, []told{{tim, tim, 2}, {tim, tim, 3}}, s.inherit(tim, tim))
	require.Equal(t, []told{{tim, tim, 2}, {tim, tim, 3}}, s.inherit(tim, tim), "they stay written")
}

func TestWhatADeadTraderWroteGoesToTheHeirOfItsHeir(t *testing.T) {
	s := newQueues()
	s.inherit(tom, tim)
	s.inherit(tea, tom)
	require.Equal(t, []told{{tea, tim, 1}}, s.persist(tim, 1))

	late := newQueues()
	late.persist(tim, 1)
	late.inherit(tea, tom)
	require.Equal(t, []told{{tea, tim, 1}}, late.inherit(tom, tim), "tom died before its claim came")
}

func TestWhatABuyerKnowsToBeOverIsDropped(t *testing.T) {
	s := newQueues()
	s.persist(tim, 1)
	s.persist(tim, 1)
	s.forget(tim, 1)
	s.forget(tim, 1)
	require.Equal(t, 1, s.at.Values.Used(), "a mark of the second message")
	s.persist(tim, 2)
	s.hear(tim, Message{Kind: Persist, Request: 4, Number: 3})
	require.Equal(t, 1, s.pending(), "request 2 is over, whether or not tim said so")
	require.Equal(t, 1, s.at.Values.Used())
}

func TestABuyerThatAsksElsewhereMovesItsRequest(t *testing.T) {
	s := newQueues()
	s.persist(tim, 1)
	s.persist(tom, 1)
	require.Equal(t, 1, s.pending())
	require.Empty(t, s.inherit(tea, tim))
	require.Equal(t, []told{{tea, tom, 1}}, s.inherit(tea, tom))
}

// ledger is the dumb twin: a list of who wrote what, in order.
type ledger struct {
	rows      []told // to is the owner
	forgotten map[market.RequestID]bool
	heirs     map[actor.ID]actor.ID
}

func (l *ledger) persist(from actor.ID, r market.RequestID) (said []told) {
	if l.forgotten[r] {
		delete(l.forgotten, r)
		return nil
	}
	l.rows = slices.DeleteFunc(l.rows, func(row told) bool { return row.request == r })
	owner := l.heir(from)
	if owner != from {
		said = append(said, told{owner, from, r})
	}
	l.rows = append(l.rows, told{to: owner, request: r})
	return said
}

// heir follows the heirs of heirs; in a circle, the first one counts.
func (l *ledger) heir(of actor.ID) actor.ID {
	seen := []actor.ID{of}
	for {
		next, dead := l.heirs[seen[len(seen)-1]]
		switch {
		case !dead:
			return seen[len(seen)-1]
		case slices.Contains(seen, next):
			return l.heirs[of]
		}
		seen = append(seen, next)
	}
}

func (l *ledger) forget(r market.RequestID) {
	before := len(l.rows)
	l.rows = slices.DeleteFunc(l.rows, func(row told) bool { return row.request == r })
	if len(l.rows) == before {
		l.forgotten[r] = true
	}
}

func (l *ledger) inherit(heir, of actor.ID) (said []told) {
	l.heirs[of] = heir
	if heir == of {
		delete(l.heirs, of)
	}
	heir = l.heir(of)
	var moved, rest []told
	for _, row := range l.rows {
		if row.to == of {
			moved = append(moved, told{to: heir, request: row.request})
			said = append(said, told{heir, of, row.request})
		} else {
			rest = append(rest, row)
		}
	}
	l.rows = append(rest, moved...)
	return said
}

func (l *ledger) of(owner actor.ID) (requests []market.RequestID) {
	for _, row := range l.rows {
		if row.to == owner {
			requests = append(requests, row.request)
		}
	}
	return requests
}

// of walks a queue in both directions, which must agree.
func (s *shelfOfQueues) of(t *rapid.T, owner actor.ID) (requests []market.RequestID) {
	q := s.queues[s.place(owner)]
	for i := q.first; i != absent; i = s.entries.At(i).next {
		requests = append(requests, s.entries.At(i).request)
		at, known := s.at.Get(s.entries.At(i).request)
		require.True(t, known)
		require.Equal(t, i, at)
	}
	at := len(requests)
	for i := q.last; i != absent; i = s.entries.At(i).prev {
		at--
		require.Equal(t, requests[at], s.entries.At(i).request)
	}
	require.Zero(t, at)
	return requests
}

func TestTheStoreLosesAndDoublesNothing(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) {
		s := newQueues()
		twin := &ledger{forgotten: map[market.RequestID]bool{}, heirs: map[actor.ID]actor.ID{}}
		who := rapid.SampledFrom([]actor.ID{tim, tom, tea})
		for range 100 {
			r := market.RequestID(rapid.Uint64Range(1, 12).Draw(t, "request"))
			by := who.Draw(t, "by")
			switch rapid.IntRange(0, 5).Draw(t, "what") {
			case 0:
				require.Empty(t, s.forget(by, r))
				twin.forget(r)
			case 1:
				of := who.Draw(t, "of")
				require.Equal(t, twin.inherit(by, of), s.inherit(by, of))
			default:
				require.Equal(t, twin.persist(by, r), s.persist(by, r))
			}
			require.Equal(t, len(twin.rows), s.pending())
			for _, owner := range []actor.ID{tim, tom, tea} {
				require.Equal(t, twin.of(owner), s.of(t, owner))
			}
		}
	})
}
