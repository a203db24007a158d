package run_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/rng"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/vtime"
)

// A metamorphic test changes a scenario in a way of which it is known what
// follows, though nobody knows what the run itself should be.

// clockwork is a distribution of times whose draws are whole nanoseconds, times
// a factor: so that all times of a run grow by exactly that factor.
type clockwork struct {
	rng.Distribution
	factor int64
}

func (c clockwork) Draw(s *rng.Stream) float64 {
	return float64(int64(vtime.FromNanos(c.Distribution.Draw(s))) * c.factor)
}

// notTimes are the distributions of other things than time.
var notTimes = []string{"Quantity", "Restock", "Price"}

// slowDown multiplies every duration below a value, and counts them.
func slowDown(v reflect.Value, name string, factor int64) (durations int) {
	if v.CanAddr() && !v.CanSet() { // a field that is not exported
		v = reflect.NewAt(v.Type(), unsafe.Pointer(v.UnsafeAddr())).Elem()
	}
	switch v.Type() {
	case reflect.TypeFor[vtime.Duration](), reflect.TypeFor[vtime.Time]():
		v.SetInt(v.Int() * factor)
		return 1
	case reflect.TypeFor[rng.Distribution]():
		if v.IsNil() || slices.Contains(notTimes, name) {
			return 0
		}
		v.Set(reflect.ValueOf(clockwork{v.Interface().(rng.Distribution), factor}))
		return 1
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			durations += slowDown(v.Field(i), v.Type().Field(i).Name, factor)
		}
	case reflect.Slice:
		for i := range v.Len() {
			durations += slowDown(v.Index(i), name, factor)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			durations += slowDown(v.Elem(), name, factor)
		}
	}
	return durations
}

// allFacts lists every kind of fact.
func allFacts() []market.Kind {
	kinds := make([]market.Kind, market.Kinds)
	for i := range kinds {
		kinds[i] = market.Kind(i)
	}
	return kinds
}

// slowed is a fact of a run in which everything takes so many times as long.
func slowed(f market.Fact, factor int64) market.Fact {
	for _, t := range []*vtime.Time{&f.At, &f.Deadline, &f.Since} {
		if *t != vtime.Never {
			*t *= vtime.Time(factor)
		}
	}
	switch f.Kind {
	case market.Settling, market.Resting, market.Connected:
		f.N *= factor
	case market.Listed:
		if f.N >= 0 {
			f.N *= factor
		}
	}
	return f
}

// No length of time is written down in the model but in its options: a run in
// which every duration is k times as long is the same run on a slower clock. One
// thing is known not to scale, so no scenario here has it: the phase of a
// seller's broadcasts is a remainder by their period.
func TestEveryDurationTimesKGivesTheSameTraceOnASlowerClock(t *testing.T) {
	for _, name := range []string{
		"bazaar", "cacheless", "overlay", "trader-crash", "exp3-fault", "two-regions", "restocking", "cache-sync-traders",
		"traderless", "traderless-churn", "peer-to-peer",
	} {
		at := func(factor int64) []market.Fact {
			cfg := read(t, name)
			require.Greater(t, slowDown(reflect.ValueOf(cfg).Elem(), "", factor), 20)
			_, facts := noted(t, cfg, allFacts()...)
			return facts
		}
		usual := at(1)
		for _, k := range []int64{2, 4} {
			slow := at(k)
			require.Equal(t, len(usual), len(slow), "%s, %d times as slow", name, k)
			for i := range usual {
				if want := slowed(usual[i], k); want != slow[i] {
					require.Equal(t, want, slow[i], "%s, %d times as slow: fact %d", name, k, i)
				}
			}
		}
	}
}

// everything is an observer of all facts, of messages too, and keeps books.
type everything struct{ facts, recounts int }

func (*everything) Wants() []market.Kind { return allFacts() }

func (e *everything) Observe(*market.Fact) error {
	e.facts++
	return nil
}

func (e *everything) Recount(vtime.Time) error {
	e.recounts++
	return nil
}

// golden returns the digests of the shipped scenarios.
func golden(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "golden.txt"))
	require.NoError(t, err)
	digests := map[string]string{}
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		digests[fields[0]] = fields[1]
	}
	return digests
}

func TestOneMoreObserverOfEverythingLeavesEveryDigest(t *testing.T) {
	digests := golden(t)
	for _, name := range shipped(t) {
		var e everything
		report, err := run.Once(read(t, name), run.Options{Observers: []market.Observer{&e, &everything{}}})
		require.NoError(t, err)
		require.Equal(t, digests[name], report.World.Digest.String(), name)
		require.NotZero(t, e.facts, name)
	}
}

// What is given the rate 0, or says again what holds anyway, changes nothing.
func TestTroubleOfRateZeroLeavesTheDigest(t *testing.T) {
	digests := golden(t)
	for _, c := range []struct{ name, set string }{
		{"cacheless", "network.loss=0%"},
		{"peer-to-peer", "network.loss=0%"},
		{"cacheless", "network.links=[{from: all, to: warehouse, loss: 0%}, {from: all, to: all, loss: 0}]"},
		{"peer-to-peer", "network.links=[{from: all, to: all, loss: 0%}]"},
		{"traderless", "network.links=[{from: all, to: all, delay: {lognormal: {median: 20ms, p99: 80ms}}}]"},
		{"cacheless", "run.phases=[{name: all, from: 0s, until: 4m}]"},
		{"peer-to-peer", "run.timeline=7s"},
	} {
		require.Equal(t, digests[c.name], once(t, c.name, c.set).World.Digest.String(), "%s with %s", c.name, c.set)
	}
}

// A fault of no length is none; one that lasts for a nanosecond, in which nobody
// sends anything, adds its own two events and nothing else.
func TestFaultsOfNoLengthAddNothing(t *testing.T) {
	for _, c := range []struct{ name, fault string }{
		{"cacheless", "partition: [[trader0], [warehouse]]"},
		{"cacheless", "name_server_down: true"},
		{"peer-to-peer", "partition: [[peer0..peer5], [peer6..peer11]]"},
		{"check-then-act", "partition: [[seller*], [buyer*]]"},
		{"check-then-act", "name_server_down: true"},
	} {
		plainly := func(facts []market.Fact) []market.Fact {
			facts = slices.DeleteFunc(facts, func(f market.Fact) bool {
				return f.Kind == market.FaultBegan || f.Kind == market.FaultEnded
			})
			for i := range facts {
				facts[i].Event = 0
			}
			return facts
		}
		_, without := noted(t, read(t, c.name), allFacts()...)
		_, with := noted(t, read(t, c.name, "faults=[{at: 30.123s, for: 1ns, "+c.fault+"}]"), allFacts()...)
		require.Equal(t, len(without)+2, len(with))
		require.True(t, slices.Equal(plainly(without), plainly(with)), "%s with %s for an instant", c.name, c.fault)
		plain, none := once(t, c.name).World, once(t, c.name, "faults=[{at: 30.123s, for: 0s, "+c.fault+"}]").World
		require.Equal(t, plain, none, "%s with %s for no time at all", c.name, c.fault)
	}
}

// Strictness needs no luck: on the same random numbers, under the same faults, a
// strict bazaar never oversells, and one with caches does.
func TestStrictModeNeverOversellsWhateverTheFaults(t *testing.T) {
	faults := []string{
		"",
		"{at: 50s, crash: trader1, for: 30s}",
		"{at: 50s, crash: trader*, pick: one, for: {exponential: {mean: 9s}}, every: {exponential: {mean: 9s}}, memory: lost}",
		"{at: 50s, partition: [[trader0], [warehouse, trader1]], for: 20s}, {at: 90s, crash: warehouse, for: 5s}",
		"{at: 45s, name_server_down: true, for: 9s, every: 9s}, {at: 60s, resign: trader1}",
	}
	cached := 0
	for i, plan := range faults {
		for seed := range 8 {
			set := []string{
				fmt.Sprint("run.seed=", seed), "run.time_limit=2m", "faults=[" + plan + "]", "peers.buyers.think=200ms",
				"peers.sellers.restock.quantity=3", "network.loss=1%",
			}
			strict := once(t, "cacheless", set...)
			require.Zero(t, strict.Meter.Counts.Outcomes[market.RejectedStale], "plan %d, seed %d", i, seed)
			require.Zero(t, strict.Meter.Counts.OversoldUnits)
			require.Zero(t, strict.Meter.Counts.StaleRefusals)
			lax := once(t, "cacheless", append(set, "traders.cache.mode=pull", "traders.cache.peer_sync.after_sales=0")...)
			if lax.Meter.Counts.Outcomes[market.RejectedStale] > 0 {
				cached++
			}
		}
	}
	require.Greater(t, cached, 8*len(faults)/2, "with caches most of these runs oversell")
}

// relabel is a permutation of the peers.
type relabel []actor.ID

func (r relabel) id(id actor.ID) actor.ID {
	if id >= 0 && int(id) < len(r) {
		return r[id]
	}
	return id
}

// fact is a fact as the relabelled peers state it. Where sellers have the slots
// those are numbers like any other, and their ids, which are there too, tell the
// same.
func (r relabel) fact(f market.Fact, slotted bool) market.Fact {
	f.Actor, f.Peer = r.id(f.Actor), r.id(f.Peer)
	if f.Kind == market.Ended && f.Outcome != market.Fulfilled {
		f.Peer = actor.None // there is no seller
	}
	if f.Trader != 0 { // peer 0 is a buyer, so it is no trader
		f.Trader = r.id(f.Trader)
	}
	if f.Request != 0 {
		f.Request = market.NewRequestID(r.id(f.Request.Buyer()), f.Request.Number())
	}
	if slotted {
		f.Slot = 0
	}
	f.Event = 0
	return f
}

// bench is a scenario of four buyers and three sellers who do what a script
// says, in constant times that no two ways share, so that nothing depends on who
// has which number.
func bench(t *testing.T, kind, more string, r relabel) *scenario.Config {
	t.Helper()
	roles := []string{"buyer", "buyer", "buyer", "buyer", "fish", "salt", "boar"}
	list := make([]string, len(roles))
	for i, role := range roles {
		list[r[i]] = role
	}
	var b strings.Builder
	fmt.Fprintf(&b, "version: 1\nmarket: %s\nrun: {time_limit: 3m}\n%s\nnetwork:\n  delay: 3ms\n  name_server: {lookup: 0s}\n  links:\n", kind, more)
	for i := range roles {
		if kind == "bazaar" {
			fmt.Fprintf(&b, "  - {from: peer%d, to: all, delay: %dus}\n  - {from: all, to: peer%d, delay: %dus}\n", r[i], 1000+37*i, r[i], 2000+53*i)
		}
	}
	for i := range roles {
		for j := range roles {
			if i != j {
				fmt.Fprintf(&b, "  - {from: peer%d, to: peer%d, delay: %dus}\n", r[i], r[j], 1000+217*i+31*j+7*i*j)
			}
		}
	}
	fmt.Fprintf(&b, "peers:\n  list: [%s]\n  sellers:\n    sells: {pick: keep, change_every: 50s, on_sold_out: wait}\n    restock: {quantity: 7}\n    price: 5\n",
		strings.Join(list, ", "))
	if kind != "bazaar" {
		b.WriteString("    service: 7ms\n")
	}
	if kind == "peer-to-peer" {
		b.WriteString("  topology: {kind: given, max_degree: 6, neighbours: [[1,2,3,4,5,6],[2,3,4,5,6],[3,4,5,6],[4,5,6],[5,6],[6],[]]}\n")
	}
	b.WriteString("  buyers:\n    demand: script\n    script:\n")
	for n := range 60 {
		item := roles[4+n*n%3]
		fmt.Fprintf(&b, "    - {at: %dms, buyer: buyer%d, command: buy %s %d}\n", 31_000+1713*n, r[n*7%4], item, 1+n%3)
	}
	doc, problems := scenario.Read("bench.yaml", []byte(b.String()), nil)
	require.NoError(t, problems.Err(), b.String())
	return &doc.Config
}

// told prints the facts as relabelled peers state them. Those of the same instant
// are sorted, so that nothing is said of who came first in it.
func (r relabel) told(facts []market.Fact, slotted bool) []string {
	lines := make([]string, len(facts))
	for i := range facts {
		lines[i] = fmt.Sprintf("%020d %#v", int64(facts[i].At), r.fact(facts[i], slotted))
	}
	slices.Sort(lines)
	return lines
}

// Nobody is special by its number alone: buyers and sellers under other numbers
// do the same under those.
func TestRelabelledBuyersAndSellersDoTheSameUnderOtherNumbers(t *testing.T) {
	usual := relabel{0, 1, 2, 3, 4, 5, 6}
	const staff = "traders: {count: 1, from: staff, election: {algorithm: appointed}, queue: {order: arrival}, "
	for _, market := range []struct{ kind, more string }{
		{"bazaar", staff + "service: 11ms, locked: 1ms}\nwarehouse: {read: 5ms, write: 9ms}\n"},
		{"bazaar", staff + "cache: {mode: \"off\"}, workers: 1}\nwarehouse: {read: 50ms, write: 90ms, parallel: 1}\n"},
		{"traderless", ""},
		{"peer-to-peer", "peer_to_peer: {hop_limit: 1, collect: 50ms}\n"},
	} {
		slotted := market.kind != "bazaar"
		report, facts := noted(t, bench(t, market.kind, market.more, usual), allFacts()...)
		require.Greater(t, report.Meter.Counts.Sales, uint64(20), market.kind)
		for _, r := range []relabel{{1, 0, 2, 3, 4, 5, 6}, {3, 2, 0, 1, 4, 5, 6}, {0, 1, 2, 3, 6, 4, 5}, {2, 3, 1, 0, 5, 4, 6}} {
			_, others := noted(t, bench(t, market.kind, market.more, r), allFacts()...)
			want, got := r.told(facts, slotted), usual.told(others, slotted)
			require.Equal(t, len(want), len(got), "%s as %v", market.kind, r)
			for i := range want {
				require.Equal(t, want[i], got[i], "%s as %v", market.kind, r)
			}
		}
	}
}
