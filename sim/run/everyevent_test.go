package run_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim"
	"souk/sim/market"
	"souk/sim/run"
	"souk/sim/scenario"
)

// smallBazaar has three traders, two buyers and a few requests that queue for one
// worker each, and goods for all of them.
const smallBazaar = `
version: 1
market: bazaar
run: {time_limit: 1m, stop: {issued: 6}, settle: 5s}
peers:
  list: [oil, buyer, buyer]
  items: [oil]
  buyers: {start: 6s, think: 100ms, outstanding: 2, answer_timeout: 5s, retries: 6}
  sellers: {restock: {quantity: 100}, sells: {change_every: 0s}, answer_timeout: 1s}
traders:
  count: 3
  from: staff
  settle: 100ms
  opening: 100ms
  election: {start_after: 100ms, interval: 500ms, answer_timeout: 200ms, vacancy: replace}
  heartbeat: {every: 500ms, dead_after: 1100ms}
  workers: 1
  service: 300ms
  ask_again: 500ms
network: {delay: 2ms, name_server: {lookup: 0s}}
faults: [{after_event: 1, crash: peer3, for: 3s}]
`

// Whichever trader crashes after whichever event, with its memory or without, and
// whether it is soon back or not before others have noticed: no invariant breaks,
// and every request gets its goods.
func TestACrashAfterAnyEventLosesNoRequest(t *testing.T) {
	doc, problems := scenario.Read("small.yaml", []byte(smallBazaar), nil)
	require.NoError(t, problems.Err())
	calm := doc.Config
	calm.World.Faults = nil
	whole, err := run.Once(&calm, run.Options{})
	require.NoError(t, err)
	events := whole.World.Events
	require.Greater(t, events, uint64(200))

	crashed, taken := 0, uint64(0)
	for _, trader := range []string{"peer3", "peer4", "peer5"} {
		for _, lost := range []bool{false, true} {
			for event := uint64(1); event <= events; event++ {
				cfg := doc.Config
				cfg.World.Faults = slices.Clone(doc.Config.World.Faults)
				plan := &cfg.World.Faults[0]
				plan.AfterEvent, plan.Amnesia = event, lost
				*plan.Actors(plan.Given()[0]) = []string{trader}
				report, err := run.Once(&cfg, run.Options{})
				require.NoError(t, err, "crash of %s after event %d, memory lost: %v", trader, event, lost)
				require.Equal(t, sim.Drained, report.World.End)
				counts := &report.Meter.Counts
				require.EqualValues(t, counts.Issued, counts.Outcomes[market.Fulfilled],
					"crash of %s after event %d, memory lost: %v", trader, event, lost)
				crashed++
				taken += counts.TakenOver
			}
		}
	}
	require.Positive(t, taken, "some crashes hit a queue")
	t.Log(events, crashed, taken)
}
