package metrics_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/metrics"
	"souk/sim/vtime"
)

// A row shows what held just before its time: the deposit at 1 s is first seen
// at 2 s.
func TestATimelineIsAStepFunction(t *testing.T) {
	var out bytes.Buffer
	m := metrics.New(metrics.Setting{Actors: int(actors), Items: len(wares)})
	timeline := metrics.NewTimeline(&out, m, vtime.Second, wares, metrics.Servers{Number: 2, Traders: true}, name)
	new(tale).elected(tim, 0).
		at(1).deposit(salt, 5).
		at(1.5).wish(ann, 1, 2).trader(market.Queued, tim, 0, ann, 1, 2).
		at(2).trader(market.Started, tim, 0, ann, 1, 2).say(market.Fact{Kind: market.WorkBegan, N: 1}).
		at(2.5).sold(tim, ann, 1, 2).trader(market.Finished, tim, 0, ann, 1, 2).bought(tim, ann, 1, 2, 1.5).
		say(market.Fact{Kind: market.WorkEnded}).
		at(3.5).wish(bob, 1, 9).failed(tim, bob, 1, market.RejectedOutOfStock).elected(tom, 1).
		at(4.5).happens(market.Crashed, tim).
		show(timeline, m)
	require.NoError(t, timeline.Flush(vtime.Time(0).Add(5*vtime.Second)))
	require.Equal(t, table(`
		time_s,issued,shipped,failed,live,warehouse_busy,stock_salt,stock_boar,trader0,queue0,busy0,trader1,queue1,busy1
		0,0,0,0,0,0,0,0,,0,0,,0,0
		1,0,0,0,0,0,0,0,tim,0,0,,0,0
		2,1,0,0,1,0,5,0,tim,1,0,,0,0
		3,1,1,0,0,0,3,0,tim,0,0,,0,0
		4,2,1,1,0,0,3,0,tim,0,0,tom,0,0
		5,2,1,1,0,0,3,0,,0,0,tom,0,0
	`), out.String())
}

func TestAQuietTimelineStillHasItsRows(t *testing.T) {
	var out bytes.Buffer
	m := metrics.New(metrics.Setting{Actors: int(actors), Items: len(wares)})
	timeline := metrics.NewTimeline(&out, m, 500*vtime.Millisecond, wares[:1], metrics.Servers{Traders: true}, name)
	require.NoError(t, timeline.Flush(vtime.Time(0).Add(vtime.Second)))
	require.Equal(t, table(`
		time_s,issued,shipped,failed,live,warehouse_busy,stock_salt
		0,0,0,0,0,0,0,0
		0.5,0,0,0,0,0,0,0
		1,0,0,0,0,0,0,0
	`), out.String())
}

// Rows come in the order in which requests end; those that never do come last.
func TestTheRequestLog(t *testing.T) {
	var out bytes.Buffer
	l := metrics.NewRequestLog(&out, metrics.New(metrics.Setting{Actors: 10, Items: 3}), wares, name)
	new(tale).
		at(1).wish(ann, 1, 2).
		at(1.25).trader(market.Queued, tim, 0, ann, 1, 2).trader(market.Accepted, tim, 0, ann, 1, 2).
		at(2).wish(bob, 1, 9).wish(ann, 2, 3).
		at(2.5).say(market.Fact{Kind: market.Retried, Request: market.NewRequestID(bob, 1)}).
		trader(market.Queued, tom, 1, bob, 1, 9).trader(market.Denied, tom, 1, bob, 1, 9).
		at(3).failed(tom, bob, 1, market.RejectedOutOfStock).
		at(3.5).sold(tim, ann, 1, 2).
		at(4).bought(tim, ann, 1, 2, 1).
		at(4.5).sold(tim, ann, 1, 2). // too late for the log
		at(5).wish(bob, 2, 1).trader(market.Asked, tim, 0, bob, 2, 1).
		at(6).failed(actor.None, bob, 2, market.TimedOut).
		show(l)
	require.NoError(t, l.Flush())
	require.Equal(t, table(`
		request,buyer,item,quantity,issued_s,queued_s,shipped_s,ended_s,tries,source,trader,seller,units,paid_usd,outcome
		1#1,bob,salt,9,2.000000,2.500000,,3.000000,2,cache,tom,,0,0.00,rejected_out_of_stock
		0#1,ann,salt,2,1.000000,1.250000,3.500000,4.000000,1,cache,tim,sam,2,2.00,fulfilled
		1#2,bob,salt,1,5.000000,,,6.000000,1,warehouse,,,0,0.00,timed_out
		0#2,ann,salt,3,2.000000,,,,1,,,,0,0.00,live
	`), out.String())
}

// failing is a writer on a full disk.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, bytes.ErrTooLarge }

func TestAFullDiskIsSaidAtTheEnd(t *testing.T) {
	m := metrics.New(metrics.Setting{Actors: int(actors), Items: len(wares)})
	require.ErrorIs(t, metrics.NewTimeline(failing{}, m, vtime.Second, wares, metrics.Servers{Number: 1, Traders: true}, name).Flush(0), bytes.ErrTooLarge)
	require.ErrorIs(t, metrics.NewRequestLog(failing{}, metrics.New(metrics.Setting{Actors: 10, Items: 3}), wares, name).Flush(), bytes.ErrTooLarge)
}
