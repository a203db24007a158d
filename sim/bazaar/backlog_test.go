package bazaar

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/vtime"
)

// Ten deposits of ten seconds each, three at a time: the last is done after
// forty seconds, and never are more than three under way.
func TestTheWarehouseServesSoManyAtOnce(t *testing.T) {
	c := newCounter(func(cfg *Config) { cfg.Warehouse.Parallel = 3 })
	for n := range uint32(10) {
		c.hand(roy, deposit(sam, n+1, 1))
	}
	require.False(t, c.Quiet(everybody))
	done := map[vtime.Duration]int{}
	for c.wait() {
		done[c.now.Sub(0)]++
	}
	require.True(t, c.Quiet(everybody))
	require.Equal(t, map[vtime.Duration]int{
		10 * vtime.Second: 3, 20 * vtime.Second: 3, 30 * vtime.Second: 3, 40 * vtime.Second: 1,
	}, done)

	underWay, most := 0, 0
	for _, f := range c.facts {
		switch f.Kind {
		case market.WorkBegan:
			underWay++
			require.EqualValues(t, underWay, f.N)
		case market.WorkEnded:
			underWay--
			require.EqualValues(t, underWay, f.N)
		}
		most = max(most, underWay)
	}
	require.Equal(t, 3, most)
	require.Zero(t, underWay)
}

func TestWhoComesFirstIsServedFirst(t *testing.T) {
	c := newCounter(nil)
	handed := uint32(0)
	hand := func(n int) {
		for range n {
			handed++
			c.hand(roy, deposit(sam, handed, 1))
		}
	}
	// The backlog grows while it is in the middle of its ring.
	hand(12)
	for range 9 {
		c.wait()
	}
	hand(40)
	for range 30 {
		c.wait()
	}
	hand(70)
	for c.wait() {
	}
	require.Len(t, c.sends, int(handed))
	for i, s := range c.sends {
		require.EqualValues(t, i+1, s.Msg.Number)
	}
	require.EqualValues(t, handed, c.onHand(salt))
}

// A read takes a second, a write ten; a Ship that must look for an offer reads
// and writes.
func TestHowLongAnOperationTakes(t *testing.T) {
	known := ship(ann, 1, 1, 1)
	known.Row, known.Flags = 0, FromCache
	for _, op := range []struct {
		m     Message
		takes vtime.Duration
	}{
		{deposit(sam, 1, 10), 10 * vtime.Second},
		{known, 10 * vtime.Second},
		{ship(ann, 1, 1, 1), 11 * vtime.Second},
		{Message{Kind: Read, Item: salt, Qty: 1}, vtime.Second},
		{Message{Kind: Pull}, vtime.Second},
	} {
		c := newCounter(nil)
		c.ask(roy, op.m)
		require.Equal(t, op.takes, c.now.Sub(0), "%v", op.m.Kind)
	}
}

// A crash takes the operations that wait or are under way, and nothing else.
func TestTheWarehouseKeepsItsBooksOverACrash(t *testing.T) {
	c := newCounter(nil)
	c.ask(roy, deposit(sam, 1, 10))
	shipped := c.ask(roy, ship(ann, 1, 1, 3))
	c.hand(roy, ship(ann, 2, 1, 1))
	c.hand(roy, ship(ann, 3, 1, 1))
	require.False(t, c.Quiet(everybody))
	c.Reboot(c.warehouseID(), false)
	c.alarms = nil // a crash kills timers
	require.True(t, c.Quiet(everybody))
	require.EqualValues(t, 7, c.onHand(salt))

	again := c.ask(roy, ship(ann, 1, 1, 3))
	require.Equal(t, Again, again.Flags)
	require.Equal(t, shipped.Qty, again.Qty)
	require.Equal(t, Shipped, c.ask(roy, ship(ann, 2, 1, 1)).Kind)
	require.EqualValues(t, 6, c.onHand(salt))
}

func TestAPullBringsTheWholeStock(t *testing.T) {
	c := newCounter(nil)
	c.ask(roy, deposit(sam, 1, 10))
	c.ask(roy, deposit(sue, 1, 4))
	pulled := c.ask(ray, Message{Kind: Pull})
	require.Equal(t, Snapshot, pulled.Kind)
	require.Equal(t, []market.Stock{
		{Row: 0, Offer: market.Offer{Count: 10, Stamp: 101, Price: 500}},
		{Row: 4, Offer: market.Offer{Count: 4, Stamp: 101, Price: 500}},
	}, *pulled.Rows)
	// The buffer is free again once the reader gave it back, and not before.
	other := c.ask(ray, Message{Kind: Pull})
	require.NotSame(t, pulled.Rows, other.Rows)
	c.giveBack(pulled.Rows)
	require.Same(t, pulled.Rows, c.ask(ray, Message{Kind: Pull}).Rows)
}

func TestStepsTickTheLamportClock(t *testing.T) {
	c := newCounter(nil)
	m := deposit(sam, 1, 1)
	m.Clock = 40
	c.hand(roy, m)
	c.wait()
	require.EqualValues(t, 42, c.sends[0].Msg.Clock, "past the sender's, and once more for the timer")
	require.Equal(t, actor.ID(roy), c.sends[0].To)
}

func everybody(actor.ID) bool { return true }
