package run_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim"
	"souk/sim/actor"
	"souk/sim/bazaar"
	"souk/sim/market"
	"souk/sim/run"
	"souk/sim/scenario"
)

// ailing is a bazaar whose warehouse is ill from the start.
type ailing struct {
	*bazaar.Bazaar
	afflictions []actor.Affliction
}

func (a *ailing) Step(in *bazaar.Input, out *bazaar.Outbox) {
	a.Bazaar.Step(in, out)
	if in.Trigger == actor.Start && a.Name(in.Self) == "warehouse" {
		for _, ill := range a.afflictions {
			a.Bazaar.Step(&bazaar.Input{Trigger: actor.Afflict, Self: in.Self, Affliction: ill}, out)
		}
	}
}

// sicken builds a scenario's bazaar with a warehouse that is ill.
func sicken(c *scenario.Config, a ...actor.Affliction) *ailing {
	return &ailing{Bazaar: c.Play().System.(*bazaar.Bazaar), afflictions: a}
}

// effects counts what became of requests.
type effects struct {
	sold      map[market.RequestID]int
	fulfilled map[market.RequestID]bool
	outcomes  [market.Outcomes]int
	// failed counts failures, late those of requests that took effect.
	failed, late int
	abandoned    int
}

func (*effects) Wants() []market.Kind {
	return []market.Kind{market.Sold, market.Ended, market.Failed, market.Abandoned}
}

func (e *effects) Observe(f *market.Fact) error {
	switch f.Kind {
	case market.Sold:
		e.sold[f.Request]++
	case market.Ended:
		e.outcomes[f.Outcome]++
		e.fulfilled[f.Request] = f.Outcome == market.Fulfilled
	case market.Failed:
		e.failed++
		if f.Request != 0 {
			e.late += int(f.N)
		}
	case market.Abandoned:
		e.abandoned++
	}
	return nil
}

// duplicates counts the requests that took effect more than once, ghosts those
// that took effect although their buyers did not get to know.
func (e *effects) duplicates() (n int) {
	for _, times := range e.sold {
		if times > 1 {
			n++
		}
	}
	return n
}

func (e *effects) ghosts() (n int) {
	for request := range e.sold {
		if !e.fulfilled[request] {
			n++
		}
	}
	return n
}

// afflict runs a bazaar whose warehouse suffers from something at a quarter of its
// operations.
func afflict(t *testing.T, what actor.Ailment, delivery string) *effects {
	t.Helper()
	src := `version: 1
run: {time_limit: 5m}
peers: {buyers: {count: 5, think: 1s}, sellers: {count: 5, restock: {quantity: 100}}}
traders: {cache: {mode: off}, delivery: ` + delivery + `}
`
	doc, problems := scenario.Read("ailing.yaml", []byte(src), nil)
	require.NoError(t, problems.Err())
	c := &doc.Config
	sick := sicken(c, actor.Affliction{Ailment: what, Chance: 1 << 62})
	e := &effects{sold: map[market.RequestID]int{}, fulfilled: map[market.RequestID]bool{}}
	result, err := sim.New[bazaar.Message](c.World, sick, e).Run()
	require.NoError(t, err)
	require.Equal(t, sim.Drained, result.End)
	require.Greater(t, e.failed, 50)
	require.Greater(t, len(e.sold), 300)
	return e
}

// An error after the fact is the hard case: the sale is done, and the trader is
// told that it failed.
func TestLateErrorsMakeDuplicatesOrGhostsOrNothing(t *testing.T) {
	once := afflict(t, actor.LateErrors, "exactly-once")
	require.Zero(t, once.duplicates())
	require.Zero(t, once.ghosts())
	require.Zero(t, once.abandoned)

	least := afflict(t, actor.LateErrors, "at-least-once")
	require.Greater(t, least.duplicates(), 50)
	require.Zero(t, least.ghosts())
	require.Zero(t, least.abandoned)

	most := afflict(t, actor.LateErrors, "at-most-once")
	require.Zero(t, most.duplicates())
	require.Equal(t, most.late, most.ghosts(), "each that took effect is one that its buyer knows nothing of")
	require.Equal(t, most.abandoned, most.outcomes[market.Lost])
	require.Greater(t, most.abandoned, 50)
}

// An error without effect does no harm where it is repeated, and makes losses,
// not ghosts, where it is not.
func TestErrorsWithoutEffectAreRepeatedOrLost(t *testing.T) {
	for _, delivery := range []string{"exactly-once", "at-least-once"} {
		e := afflict(t, actor.Errors, delivery)
		require.Zero(t, e.duplicates(), delivery)
		require.Zero(t, e.ghosts(), delivery)
		require.Zero(t, e.outcomes[market.Lost], delivery)
	}
	most := afflict(t, actor.Errors, "at-most-once")
	require.Zero(t, most.duplicates())
	require.Zero(t, most.ghosts())
	require.Greater(t, most.outcomes[market.Lost], 50)
}

// What a lossy network and crashing traders make of the three promises.
func TestWhatEachPromiseCosts(t *testing.T) {
	live := func(delivery string) *effects {
		src := `version: 1
run: {time_limit: 5m}
network: {loss: 3%}
peers: {buyers: {count: 5, think: 1s}, sellers: {count: 5, restock: {quantity: 100}}}
traders: {count: 2, service: 500ms, ask_again: 2s, delivery: ` + delivery + `}
faults: [{at: 60s, every: 40s, for: 20s, crash: trader1}]
`
		e := &effects{sold: map[market.RequestID]int{}, fulfilled: map[market.RequestID]bool{}}
		watched(t, src, e)
		return e
	}
	once, least, most := live("exactly-once"), live("at-least-once"), live("at-most-once")
	require.Zero(t, once.duplicates())
	require.Greater(t, least.duplicates(), 5)
	require.Zero(t, most.duplicates())
	lost := func(e *effects) int {
		return e.outcomes[market.Lost] + e.outcomes[market.TimedOut]
	}
	require.LessOrEqual(t, lost(once), 2)
	require.LessOrEqual(t, lost(least), 2)
	require.Greater(t, lost(most), 20)
	require.Positive(t, most.outcomes[market.Lost])
}

// zombie follows a trader that is cut off from its peers, but not from the
// warehouse, and does not know that it is believed dead.
type zombie struct {
	*effects
	kinds map[market.Kind]int
	// taken holds what its heir took over; after counts its sales of those.
	taken map[market.RequestID]actor.ID
	after int
}

func (*zombie) Wants() []market.Kind {
	return []market.Kind{market.Sold, market.Ended, market.TookOver, market.Fenced, market.Superseded, market.Returned, market.Barred}
}

func (z *zombie) Observe(f *market.Fact) error {
	z.kinds[f.Kind]++
	switch f.Kind {
	case market.TookOver:
		z.taken[f.Request] = f.Actor
	case market.Sold:
		if heir, taken := z.taken[f.Request]; taken && f.Trader != heir {
			z.after++
		}
	}
	return z.effects.Observe(f)
}

// A fence turns down what the zombie writes; without one, it sells what its heir
// sells as well, unless the warehouse keeps receipts.
func TestAFenceKeepsOutTheZombie(t *testing.T) {
	live := func(fencing bool, delivery string) *zombie {
		src := fmt.Sprintf(`version: 1
run: {time_limit: 4m}
peers: {roles: alternating, buyers: {count: 5, think: 1s}, sellers: {count: 5, restock: {quantity: 100}}}
traders: {count: 2, service: 9s, fencing: %v, delivery: %s, cache: {mode: off}}
faults: [{at: 60s, for: 30s, partition: [["peer0..peer9"], [trader1]]}]
`, fencing, delivery)
		z := &zombie{
			effects: &effects{sold: map[market.RequestID]int{}, fulfilled: map[market.RequestID]bool{}},
			kinds:   map[market.Kind]int{}, taken: map[market.RequestID]actor.ID{},
		}
		watched(t, src, z)
		require.NotEmpty(t, z.taken)
		return z
	}
	for _, delivery := range []string{"exactly-once", "at-least-once"} {
		free := live(false, delivery)
		require.Positive(t, free.after, "%s: a zombie sells", delivery)
		require.Zero(t, free.kinds[market.Fenced])
		if delivery == "at-least-once" {
			require.Positive(t, free.duplicates(), "and so does its heir")
		}
		kept := live(true, delivery)
		require.Zero(t, kept.after, delivery)
		require.LessOrEqual(t, kept.duplicates(), free.duplicates()/2, "%s: some buyers ask again who were not told", delivery)
		require.Positive(t, kept.kinds[market.Fenced])
		require.Positive(t, kept.kinds[market.Superseded])
		require.Positive(t, kept.kinds[market.Returned], "it comes back in a later term")
		require.Zero(t, kept.outcomes[market.TimedOut])
	}
	most := live(true, "at-most-once")
	require.Zero(t, most.duplicates())
	require.Zero(t, most.after)
}

// watched runs a scenario under all checkers and one observer more.
func watched(t *testing.T, src string, o market.Observer) {
	t.Helper()
	doc, problems := scenario.Read("watched.yaml", []byte(src), nil)
	require.NoError(t, problems.Err())
	_, err := run.Once(&doc.Config, run.Options{Observers: []market.Observer{o}})
	require.NoError(t, err)
}
