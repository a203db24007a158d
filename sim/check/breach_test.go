package check_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/check"
	"souk/sim/market"
)

func TestAPlantedBreachIsNamed(t *testing.T) {
	for _, c := range []struct {
		id, how string
		story   story
	}{
		{"G1", "a unit vanishes from the shelf", story{
			facts: marketDay(), tamper: func(b *books) { b.onHand[salt]-- },
		}},
		{"G1", "a unit appears on a shelf that nobody filled", story{
			facts: marketDay(), tamper: func(b *books) { b.onHand[boar]++ },
		}},
		{"G2", "three are taken of two", story{facts: facts(deposit(2), wish(ann, 1), sold(ann, 1, 3))}},
		{"G2", "the warehouse itself says that it is below 0", story{facts: facts(
			deposit(2), wish(ann, 1), with(sold(ann, 1, 2), func(f *market.Fact) { f.N = -1 }),
		)}},
		{"G2", "nothing is shipped, as a sale", story{facts: facts(deposit(2), wish(ann, 1), sold(ann, 1, 0))}},
		{"G2", "a unit is delivered that was never shipped", story{facts: facts(
			deposit(9), wish(ann, 1), sold(ann, 1, 2), bought(ann, 1, 3),
		)}},

		{"M1", "the warehouse lost the seller's account and all after it", story{
			facts: marketDay(), tamper: func(b *books) { b.balance = b.balance[:sam] },
		}},
		{"M2", "a sale at another price than the offer's", story{facts: facts(
			deposit(2), wish(ann, 1), with(sold(ann, 1, 2), func(f *market.Fact) { f.Amount -= 100; f.Cut -= 20 }),
		)}},
		{"M2", "a sale of what nobody offered", story{facts: facts(
			deposit(2), wish(ann, 1), with(sold(ann, 1, 2), func(f *market.Fact) { f.Peer = bob }),
		)}},
		{"M2", "the trader keeps a cent too much", story{facts: facts(
			deposit(2), wish(ann, 1), with(sold(ann, 1, 2), func(f *market.Fact) { f.Cut++ }),
		)}},
		{"M2", "a cent of the seller's is in the trader's account", story{
			facts: marketDay(), tamper: func(b *books) { b.balance[sam]--; b.balance[tim]++ },
		}},

		{"R1", "a request number comes twice", story{facts: facts(wish(ann, 1), wish(ann, 1))}},
		{"R1", "a request number comes again after its end", story{facts: facts(
			wish(ann, 1), ended(ann, 1, market.TimedOut), wish(ann, 1),
		)}},
		{"R1", "a buyer issues another's request", story{facts: facts(
			with(wish(ann, 1), func(f *market.Fact) { f.Actor = bob }),
		)}},
		{"R1", "a request ends twice", story{facts: facts(
			wish(ann, 1), ended(ann, 1, market.TimedOut), ended(ann, 1, market.RejectedOutOfStock),
		)}},
		{"R1", "a request ends that nobody issued", story{facts: facts(ended(ann, 1, market.TimedOut))}},
		{"R1", "a request ends as live", story{facts: facts(wish(ann, 1), ended(ann, 1, market.Live))}},

		{"R2", "a buyer stopped waiting and said nothing", story{
			facts: facts(wish(ann, 1)), now: 10_000_000_001, stuck: true, endless: true,
		}},
		{"R3", "a buyer still waits after the drain", story{facts: facts(wish(ann, 1)), stuck: true}},
		{"R3", "a buyer that came back still waits", story{stuck: true, facts: facts(
			wish(ann, 1), about(market.Crashed, ann), about(market.Restarted, ann),
		)}},

		{"O1", "two were shipped, three are reported", story{facts: facts(
			deposit(9), wish(bob, 1), sold(bob, 1, 2), wish(ann, 1), sold(ann, 1, 2), bought(ann, 1, 3),
		)}},
		{"O1", "a purchase is reported that was never shipped", story{facts: facts(
			deposit(9), wish(bob, 1), sold(bob, 1, 2), wish(ann, 1), bought(ann, 1, 2),
		)}},

		{"O2", "the warehouse refuses what a cache accepted", story{facts: facts(
			wish(ann, 1), with(refused(ann, 1), func(f *market.Fact) { f.N = 1 }),
		)}},
		{"O2", "a promise is revoked", story{facts: facts(about(market.Revoked, ann))}},
		{"O2", "a cache refuses on its own", story{facts: facts(about(market.Denied, tim))}},

		{"E1", "a term is won twice", story{facts: facts(elected(tim, 0, 1), elected(tim, 1, 1))}},
		{"E1", "a seat too many", story{facts: facts(elected(tim, 0, 1), elected(tom, 2, 2))}},
		{"E1", "a seat below the first", story{facts: facts(elected(tim, -1, 1))}},

		{"T1", "a crashed trader's request is left behind", story{facts: facts(
			wish(ann, 1), queued(ann, 1, tim), about(market.Crashed, tim), about(market.Crashed, ann),
		)}},
		{"T2", "a request is shipped twice", story{facts: facts(
			deposit(9), wish(ann, 1), sold(ann, 1, 2), sold(ann, 1, 2),
		)}},
		{"T2", "a request is shipped again after its end", story{facts: facts(
			deposit(9), wish(ann, 1), sold(ann, 1, 2), bought(ann, 1, 2), sold(ann, 1, 2),
		)}},
	} {
		t.Run(c.id+" "+c.how, func(t *testing.T) { requireBreach(t, c.id, c.story) })
	}
}

// A sale is judged when it is made, not when the accounts are counted: the
// breach says what was wrong with it.
func TestAWrongSaleSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		change func(*market.Fact)
		detail string
	}{
		{func(f *market.Fact) { f.Cut++ }, "request 0#1: the trader kept 2.01 $ of 10.00 $, not 2.00 $"},
		{func(f *market.Fact) { f.Amount -= 100 }, "request 0#1 paid 9.00 $ for goods offered at 10.00 $"},
	} {
		_, err := tell(story{facts: facts(deposit(2), wish(ann, 1), with(sold(ann, 1, 2), c.change))})
		require.EqualError(t, err, "invariant M2 broken: "+c.detail)
	}
}

// A checker compares its books during a run, and not at the end alone, so that
// a breach is named near the event that caused it.
func TestTheBooksAreRecountedDuringTheRun(t *testing.T) {
	cheat := newBooks()
	goods := check.All(check.Setting{Name: name, Actors: int(actors), Items: int(items), Auditor: cheat})[0]
	f := deposit(1)
	cheat.follow(&f)
	require.NoError(t, goods.Observe(&f))
	f.N++
	require.NoError(t, goods.(market.Recounter).Recount(0))
	require.NoError(t, goods.Observe(&f)) // a deposit that never reaches the shelf
	require.ErrorContains(t, goods.(market.Recounter).Recount(0), "invariant G1 broken: item 0:")
}

func TestARefusalThatIsHonestBreaksNothing(t *testing.T) {
	v := verdicts(t, story{facts: facts(refused(ann, 1))})["O2"]
	require.Equal(t, check.Holds, v.State)
	require.EqualValues(t, 1, v.Checks)
}
