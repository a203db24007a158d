package election_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/actor"
	"souk/sim/bazaar/election"
	"souk/sim/vtime"
)

func TestTheHighestLivingIDWinsWhoeverCalls(t *testing.T) {
	property.Check(t, 100, func(rt *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(rt, "peers")
		starter := actor.ID(rapid.IntRange(0, n-1).Draw(rt, "starter"))
		w := newWorld(n, 1, func(c *election.Config) { c.Starter = starter })
		highest := starter
		for id := range actor.ID(n) {
			if id != starter && rapid.Bool().Draw(rt, "dead") {
				w.dead[id] = true
			} else {
				highest = max(highest, id)
			}
		}
		w.start()
		require.Equal(rt, []actor.ID{highest}, w.winners())
		w.requireAgreed(t, highest)
	})
}

func TestOneAfterTheOtherTheHighestTakeTheSeats(t *testing.T) {
	w := newWorld(8, 3, nil).start()
	require.Equal(t, []actor.ID{7, 6, 5}, w.winners())
	w.requireAgreed(t, 7, 6, 5)
	require.Equal(t, 3, w.called)
	require.Equal(t, []int{1, 2}, w.again)
}

func TestAtOnceSeatsThemInOneElection(t *testing.T) {
	oneByOne := newWorld(8, 3, nil).start()
	w := newWorld(8, 3, func(c *election.Config) { c.Mode = election.AtOnce }).start()
	require.ElementsMatch(t, []actor.ID{7, 6, 5}, w.winners())
	w.requireAgreed(t, 7, 6, 5)
	require.Equal(t, 1, w.called)
	require.Empty(t, w.again)
	require.Less(t, w.messages(), oneByOne.messages())
	require.Less(t, w.now, oneByOne.now)

	// With the highest dead, the next three.
	w = newWorld(8, 3, func(c *election.Config) { c.Mode = election.AtOnce })
	w.dead[7] = true
	w.start().requireAgreed(t, 6, 5, 4)
	require.Equal(t, 1, w.called)
}

func TestWhenTheRestarterHoldsASeatTheNextCalls(t *testing.T) {
	w := newWorld(4, 3, func(c *election.Config) { c.Restarter = 3 }).start()
	w.requireAgreed(t, 3, 2, 1)
}

// The worst case: of n peers the highest is dead and the lowest calls. Each of
// the others stands once and asks all above it, the dead one included; each of
// those n-1 that are alive answers all below it; and the winner tells all.
//
// The textbook counts (n-1)^2 + n-2 messages, 29 for n = 6, because its winner
// tells the n-2 lower peers, who are the living ones. Ours does not know that
// the one above it is dead, only that it did not answer, and tells all n-1
// others: exactly one message more.
func TestTheWorstCaseInMessages(t *testing.T) {
	for n := 2; n <= 20; n++ {
		w := newWorld(n, 1, nil)
		w.dead[actor.ID(n-1)] = true
		w.start().requireAgreed(t, actor.ID(n-2))
		require.Equal(t, n*(n-1)/2, w.sent[election.Elect], "n = %d", n)
		require.Equal(t, (n-1)*(n-2)/2, w.sent[election.OK], "n = %d", n)
		require.Equal(t, n-1, w.sent[election.Won], "n = %d", n)
		textbook := (n-1)*(n-1) + n - 2
		require.Equal(t, textbook+1, w.messages(), "n = %d", n)
		if n == 6 {
			require.Equal(t, 29, textbook)
		}
	}
}

func TestTheBestCaseInMessages(t *testing.T) {
	w := newWorld(6, 1, func(c *election.Config) { c.Starter = 5 }).start()
	require.Equal(t, map[election.Kind]int{election.Won: 5}, w.sent, "nobody above to ask")
}

// The highest is dead. The next answers OK to everybody, which makes them drop
// out, and dies while it waits for the highest. Those that yielded wait for a
// victory in vain, and call again.
func TestADeathAfterOKDoesNotBlockTheElection(t *testing.T) {
	w := newWorld(5, 1, nil)
	w.dead[4] = true
	w.onSend = func(from, to actor.ID, m election.Message) {
		if from == 3 && to == 2 && m.Kind == election.OK {
			w.dead[3] = true // this OK still arrives
		}
	}
	w.start()
	require.True(t, w.dead[3])
	require.Greater(t, w.called, 1)
	require.Equal(t, []actor.ID{2}, w.winners())
	w.requireAgreed(t, 2)
}

func TestAStaleVictoryIsRefused(t *testing.T) {
	w := newWorld(4, 1, nil)
	for _, v := range w.voters {
		v.Term = 5
	}
	w.start().requireAgreed(t, 3)
	require.EqualValues(t, 6, w.seated[0].Term)
	sent := w.sent[election.Won]

	stale := election.Message{Kind: election.Won, Term: 5, Leader: election.Leader{ID: 2, Term: 5}}
	w.hear(0, 2, stale).requireAgreed(t, 3)
	require.Equal(t, sent, w.sent[election.Won], "one without a seat lets it pass")
	w.hear(3, 2, stale).requireAgreed(t, 3)
	require.Equal(t, sent+1, w.sent[election.Won], "the one that holds the seat says so")
	require.Empty(t, w.unseated)

	// Of equal terms the higher id counts, so a lower one is stale as well.
	stale.Leader.Term = 6
	w.hear(0, 2, stale).requireAgreed(t, 3)

	// A newer one counts, and unseats.
	fresh := election.Message{Kind: election.Won, Term: 7, Leader: election.Leader{ID: 2, Term: 7}}
	for id := range actor.ID(4) {
		w.hear(id, 2, fresh)
	}
	w.requireAgreed(t, 2)
	require.Equal(t, []actor.ID{3}, w.unseated)
	require.EqualValues(t, 7, w.voters[0].Term)
}

// A late call reaches a peer that holds a seat. It does not stand: it tells the
// caller who leads.
func TestALeaderThatIsAskedAgainAnswersWithItsSeat(t *testing.T) {
	w := newWorld(4, 1, nil).start()
	w.voters[1].Remove(3) // has not heard
	elect, ok := w.sent[election.Elect], w.sent[election.OK]
	w.hear(3, 1, election.Message{Kind: election.Elect, Term: 9})
	require.Equal(t, elect, w.sent[election.Elect])
	require.Equal(t, ok, w.sent[election.OK])
	w.requireAgreed(t, 3)
	require.Len(t, w.seated, 1)
}

func TestAVacantSeatIsFilledAgainOnlyIfSo(t *testing.T) {
	for vacancy, want := range map[election.Vacancy][]actor.ID{
		election.CarryOn: {5},
		election.Replace: {5, 4},
	} {
		w := newWorld(7, 2, func(c *election.Config) { c.Vacancy = vacancy }).start()
		w.requireAgreed(t, 6, 5)
		w.dead[6] = true
		for id := range actor.ID(6) {
			require.True(t, w.voters[id].Remove(6))
			require.False(t, w.voters[id].Remove(6))
			w.rules.Vacated(w.voters[id], seat{w, id})
		}
		w.run()
		for id := range actor.ID(6) {
			var leaders []actor.ID
			for _, who := range want {
				if _, seated := w.voters[id].Leads(who); seated {
					leaders = append(leaders, who)
				}
			}
			require.Equal(t, want, leaders)
			require.Len(t, w.voters[id].Leaders, len(want))
		}
	}
}

// The last trader falls silent, and somebody who waited for it in vain calls an
// election of doubt.
func TestDoubtReplacesALeaderThatIsDeadAndNoOther(t *testing.T) {
	replace := func(c *election.Config) { c.Vacancy = election.Replace }
	w := newWorld(5, 1, replace).start()
	w.requireAgreed(t, 4)
	w.rules.Doubt(w.voters[0], seat{w, 0})
	w.run().requireAgreed(t, 4)
	require.Empty(t, w.missing)
	require.Len(t, w.seated, 1)

	w.dead[4] = true
	w.rules.Doubt(w.voters[0], seat{w, 0})
	w.run().requireAgreed(t, 3)
	require.Contains(t, w.missing, actor.ID(4))
	require.Equal(t, []actor.ID{4, 3}, w.winners())

	called := w.called
	w.rules.Doubt(w.voters[3], seat{w, 3})
	require.Equal(t, called, w.called, "a leader does not doubt")
}

func TestTermsNeverDecrease(t *testing.T) {
	w := newWorld(6, 3, func(c *election.Config) { c.Vacancy = election.Replace })
	highest := make([]uint32, 6)
	w.onSend = func(actor.ID, actor.ID, election.Message) {
		for id, v := range w.voters {
			require.GreaterOrEqual(t, v.Term, highest[id])
			highest[id] = v.Term
		}
	}
	w.start()
	l := w.voters[4].Reassert(1)
	require.Greater(t, l.Term, highest[4])
	w.voters[4].Forget()
	require.Equal(t, l.Term, w.voters[4].Term, "terms are on disk")
	require.Empty(t, w.voters[4].Leaders)
}

// A leader comes back without its memory; others still follow it.
func TestALeaderThatForgotItsSeatIsReinstated(t *testing.T) {
	w := newWorld(4, 1, nil).start()
	held := w.seated[0]
	w.voters[3].Forget()
	w.hear(3, 0, election.Message{Kind: election.Won, Term: held.Term, Leader: held}).requireAgreed(t, 3)
	require.Equal(t, []election.Leader{held}, w.reinstated)
	require.Len(t, w.seated, 1, "no term is won twice")
}

func TestTheAppointedNeedNoMessage(t *testing.T) {
	w := newWorld(6, 2, func(c *election.Config) { c.Algorithm = election.Appointed }).start()
	w.requireAgreed(t, 5, 4)
	require.Equal(t, []actor.ID{4, 5}, w.winners())
	require.Zero(t, w.messages())
	require.Zero(t, w.now)
	w.voters[0].Remove(5)
	w.rules.Vacated(w.voters[0], seat{w, 0})
	w.rules.Doubt(w.voters[0], seat{w, 0})
	w.hear(0, 1, election.Message{Kind: election.Elect, Term: 3})
	require.Zero(t, w.run().messages(), "a vacant seat stays so")
}

func TestASeatIsFoundBySlotAndByHolder(t *testing.T) {
	v := newWorld(5, 2, nil).start().voters[0]
	l, taken := v.Seat(1)
	require.True(t, taken)
	require.Equal(t, actor.ID(3), l.ID)
	byHolder, seated := v.Leads(3)
	require.True(t, seated)
	require.Equal(t, l, byHolder)
	_, taken = v.Seat(2)
	require.False(t, taken)
	_, seated = v.Leads(0)
	require.False(t, seated)
}

func TestTheTableOfAlgorithmsIsFitForParserAndDocs(t *testing.T) {
	names := map[string]bool{}
	for _, e := range election.Algorithms() {
		require.False(t, names[e.Name], "%s is there twice", e.Name)
		names[e.Name] = true
		require.NotEmpty(t, e.Doc, e.Name)
	}
}

func TestTheStarterWaitsBeforeItCalls(t *testing.T) {
	w := newWorld(2, 1, func(c *election.Config) { c.StartDelay, c.Starter = vtime.Minute, 1 }).start()
	require.Equal(t, []call{{1, vtime.Time(0).Add(vtime.Minute)}}, w.calls)
}

func TestOthersStandInForAStarterOrARestarterThatIsDead(t *testing.T) {
	w := newWorld(5, 2, nil)
	w.dead[0] = true // the starter and restarter
	w.start()
	require.Equal(t, []actor.ID{4, 3}, w.winners())
	require.EqualValues(t, 1, w.calls[0].by)

	w = newWorld(5, 2, func(c *election.Config) { c.Starter = 1 })
	w.dead[0] = true // the restarter
	w.start()
	require.Equal(t, []actor.ID{4, 3}, w.winners())
}

func TestOneThatResignedDoesNotStandUntilAllSeatsAreTaken(t *testing.T) {
	w := newWorld(5, 1, func(c *election.Config) { c.Vacancy = election.Replace }).start()
	w.voters[4].StandDown()
	for id := range actor.ID(4) {
		w.voters[id].Remove(4)
		w.rules.Vacated(w.voters[id], seat{w, id})
	}
	w.run()
	require.Equal(t, []actor.ID{4, 3}, w.winners())
}
