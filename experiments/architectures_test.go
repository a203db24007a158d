package experiments_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/scenarios"
	"souk/sim/scenario"
)

// What is compared is the architecture: the peers and the wires are the same,
// and a purchase is the same work for whoever serves it.
func TestTheArchitecturesMeetTheSameDemand(t *testing.T) {
	read := func(name string) *scenario.Config {
		src, err := scenarios.Files.ReadFile(name + ".yaml")
		require.NoError(t, err)
		doc, problems := scenario.Read(name, src, nil)
		require.NoError(t, problems.Err())
		return &doc.Config
	}
	first := read("arch-cacheless")
	for _, name := range []string{"arch-cached", "arch-traderless", "arch-traderless-batched", "arch-peer-to-peer"} {
		c := read(name)
		require.Equal(t, first.World.Network, c.World.Network, name)
		require.Equal(t, first.Phases, c.Phases, name)
		require.Equal(t, first.WarmUp, c.WarmUp, name)
		if c.Market == scenario.Bazaar {
			require.Equal(t, first.Peers, c.Peers, name)
			require.Equal(t, first.Bazaar.Warehouse, c.Bazaar.Warehouse)
			cache := c.Bazaar.Traders
			cache.Cache = first.Bazaar.Traders.Cache
			require.Equal(t, first.Bazaar.Traders, cache, "only the cache differs")
			continue
		}
		require.Equal(t, first.Bazaar.Traders.Service, c.Peers.Sellers.Service, name)
		require.Equal(t, first.Bazaar.Traders.Workers, c.Peers.Sellers.Workers, name)
		p := c.Peers
		p.Staff, p.Sellers.Service, p.Sellers.Workers = first.Peers.Staff, first.Peers.Sellers.Service, first.Peers.Sellers.Workers
		require.Equal(t, first.Peers, p, name)
	}
}
