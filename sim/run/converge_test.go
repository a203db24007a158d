package run_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/market"
	"souk/sim/scenario"
	"souk/sim/vtime"
)

// healBound is E3's bound with heartbeats to everybody: within dead_after and two
// heartbeats after the last trouble, every live leader was heard and every dead
// one missed by all; then each seat that is vacant, or wrongly held, takes an
// election, of two answer timeouts at most, and the interval to the next.
func healBound(seats int, dead, beat, interval, answer vtime.Duration) vtime.Duration {
	return dead + 2*beat + vtime.Duration(seats)*(interval+2*answer)
}

// agreed says whether all who are not down believe that the highest of them
// lead, and these do, and nobody else.
func agreed(h *market.Holding, seats int) error {
	highest := len(h.Views) - seats
	for _, v := range h.Views {
		if v.Leads != (int(v.Peer) >= highest) {
			return fmt.Errorf("peer %d leads: %v", v.Peer, v.Leads)
		}
		if len(v.Leaders) != seats {
			return fmt.Errorf("peer %d knows %v", v.Peer, v.Leaders)
		}
		for i, l := range v.Leaders {
			if int(l.ID) < highest || l != h.Views[0].Leaders[i] {
				return fmt.Errorf("peer %d believes %v, peer 0 %v", v.Peer, v.Leaders, h.Views[0].Leaders)
			}
		}
	}
	return nil
}

// Random crashes and partitions come and go; after the last one, everybody soon
// agrees that the highest ids lead.
func TestAfterTheHealTheHighestIDsLeadAndAllAgree(t *testing.T) {
	property.Check(t, 150, func(t *rapid.T) {
		var faults strings.Builder
		healed := 20 * vtime.Second
		for range rapid.IntRange(1, 5).Draw(t, "faults") {
			at := rapid.IntRange(3, 60).Draw(t, "at")
			lasting := rapid.IntRange(1, 30).Draw(t, "for")
			what := pick(t, "what",
				"crash: trader0", "crash: trader*", "crash: trader*, memory: lost", "crash: peer*, pick: one", "crash: peer0, memory: lost",
				"crash: [peer5, peer6], memory: lost", "crash: [peer6, peer7]", "crash: peer7", "crash: peer*, memory: lost",
				"partition: [[all], [trader0]]", "partition: [[all], [trader*]]", "partition: [[peer0..peer3], [peer4..peer7]]",
				"partition: [[peer0, peer2, peer4, peer6], [peer1, peer3, peer5, peer7]]", "partition: [[peer7], [peer6], [peer0..peer5]]")
			fmt.Fprintf(&faults, "  - {at: %ds, for: %ds, %s}\n", at, lasting, what)
			healed = max(healed, vtime.Duration(at+lasting)*vtime.Second)
		}
		seats := rapid.IntRange(1, 3).Draw(t, "seats")
		const dead, beat = 4 * vtime.Second, vtime.Second
		interval := vtime.Duration(rapid.IntRange(0, 5).Draw(t, "interval")) * vtime.Second
		answer := vtime.Duration(rapid.IntRange(500, 2000).Draw(t, "answer")) * vtime.Millisecond
		src := fmt.Sprintf(`version: 1
run: {seed: %d, time_limit: %v}
peers: {roles: alternating, buyers: {count: 4, start: 1h}, sellers: {count: 4}}
network: {delay: %s}
traders:
  count: %d
  heartbeat: {every: %v, dead_after: %v, to: everybody}
  election: {vacancy: replace, preempt: true, interval: %v, answer_timeout: %v}
  fencing: %s
faults:
%s`, rapid.IntRange(1, 1000).Draw(t, "seed"), healed+healBound(seats, dead, beat, interval, answer), pick(t, "delay", "1ms", "{uniform: {min: 1ms, max: 100ms}}"),
			seats, beat, dead, interval, answer, pick(t, "fencing", "true", "false"), faults.String())
		doc, problems := scenario.Read("heal.yaml", []byte(src), nil)
		require.NoError(t, problems.Err())
		play := doc.Config.Play()
		_, err := play.Run()
		require.NoError(t, err)
		h := market.Holding{Closely: true}
		play.Audit(&h)
		if err := agreed(&h, seats); err != nil {
			t.Fatalf("%v\n%s", err, src)
		}
	})
}
