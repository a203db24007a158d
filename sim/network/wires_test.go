package network_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/network"
	"souk/sim/rng"
	"souk/sim/vtime"
)

const seed = 42

// cast is the finder of most tests: its selectors are whatever it lists.
type cast map[string][]actor.ID

func (c cast) find(selector string) []actor.ID { return c[selector] }

func ms(n float64) rng.Distribution { return rng.Constant(n * float64(vtime.Millisecond)) }

// wires returns the network of six actors: a direct one, a message 10 ms under
// way, unless the test changes that.
func wires(c cast, change func(*network.Config)) *network.Network {
	cfg := network.Config{Delay: ms(10), NameServer: network.NameServer{Lookup: ms(0)}}
	if change != nil {
		change(&cfg)
	}
	return network.New(cfg, seed, 6, 6, c.find)
}

// requireFate sends a message at 0 and looks what becomes of it.
func requireFate(t *testing.T, n *network.Network, from, to actor.ID, want network.Fate) {
	t.Helper()
	_, _, got := n.Carry(from, from, to, 0)
	require.Equal(t, want, got, "%d to %d: %v", from, to, got)
}

// requireDelay sends a message at 1 s and looks how long it is under way.
func requireDelay(t *testing.T, n *network.Network, from, to actor.ID, want vtime.Duration) {
	t.Helper()
	now := vtime.Time(0).Add(vtime.Second)
	next, at, fate := n.Carry(from, from, to, now)
	require.Equal(t, network.Carried, fate)
	require.Equal(t, to, next)
	require.Equal(t, want, at.Sub(now), "%d to %d", from, to)
}
