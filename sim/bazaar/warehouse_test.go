package bazaar

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/bazaar/cache"
	"souk/sim/market"
	"souk/sim/peers"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// The cast of the warehouse's stories: two buyers, two sellers, and two buyers
// that became traders.
const (
	ann actor.ID = iota
	bob
	sam
	sue
	roy
	ray
)

const (
	salt market.Item = iota
	boar
	fish
)

// counter is where one talks to the warehouse: it hands messages in, lets time
// pass and collects what the warehouse says.
type counter struct {
	*Bazaar
	now    vtime.Time
	alarms []alarm
	facts  []market.Fact
	sends  []actor.Send[Message]
}

type alarm struct {
	at    vtime.Time
	timer actor.Timer
}

func newCounter(change func(*Config)) *counter {
	cfg := Config{
		Config: peers.Config{
			Items: []string{"salt", "boar", "fish"},
			Roles: peers.Roles{List: []string{"buyer", "buyer", "salt", "boar", "buyer", "buyer"}},
		},
		Traders: TraderConfig{
			Count: 2, Commission: market.Whole / 5, Cache: cache.Config{Mode: cache.Pull},
		},
		Warehouse: WarehouseConfig{
			Read: rng.Constant(float64(vtime.Second)), Write: rng.Constant(float64(10 * vtime.Second)), Parallel: 1,
		},
	}
	if change != nil {
		change(&cfg)
	}
	return &counter{Bazaar: New(cfg)}
}

func (c *counter) step(in Input) {
	var out Outbox
	in.Self, in.Now = c.warehouseID(), c.now
	c.Step(&in, &out)
	c.facts = append(c.facts, out.Facts...)
	c.sends = append(c.sends, out.Sends...)
	for _, w := range out.Wakes {
		c.alarms = append(c.alarms, alarm{c.now.Add(w.After), w.Timer})
	}
}

// hand gives the warehouse a message and does not wait.
func (c *counter) hand(from actor.ID, m Message) {
	c.step(Input{Trigger: actor.Receive, From: from, Msg: &m})
}

// wait lets time pass until the next operation is done, if there is one.
func (c *counter) wait() bool {
	if len(c.alarms) == 0 {
		return false
	}
	next := slices.MinFunc(c.alarms, func(a, b alarm) int { return int(a.at - b.at) })
	c.alarms = slices.DeleteFunc(c.alarms, func(a alarm) bool { return a == next })
	c.now = next.at
	c.step(Input{Trigger: actor.Timeout, Timer: next.timer})
	return true
}

// ask gives the warehouse a message and waits for the answer.
func (c *counter) ask(from actor.ID, m Message) Message {
	c.hand(from, m)
	for c.wait() {
	}
	answer := c.sends[len(c.sends)-1]
	if answer.To != from {
		panic("the answer went elsewhere")
	}
	answer.Msg.Clock = 0
	return answer.Msg
}

func (c *counter) lastFact() market.Fact { return c.facts[len(c.facts)-1] }

func (c *counter) onHand(item market.Item) int64 {
	var h market.Holding
	c.Audit(&h)
	return h.OnHand[item]
}

// deposit is a seller's number-th deposit of its own item, at $5, by roy.
func deposit(seller actor.ID, number uint32, qty int32) Message {
	return Message{
		Kind: Store, Seller: seller, Item: market.Item(seller - sam), Number: number, Qty: qty,
		Price: 5 * market.Dollar, Stamp: uint64(100 + number),
	}
}

// order asks for units of salt; the buyer says that all below done are over.
func ship(buyer actor.ID, number, done uint32, qty int32) Message {
	return Message{
		Kind: Ship, Request: market.NewRequestID(buyer, number), Number: done, Item: salt, Qty: qty, Row: market.NoRow,
	}
}

func TestARepeatedShipTakesEffectOnceAndIsAnsweredTheSame(t *testing.T) {
	c := newCounter(nil)
	c.ask(roy, deposit(sam, 1, 10))
	first := c.ask(roy, ship(ann, 1, 1, 3))
	require.Equal(t, Shipped, first.Kind)
	require.Equal(t, []any{int32(3), sam, 15 * market.Dollar}, []any{first.Qty, first.Seller, first.Price})
	require.EqualValues(t, 7, c.onHand(salt))

	// Another trader asks, after more came in: the price is the one of then.
	c.ask(roy, deposit(sam, 2, 10))
	again := c.ask(ray, ship(ann, 1, 1, 3))
	require.Equal(t, market.Replayed, c.lastFact().Kind)
	require.Equal(t, Again, again.Flags)
	again.Flags, again.Count, first.Count = 0, 0, 0
	require.Equal(t, first, again)
	require.EqualValues(t, 17, c.onHand(salt))

	refused := c.ask(roy, ship(bob, 1, 1, 99))
	require.Equal(t, Refused, refused.Kind)
	c.ask(roy, deposit(sam, 3, 99))
	again = c.ask(roy, ship(bob, 1, 1, 99))
	require.Equal(t, Refused, again.Kind, "a refusal stands, even if there are goods by now")
	require.Equal(t, refused.Outcome, again.Outcome)
}

func TestAShipOfARequestThatIsOverIsRefused(t *testing.T) {
	c := newCounter(nil)
	c.ask(roy, deposit(sam, 1, 10))
	c.ask(roy, ship(ann, 1, 1, 1))
	c.ask(roy, ship(ann, 2, 1, 1))
	known := func(number uint32) bool {
		_, known := c.warehouse.receipts.Find(market.NewRequestID(ann, number))
		return known
	}
	require.True(t, known(1) && known(2))
	c.ask(roy, ship(ann, 5, 5, 1))
	require.True(t, known(5) && !known(1) && !known(2), "what is over is forgotten")

	for _, number := range []uint32{1, 3, 4} { // known once, never seen, just below
		late := c.ask(ray, ship(ann, number, 1, 1))
		require.Equal(t, Refused, late.Kind)
		require.Equal(t, market.Cancelled, late.Outcome)
		require.Equal(t, Again, late.Flags)
		require.Equal(t, market.Replayed, c.lastFact().Kind)
	}
	require.Equal(t, Again, c.ask(ray, ship(ann, 5, 5, 1)).Flags, "5 itself is not over")
	require.EqualValues(t, 7, c.onHand(salt))
	require.Equal(t, Shipped, c.ask(roy, ship(bob, 1, 1, 1)).Kind, "bob's are his own")
}

// Two traders read 10 and each writes that there are 9 left: an update is lost.
func TestAbsoluteWritesLoseAnUpdateAndRelativeOnesDoNot(t *testing.T) {
	for _, absolute := range []bool{true, false} {
		c := newCounter(nil)
		c.ask(roy, deposit(sam, 1, 10))
		for _, trader := range []actor.ID{roy, ray} {
			read := c.ask(trader, Message{Kind: Read, Item: salt, Qty: 1})
			require.Equal(t, ReadReply, read.Kind)
			require.EqualValues(t, 10, read.Count)
		}
		for trader, buyer := range map[actor.ID]actor.ID{roy: ann, ray: bob} {
			m := ship(buyer, 1, 1, 1)
			if absolute {
				m.Row, m.Flags, m.Count = 0, SetCount, 9
			}
			require.Equal(t, Shipped, c.ask(trader, m).Kind)
		}
		require.EqualValues(t, 8, c.onHand(salt))
		record := c.ask(roy, Message{Kind: Read, Item: salt, Qty: 1}).Count
		if absolute {
			require.EqualValues(t, 9, record)
		} else {
			require.EqualValues(t, 8, record)
		}
	}
}

// The record says 9, the goods are gone: an absolute write is refused.
func TestGoodsThatAreOnlyInTheRecordAreNotShipped(t *testing.T) {
	c := newCounter(nil)
	c.ask(roy, deposit(sam, 1, 2))
	m := ship(ann, 1, 1, 2)
	m.Row, m.Flags, m.Count = 0, SetCount, 1
	require.Equal(t, Shipped, c.ask(roy, m).Kind)
	m.Request = market.NewRequestID(ann, 2)
	require.Equal(t, market.RejectedStale, c.ask(roy, m).Outcome)
	require.Zero(t, c.onHand(salt))
}

func TestADepositIsStoredOnce(t *testing.T) {
	c := newCounter(nil)
	require.Equal(t, market.Deposited, func() market.Kind { c.ask(roy, deposit(sam, 1, 10)); return c.lastFact().Kind }())
	stored := c.ask(ray, deposit(sam, 1, 10))
	require.Equal(t, market.DepositRepeated, c.lastFact().Kind)
	require.Equal(t, Stored, stored.Kind)
	require.EqualValues(t, 10, stored.Count)
	c.ask(roy, deposit(sam, 3, 1))
	c.ask(roy, deposit(sam, 2, 50)) // overtaken by the next: given up by its seller
	require.EqualValues(t, 11, c.onHand(salt))
	c.ask(roy, deposit(sue, 1, 4))
	require.EqualValues(t, 4, c.onHand(boar))
}

func TestWhyItRefuses(t *testing.T) {
	c := newCounter(nil)
	c.ask(roy, deposit(sam, 1, 2))
	trusted := ship(ann, 1, 1, 5)
	trusted.Row, trusted.Flags = 0, FromCache
	unknown := ship(ann, 3, 1, 1)
	unknown.Item = fish
	for _, r := range []struct {
		m       Message
		outcome market.Outcome
		n       int64
	}{
		{trusted, market.RejectedStale, 1},
		{ship(ann, 2, 1, 5), market.RejectedOutOfStock, 0},
		{unknown, market.RejectedNotOffered, 0},
	} {
		require.Equal(t, r.outcome, c.ask(roy, r.m).Outcome)
		require.Equal(t, r.outcome, c.lastFact().Outcome)
		require.Equal(t, r.n, c.lastFact().N)
	}
	require.EqualValues(t, 2, c.onHand(salt))
}

func TestASaleMovesTheWholePriceAtOnce(t *testing.T) {
	c := newCounter(nil)
	c.ask(roy, deposit(sam, 1, 10))
	c.ask(roy, ship(ann, 1, 1, 3))
	var h market.Holding
	c.Audit(&h)
	require.Equal(t, []market.Money{-1500, 0, 1200, 0, 300, 0, 0, 0}, h.Balance)
	sold := c.lastFact()
	require.Equal(t, []market.Money{1500, 300}, []market.Money{sold.Amount, sold.Cut})
	require.Equal(t, []any{market.Sold, sam, roy, int64(7)}, []any{sold.Kind, sold.Peer, sold.Trader, sold.N})
}

func TestAPartialOrderGetsWhatOneSellerHas(t *testing.T) {
	c := newCounter(func(cfg *Config) { cfg.Buyers.Fill = peers.Partial })
	c.ask(roy, deposit(sam, 1, 2))
	m := ship(ann, 1, 1, 5)
	m.Flags = WithStock
	answer := c.ask(roy, m)
	require.EqualValues(t, 2, answer.Qty)
	require.Equal(t, []market.Stock{{Row: 0, Offer: market.Offer{Stamp: 101, Price: 500}}}, *answer.Rows)
}
