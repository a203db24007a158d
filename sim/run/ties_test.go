package run_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/run"
)

// In whatever order simultaneous events fire, every invariant holds: here in
// another order for each scenario.
func TestEveryInvariantHoldsInEveryOrderOfSimultaneousEvents(t *testing.T) {
	digests := golden(t)
	reordered := 0
	for i, name := range shipped(t) {
		report, err := run.Once(read(t, name, fmt.Sprint("run.ties=", i+1)), run.Options{})
		require.NoError(t, err, "repeat with: sim run %s --set run.ties=%d", name, i+1)
		if report.World.Digest.String() != digests[name] {
			reordered++
		}
	}
	require.Greater(t, reordered, len(digests)/2, "in most scenarios something is simultaneous")
}

// pairs watches that messages arrive in the order in which they were sent, from
// each actor to each other.
type pairs struct {
	sent map[[2]actor.ID][]int64
	// early counts those that overtook another.
	early, arrived int
}

func (*pairs) Wants() []market.Kind {
	return []market.Kind{market.MessageSent, market.MessageDelivered}
}

func (p *pairs) Observe(f *market.Fact) error {
	content := f.N<<32 | int64(f.Request)&0xffffffff // kind and number of the request
	if f.Kind == market.MessageSent {
		way := [2]actor.ID{f.Actor, f.Peer}
		p.sent[way] = append(p.sent[way], content)
		return nil
	}
	way := [2]actor.ID{f.Peer, f.Actor}
	p.arrived++
	if p.sent[way][0] != content {
		p.early++
		return nil
	}
	p.sent[way] = p.sent[way][1:]
	return nil
}

// On a FIFO link nothing overtakes, also among arrivals of one instant: sellers
// who say a lot in constant time, on a network without loss.
func TestShuffledTiesNeverReorderAConnection(t *testing.T) {
	for ties := range 5 {
		p := pairs{sent: map[[2]actor.ID][]int64{}}
		_, err := run.Once(read(t, "traderless-batches", fmt.Sprint("run.ties=", ties), "network.delay=20ms", "traderless.broadcast_every=0s",
			"peers.sellers.service=0s", "peers.buyers.think=10ms", "peers.buyers.outstanding=5", "run.time_limit=5s"),
			run.Options{Observers: []market.Observer{&p}})
		require.NoError(t, err)
		require.Greater(t, p.arrived, 1000)
		require.Zero(t, p.early, "order %d", ties)
	}
}
