package run_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/market"
	"souk/sim/run"
	"souk/sim/scenario"
)

// What the market must live through. Each case once stopped the market for
// good, lost requests or sold in secret; after the last trouble it must go on
// selling to the end of its five minutes.
func TestTheMarketLivesThroughTrouble(t *testing.T) {
	const market = `version: 1
run: {seed: %d, time_limit: 5m}
peers: {roles: alternating, buyers: {count: 5, think: 1s}, sellers: {count: 5, restock: {quantity: 100}}}
traders: %s
faults: %s
`
	for _, c := range []struct{ trouble, traders, faults string }{
		{"the peer that calls the first election is dead", `{count: 2}`, `[{at: 1s, crash: peer2}]`},
		{"the peer that calls the second is dead", `{count: 2}`, `[{at: 5s, crash: peer0}]`},
		{"it only stumbles", `{count: 2}`, `[{at: 5s, for: 1s, crash: peer0}]`},
		{
			"the two traders take each other for dead",
			`{count: 2}`, `[{at: 60s, for: 10s, partition: [[trader0], [trader1]]}]`,
		},
		{
			"the only trader dies and is replaced",
			`{count: 1, workers: 1, service: 1500ms, election: {vacancy: replace}}`, `[{at: 60s, crash: trader0}]`,
		},
		{
			"everybody loses their memory at once",
			`{count: 2, election: {vacancy: replace}}`, `[{at: 60s, crash: "peer*", for: 1s, memory: lost}]`,
		},
		{
			"the queue store is out when a queue is claimed",
			`{count: 2, workers: 1, service: 1500ms}`, `[{at: 60s, crash: trader1}, {at: 64s, for: 3s, crash: store}]`,
		},
		{
			"a trader resigns and dies with jobs in hand",
			`{count: 3, service: 2s}`, `[{at: 60s, resign: trader0}, {at: 60500ms, crash: peer9}]`,
		},
		{
			"a trader crashes again and again, with goods promised",
			`{count: 2, workers: 4, service: 50ms, confirm: cached, cache: {on_zero: deny}}`,
			`[{at: 60s, every: 20s, for: 8s, crash: trader1}]`,
		},
		{
			"the survivor of a death stumbles while it rests, and forgets the rest",
			`{count: 2, takeover_pause: 10m}`, `[{at: 60s, crash: trader1}, {at: 70s, for: 2s, crash: trader0}]`,
		},
	} {
		t.Run(c.trouble, func(t *testing.T) {
			for seed := range 5 {
				src := fmt.Sprintf(market, seed, c.traders, c.faults)
				doc, problems := scenario.Read("trouble.yaml", []byte(src), nil)
				require.NoError(t, problems.Err())
				report, err := run.Once(&doc.Config, run.Options{})
				require.NoError(t, err)
				s := report.Summary()
				require.Zero(t, s.Requests.TimedOut, "seed %d", seed)
				require.Zero(t, s.Requests.Ghosts, "seed %d", seed)
				require.Zero(t, s.Requests.Live, "seed %d", seed)
				require.Less(t, s.Speed.Gap, 60.0, "seed %d: the market stood still", seed)
			}
		})
	}
}

// A survivor rests after each death that it announces. The second of two begins
// the rest anew: no sale from the first announcement, some five seconds after the
// crash at 60 s, to fifteen seconds after the second one.
func TestASecondDeathProlongsTheRest(t *testing.T) {
	src := `version: 1
run: {time_limit: 3m}
peers: {roles: alternating, buyers: {count: 5, demand: open-loop, arrivals: 500ms}, sellers: {count: 5}}
traders: {count: 3, takeover_pause: 15s, opening: 5s}
faults: [{at: 60s, crash: trader1}, {at: 70s, crash: trader2}]
`
	doc, problems := scenario.Read("rest.yaml", []byte(src), nil)
	require.NoError(t, problems.Err())
	report, err := run.Once(&doc.Config, run.Options{})
	require.NoError(t, err)
	s := report.Summary()
	require.InDelta(t, 75+15, s.Speed.GapFrom+s.Speed.Gap, 1)
}

// A trader that resigned buys or sells again like everybody else.
func TestAfterItsOfficeAPeerTradesAgain(t *testing.T) {
	src := `version: 1
run: {time_limit: 4m}
peers: {list: [buyer, fish, salt, buyer, buyer], buyers: {think: 1s}}
traders: {count: 2}
faults: [{at: 60s, resign: trader0}]
`
	doc, problems := scenario.Read("resign.yaml", []byte(src), nil)
	require.NoError(t, problems.Err())
	var trace lines
	_, err := run.Once(&doc.Config, run.Options{
		Trace: &trace, Filter: run.TraceFilter{Actors: []string{"buyer4"}, Groups: []string{"trade"}},
	})
	require.NoError(t, err)
	require.Greater(t, trace.count, 50, "buyer4 was trader0 until it resigned")
}

// A buyer that holds an office for a moment has no more requests under way
// afterwards than before: what it was thinking of when it was elected is void.
func TestAnOfficeDoesNotDoubleABuyersDemand(t *testing.T) {
	src := `version: 1
run: {time_limit: 20m}
peers: {list: [fish, salt, buyer, buyer, buyer], buyers: {think: 100s}}
traders: {count: 2, election: {vacancy: replace}}
faults: [{at: 60s, crash: peer4}, {at: 90s, resign: trader0}]
`
	doc, problems := scenario.Read("office.yaml", []byte(src), nil)
	require.NoError(t, problems.Err())
	var wishes lines
	report, err := run.Once(&doc.Config, run.Options{Requests: &wishes})
	require.NoError(t, err)
	var seated bool
	for _, turn := range report.Meter.Turns {
		seated = seated || turn.Who == 2 && turn.Kind == market.Resigned
	}
	require.True(t, seated, "buyer2 must have held the office for this to mean anything")
	require.LessOrEqual(t, wishes.count, 13+1, "one request in 100 s, and the header")
}

// lines counts the lines written to it.
type lines struct{ count int }

func (l *lines) Write(p []byte) (int, error) {
	for _, b := range p {
		if b == '\n' {
			l.count++
		}
	}
	return len(p), nil
}
