package bazaar

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/market"
)

// suffer makes the warehouse misbehave at every operation, or never with no
// chance.
func (c *counter) suffer(what actor.Ailment, chance uint64) {
	c.step(Input{Trigger: actor.Afflict, Affliction: actor.Affliction{Ailment: what, Chance: chance}})
}

const always = math.MaxUint64

func delivering(d market.Delivery) func(*Config) {
	return func(cfg *Config) { cfg.Traders.Delivery = d }
}

// count says how often the warehouse stated a kind of fact.
func (c *counter) count(kind market.Kind) (n int) {
	for _, f := range c.facts {
		if f.Kind == kind {
			n++
		}
	}
	return n
}

func TestWithoutReceiptsARepeatedShipTakesEffectAgain(t *testing.T) {
	c := newCounter(delivering(market.AtLeastOnce))
	c.ask(roy, deposit(sam, 1, 10))
	require.Equal(t, Shipped, c.ask(roy, ship(ann, 1, 1, 3)).Kind)
	again := c.ask(ray, ship(ann, 1, 1, 3))
	require.Equal(t, []any{Shipped, Flags(0)}, []any{again.Kind, again.Flags})
	require.Equal(t, 2, c.count(market.Sold))
	require.EqualValues(t, 4, c.onHand(salt))
}

// At most once: the network's copy of a Ship is dropped unheard; a trader that
// asks again gets what it asks for, so it must not ask.
func TestACopyOfAShipIsDroppedByItsSequenceNumber(t *testing.T) {
	c := newCounter(delivering(market.AtMostOnce))
	c.ask(roy, deposit(sam, 1, 10))
	m := ship(ann, 1, 1, 3)
	m.Sequence = 1
	c.ask(roy, m)
	answers := len(c.sends)
	c.hand(roy, m)
	require.False(t, c.wait(), "it does not even take its time")
	require.Len(t, c.sends, answers)
	c.ask(ray, m)
	m.Sequence = 2
	c.ask(roy, m)
	require.Equal(t, 3, c.count(market.Sold), "another trader's number is another, and so is the next")
}

func TestADepositIsStoredAgainIfNumbersDoNotCount(t *testing.T) {
	c := newCounter(func(cfg *Config) { cfg.Warehouse.Twice = true })
	c.ask(roy, deposit(sam, 1, 10))
	c.ask(roy, deposit(sam, 1, 10))
	require.Equal(t, 2, c.count(market.Deposited))
	require.EqualValues(t, 20, c.onHand(salt))
}

func TestAnOperationFailsInEarnestOrOnlySeemsTo(t *testing.T) {
	c := newCounter(nil)
	c.ask(roy, deposit(sam, 1, 10))
	began := c.now
	c.suffer(actor.Errors, always)
	answer := c.ask(roy, ship(ann, 1, 1, 3))
	require.Equal(t, []any{Failed, market.NewRequestID(ann, 1)}, []any{answer.Kind, answer.Request})
	require.Greater(t, c.now, began, "it takes its time")
	require.Equal(t, []any{market.Failed, roy, int64(0)}, []any{c.lastFact().Kind, c.lastFact().Peer, c.lastFact().N})
	require.EqualValues(t, 10, c.onHand(salt))

	c.suffer(actor.Errors, 0)
	c.suffer(actor.LateErrors, always)
	require.Equal(t, Failed, c.ask(roy, ship(ann, 1, 1, 3)).Kind)
	require.EqualValues(t, 1, c.lastFact().N)
	require.EqualValues(t, 7, c.onHand(salt))
	require.Equal(t, Failed, c.ask(roy, Message{Kind: Pull}).Kind)
	require.Zero(t, c.lastFact().N, "a read has no effect")

	c.suffer(actor.LateErrors, 0)
	require.Equal(t, Again, c.ask(roy, ship(ann, 1, 1, 3)).Flags, "the receipt knows better")
	require.EqualValues(t, 7, c.onHand(salt))
}

func TestAStaleReadShowsTheStockOfWhenItFellIll(t *testing.T) {
	c := newCounter(nil)
	c.ask(roy, deposit(sam, 1, 10))
	then := c.ask(roy, Message{Kind: Pull})
	c.suffer(actor.StaleReads, always)
	m := ship(ann, 1, 1, 3)
	m.Flags = WithStock
	shipped := c.ask(roy, m)
	require.EqualValues(t, 7, shipped.Count, "what it does itself it knows")
	for _, stale := range []Message{shipped, c.ask(roy, Message{Kind: Pull})} {
		require.Equal(t, *then.Rows, *stale.Rows)
		require.Equal(t, then.Version, stale.Version)
	}
	require.EqualValues(t, 10, c.ask(roy, Message{Kind: Read, Item: salt, Qty: 1}).Count)

	c.suffer(actor.StaleReads, 0)
	now := c.ask(roy, Message{Kind: Pull})
	require.EqualValues(t, 7, (*now.Rows)[0].Count)
	require.Equal(t, then.Version+1, now.Version)
}

// One ailment more leaves the others' strikes where they were.
func TestAnAilmentDoesNotMoveAnother(t *testing.T) {
	strikes := func(also bool) (struck []bool) {
		c := newCounter(nil)
		c.suffer(actor.Errors, 1<<63)
		if also {
			c.suffer(actor.LateErrors, 1<<62)
		}
		for n := range uint32(50) {
			before := c.onHand(salt)
			c.ask(roy, deposit(sam, n+1, 1))
			struck = append(struck, c.onHand(salt) == before)
		}
		return struck
	}
	require.Equal(t, strikes(false), strikes(true))
	require.Contains(t, strikes(false), true)
	require.Contains(t, strikes(false), false)
}

func fenced(cfg *Config) { cfg.Traders.Fencing = true }

// in puts a seat and term on a write.
func in(slot int16, term uint32, m Message) Message {
	m.Slot, m.Term = slot, term
	return m
}

// Roy is slow and taken for dead; Ray bars his term and takes over.
func TestAWriteOfATermThatIsOverIsTurnedDown(t *testing.T) {
	c := newCounter(fenced)
	require.Equal(t, Stored, c.ask(roy, in(0, 3, deposit(sam, 1, 10))).Kind)
	require.Equal(t, Shipped, c.ask(roy, in(0, 3, ship(ann, 1, 1, 1))).Kind)
	require.Equal(t, 1, c.count(market.Barred), "a term that is seen bars those below")

	c.hand(roy, in(0, 3, ship(ann, 2, 1, 1))) // under way when the bar comes
	bar := in(0, 4, Message{Kind: Bar, Seller: roy, Holder: actor.None})
	c.hand(ray, bar)
	barred := c.sends[len(c.sends)-1]
	require.Equal(t, []any{ray, Barred, roy, uint32(4), actor.None},
		[]any{barred.To, barred.Msg.Kind, barred.Msg.Seller, barred.Msg.Term, barred.Msg.Holder}, "it is told at once")
	require.True(t, c.wait())
	turned := c.sends[len(c.sends)-1].Msg
	require.Equal(t, []any{Fenced, uint32(4), actor.None, market.NewRequestID(ann, 2)}, []any{turned.Kind, turned.Term, turned.Holder, turned.Request})
	require.Equal(t, market.Fenced, c.lastFact().Kind)
	require.Equal(t, []any{roy, uint32(3), int64(4)}, []any{c.lastFact().Peer, c.lastFact().Term, c.lastFact().N})
	require.EqualValues(t, 9, c.onHand(salt))

	require.Equal(t, Fenced, c.ask(roy, in(0, 3, deposit(sam, 2, 5))).Kind)
	require.Equal(t, Snapshot, c.ask(roy, Message{Kind: Pull}).Kind, "who only reads does no harm")
	require.Equal(t, Shipped, c.ask(ray, in(1, 1, ship(ann, 2, 1, 1))).Kind, "each seat has terms of its own")

	// Roy is back in a later term.
	require.Equal(t, Shipped, c.ask(roy, in(0, 5, ship(bob, 1, 1, 1))).Kind)
	c.hand(ray, bar)
	late := c.sends[len(c.sends)-1].Msg
	require.Equal(t, []any{uint32(5), actor.ID(roy)}, []any{late.Term, late.Holder}, "a bar that comes late tells who has the seat now")
	require.Equal(t, Shipped, c.ask(roy, in(0, 5, ship(bob, 2, 1, 1))).Kind)
	c.Reboot(c.warehouseID(), false)
	require.Equal(t, Fenced, c.ask(roy, in(0, 4, ship(bob, 3, 1, 1))).Kind, "it is on disk")

	// Two won the seat with one counter, and did not see each other: the higher id
	// counts, whoever comes first.
	low, high := min(roy, ray), max(roy, ray)
	require.Equal(t, Shipped, c.ask(low, in(0, 7, ship(bob, 3, 1, 1))).Kind)
	require.Equal(t, Shipped, c.ask(high, in(0, 7, ship(bob, 4, 1, 1))).Kind)
	turned = c.ask(low, in(0, 7, ship(bob, 5, 1, 1)))
	require.Equal(t, []any{Fenced, uint32(7), high}, []any{turned.Kind, turned.Term, turned.Holder})
	require.Equal(t, Shipped, c.ask(high, in(0, 7, ship(bob, 6, 1, 1))).Kind)
}

func TestTheStoreTurnsDownTheWritesOfATermThatIsOver(t *testing.T) {
	s := newQueues()
	s.gate = newGate(&TraderConfig{Count: 2, Fencing: true})
	hear := func(from actor.ID, m Message) MessageKind {
		var out Outbox
		s.step(&Input{Trigger: actor.Receive, From: from, Msg: &m}, &out)
		if len(out.Sends) == 0 {
			return Vote
		}
		return out.Sends[len(out.Sends)-1].Msg.Kind
	}
	require.Equal(t, Vote, hear(tim, in(0, 1, Message{Kind: Persist, Request: 1})))
	require.Equal(t, Barred, hear(tom, in(0, 2, Message{Kind: Bar, Seller: tim, Holder: actor.None})))
	require.Equal(t, Fenced, hear(tim, in(0, 1, Message{Kind: Persist, Request: 2})))
	require.Equal(t, Fenced, hear(tim, in(0, 1, Message{Kind: Forget, Request: 1})))
	require.Equal(t, Fenced, hear(tim, in(0, 1, Message{Kind: Inherit, Seller: tim})))
	require.Equal(t, 1, s.pending())
	require.Equal(t, Granted, hear(tom, in(1, 1, Message{Kind: Inherit, Seller: tim, ClaimTerm: 2})))

	// Tim is back in a later term: what he writes is his again, and a claim behind
	// the old fence, which was late, takes nothing from him.
	require.Equal(t, Barred, hear(tim, in(0, 3, Message{Kind: Bar, Seller: tim, Holder: tim})))
	require.Equal(t, Vote, hear(tim, in(0, 3, Message{Kind: Persist, Request: 3})), "it goes to no heir")
	require.Equal(t, Barred, hear(tom, in(1, 1, Message{Kind: Inherit, Seller: tim, ClaimTerm: 2})))
	require.Equal(t, Vote, hear(tim, in(0, 3, Message{Kind: Persist, Request: 4})))
	require.Equal(t, Granted, hear(tom, in(1, 1, Message{Kind: Inherit, Seller: tim, ClaimTerm: 4})), "behind a new fence it does")
}
