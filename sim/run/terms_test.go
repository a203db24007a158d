package run_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/scenario"
	"souk/sim/vtime"
)

// outcome is who leads in whose eyes when a run without any trade ends.
func outcome(t *testing.T, traders, network, faults string, lasts vtime.Duration, o ...market.Observer) *market.Holding {
	t.Helper()
	src := fmt.Sprintf(`version: 1
run: {time_limit: %v}
peers: {roles: alternating, buyers: {count: 4, start: 1h}, sellers: {count: 4}}
network: %s
traders: %s
faults: %s
`, lasts, network, traders, faults)
	doc, problems := scenario.Read("terms.yaml", []byte(src), nil)
	require.NoError(t, problems.Err())
	play := doc.Config.Play()
	_, err := play.Run(o...)
	require.NoError(t, err)
	h := &market.Holding{Closely: true}
	play.Audit(h)
	return h
}

// believed returns whom a peer believes to lead.
func believed(h *market.Holding, peer actor.ID) (ids []actor.ID) {
	for _, l := range h.Views[peer].Leaders {
		ids = append(ids, l.ID)
	}
	return ids
}

func leaders(h *market.Holding) (ids []actor.ID) {
	for _, v := range h.Views {
		if v.Leads {
			ids = append(ids, v.Peer)
		}
	}
	return ids
}

// The highest peer is down when the others elect, and comes back without a seat.
// The bully takes its place; who does not preempt waits for a vacancy.
func TestAHigherPeerTakesTheSeatOfALowerOne(t *testing.T) {
	const faults = `[{at: 1s, for: 59s, crash: peer7}]`
	for _, mode := range []string{"sequential", "at-once"} {
		h := outcome(t, `{count: 2, election: {mode: `+mode+`}}`, `{delay: 2ms}`, faults, 2*vtime.Minute)
		require.Equal(t, []actor.ID{5, 6}, leaders(h), mode)
		h = outcome(t, `{count: 2, election: {mode: `+mode+`, preempt: true}}`, `{delay: 2ms}`, faults, 2*vtime.Minute)
		require.Equal(t, []actor.ID{6, 7}, leaders(h), mode)
		for id := range actor.ID(8) {
			require.ElementsMatch(t, []actor.ID{6, 7}, believed(h, id), mode)
		}
	}
}

// The winner crashes in the middle of its announcement: who has a lower id knows,
// who has a higher one does not. At once, all know.
func TestACrashCutsAnAnnouncementShort(t *testing.T) {
	const faults = `[{at: 4500ms, crash: peer7}]`
	told := func(gap string) (ids []actor.ID) {
		h := outcome(t, `{count: 1, election: {starter: 6, answer_timeout: 30s, announce_gap: `+gap+`}, heartbeat: {dead_after: 10m}}`,
			`{delay: 2ms}`, faults, 20*vtime.Second)
		for id := range actor.ID(7) {
			if len(believed(h, id)) > 0 {
				ids = append(ids, id)
			}
		}
		return ids
	}
	require.Equal(t, []actor.ID{0, 1, 2, 3, 4, 5, 6}, told("0s"))
	require.Equal(t, []actor.ID{0, 1, 2, 3, 4}, told("110ms"))
}

// seatings notes the claim that each peer believes, and counts how often an older
// one took its place.
type seatings struct {
	terms map[actor.ID]uint32
	back  int
}

func (*seatings) Wants() []market.Kind {
	return []market.Kind{market.Recognised, market.Bereaved, market.Suspected, market.Elected, market.Returned}
}

func (s *seatings) Observe(f *market.Fact) error {
	if f.Kind == market.Recognised && f.Term < s.terms[f.Actor] {
		s.back++
	}
	s.terms[f.Actor] = f.Term
	return nil
}

// A leader falls silent and is replaced while news of its own takes long: late
// victories win only where terms do not count.
func TestALateVictoryWinsOnlyWithoutTerms(t *testing.T) {
	back := func(terms string) int {
		total := 0
		for seed := range 5 {
			s := &seatings{terms: map[actor.ID]uint32{}}
			outcome(t, `{count: 1, heartbeat: {dead_after: 2s, to: everybody}, election: {vacancy: replace, preempt: true, terms: `+terms+`, answer_timeout: 3s, announce_gap: 300ms}}`,
				fmt.Sprintf(`{delay: {exponential: {mean: %dms}}}`, 500+seed), `[{at: 20s, every: 13s, for: 5s, crash: peer7}]`, 5*vtime.Minute, s)
			total += s.back
		}
		return total
	}
	require.Zero(t, back("true"))
	require.Greater(t, back("false"), 5)
}

// calls counts who calls elections.
type calls struct{ by map[actor.ID]int }

func (*calls) Wants() []market.Kind { return []market.Kind{market.ElectionStarted} }

func (c *calls) Observe(f *market.Fact) error {
	if f.At > vtime.Time(0).Add(vtime.Minute) {
		c.by[f.Actor]++
	}
	return nil
}

// The only trader dies. Whoever is told by nobody notices nothing until it wants
// something; with heartbeats to everybody, everybody notices, and calls.
func TestEverybodyNoticesSilenceAndCalls(t *testing.T) {
	for to, want := range map[string]int{"traders": 0, "everybody": 7} {
		c := &calls{by: map[actor.ID]int{}}
		h := outcome(t, `{count: 1, heartbeat: {to: `+to+`}, election: {vacancy: replace}}`, `{delay: 2ms}`,
			`[{at: 60s, crash: trader0}]`, 2*vtime.Minute, c)
		require.Len(t, c.by, want, to)
		if want > 0 {
			require.Equal(t, []actor.ID{6}, believed(h, 0))
		}
	}
}
