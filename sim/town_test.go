package sim_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim"
	"souk/sim/actor"
	"souk/sim/fault"
	"souk/sim/market"
	"souk/sim/network"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// word is a message of the town: a number.
type word int

type (
	input  = actor.Input[word]
	outbox = actor.Outbox[word, market.Fact]
)

// town is a small system of which a test says what its actors do.
type town struct {
	actors   int
	act      func(in *input, out *outbox)
	rebooted []actor.ID
	// ties are pairs of actors that have a connection.
	ties [][2]actor.ID
}

func (t *town) Actors() int                       { return t.actors }
func (t *town) Peers() int                        { return t.actors }
func (t *town) Step(in *input, out *outbox)       { t.act(in, out) }
func (t *town) Reboot(id actor.ID, _ bool)        { t.rebooted = append(t.rebooted, id) }
func (t *town) Name(id actor.ID) string           { return fmt.Sprint("a", id) }
func (t *town) Describe(*word, *market.Fact)      {}
func (t *town) Quiet(func(actor.ID) bool) bool    { return true }
func (t *town) MessageKind(*word) (uint8, uint64) { return 0, 1 }

func (t *town) Connected(id actor.ID) (others []actor.ID) {
	for _, tie := range t.ties {
		if tie[0] == id {
			others = append(others, tie[1])
		}
	}
	return others
}

func (t *town) Find(selector string) (ids []actor.ID) {
	for id := range actor.ID(t.actors) {
		if selector == "all" || selector == "warehouse" && id == 2 || selector == strconv.Itoa(int(id)) {
			ids = append(ids, id)
		}
	}
	return ids
}

// say states something that the test's diary shows at its true time.
func say(out *outbox, n int) { out.Say(market.Fact{Kind: market.Ready, Peer: actor.None, N: int64(n)}) }

// diary writes down what actors say, and what happens to them.
type diary struct {
	lines []string
}

func (d *diary) Wants() []market.Kind {
	return []market.Kind{market.Ready, market.Paused, market.Resumed, market.ClockSet, market.Crashed, market.Restarted, market.MessageLost, market.MessageDuplicated, market.MessageHeld}
}

func (d *diary) Observe(f *market.Fact) error {
	words := map[market.Kind]string{
		market.Paused: "stands still", market.Resumed: "goes on with", market.ClockSet: "clock by", market.Crashed: "crashed",
		market.Restarted: "restarted", market.MessageLost: "lost", market.MessageDuplicated: "doubled", market.MessageHeld: "held",
	}
	line := fmt.Sprintf("%v a%d", vtime.Duration(f.At), f.Actor)
	if what := words[f.Kind]; what != "" {
		line += " " + what
	}
	if f.Kind == market.Ready || f.Kind == market.Resumed {
		line += fmt.Sprint(" ", f.N)
	}
	if f.Kind == market.ClockSet {
		line += fmt.Sprint(" ", vtime.Duration(f.N))
	}
	d.lines = append(d.lines, line)
	return nil
}

const ms = vtime.Millisecond

// plan makes a fault of some actors, at a time and for a while; 0 is to the end.
func plan(kind string, at, lasts vtime.Duration, fill func(*fault.Spec), who ...string) fault.Plan {
	p := fault.Plan{At: at}
	if lasts > 0 {
		p.For = rng.Constant(float64(lasts))
	}
	*p.Actors(slices.IndexFunc(fault.Kinds(), func(k fault.Kind) bool { return k.Name == kind })) = who
	if fill != nil {
		fill(&p.Spec)
	}
	return p
}

// live runs a town for a while; a message is 10 ms under way.
func live(t *testing.T, tn *town, order network.Order, until vtime.Duration, faults ...fault.Plan) (*diary, sim.Result) {
	t.Helper()
	d := &diary{}
	cfg := sim.Config{
		Seed: 1, TimeLimit: until, Drain: vtime.Second, Faults: faults,
		Network: plainWires(order),
	}
	result, err := sim.New[word](cfg, tn, d).Run()
	require.NoError(t, err)
	return d, result
}

func plainWires(order network.Order) network.Config {
	return network.Config{Delay: rng.Constant(float64(10 * ms)), NameServer: network.NameServer{Lookup: rng.Constant(0)}, Order: order}
}

// talker sends a1 the numbers from 1, one each period; a1 says what it hears.
func talker(period vtime.Duration, count int) *town {
	return &town{actors: 3, act: func(in *input, out *outbox) {
		switch {
		case in.Trigger == actor.Start && in.Self == 0:
			for i := range count {
				out.After(vtime.Duration(i+1)*period, actor.Timer{Guard: uint32(i + 1)})
			}
		case in.Trigger == actor.Timeout:
			out.Send(1, word(in.Timer.Guard))
		case in.Trigger == actor.Receive:
			say(out, int(*in.Msg))
		case in.Trigger == actor.Broken:
			say(out, -1)
		}
	}}
}

// spy watches requests.
type spy func(*market.Fact)

func (s spy) Wants() []market.Kind { return []market.Kind{market.Issued, market.Ended} }

func (s spy) Observe(f *market.Fact) error {
	s(f)
	return nil
}

func runWith(t *testing.T, tn *town, o market.Observer, faults ...fault.Plan) {
	t.Helper()
	cfg := sim.Config{Seed: 1, TimeLimit: vtime.Second, Drain: vtime.Second, Faults: faults}
	cfg.Network = network.Config{Delay: rng.Constant(0), NameServer: network.NameServer{Lookup: rng.Constant(0)}}
	_, err := sim.New[word](cfg, tn, o).Run()
	require.NoError(t, err)
}
