package run_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/vtime"
)

// In every market goods that are gone are replaced exactly so long after the
// seller knows it, and not twice.
func TestRestockingTakesItsTime(t *testing.T) {
	for name, kinds := range map[string][2]market.Kind{
		"bazaar":     {market.Paid, market.Picked},
		"traderless": {market.Sold, market.Deposited},
	} {
		for _, policy := range []string{"same-item", "another-item"} {
			cfg := read(t, name, "peers.sellers.restock.takes=5s", "peers.sellers.sells.on_sold_out="+policy, "faults=[]",
				"peers.sellers.sells.change_every=0s", "peers.sellers.sells.pick=uniform", "peers.buyers.script=[]")
			_, facts := noted(t, cfg, kinds[0], kinds[1])
			gone := map[actor.ID]vtime.Time{}
			replaced := 0
			for i := range facts {
				f := &facts[i]
				since, waits := gone[f.Actor]
				switch {
				case f.Kind == kinds[0] && f.N == 0:
					gone[f.Actor] = f.At
				case f.Kind == kinds[1] && waits:
					require.Equal(t, 5*vtime.Second, f.At.Sub(since), name)
					delete(gone, f.Actor)
					replaced++
				case f.Kind == kinds[1]:
					require.Less(t, f.At, vtime.Time(60*vtime.Second), "%s: goods come although none were gone", name)
				}
			}
			require.Greater(t, replaced, 10, name)
		}
	}
}

// Goods that are on their way still come to a seller that dies meanwhile.
func TestACrashDoesNotCancelWhatIsOnItsWay(t *testing.T) {
	for _, name := range []string{"bazaar", "traderless", "peer-to-peer"} {
		cfg := read(t, name, "peers.sellers.restock.takes=8s", "peers.sellers.sells.on_sold_out=same-item", "run.time_limit=4m",
			"peers.sellers.sells.change_every=0s", "peers.sellers.sells.pick=uniform", "peers.sellers.restock.quantity=2", "peers.buyers.think=100ms",
			"faults=[{at: 60s, crash: seller*, for: 10ms}]")
		_, facts := noted(t, cfg, market.Deposited)
		sellers, supplied := map[actor.ID]bool{}, map[actor.ID]bool{}
		for _, f := range facts {
			sellers[f.Peer] = true
			if f.At > vtime.Time(80*vtime.Second) {
				supplied[f.Peer] = true
			}
		}
		require.Equal(t, sellers, supplied, "%s: somebody waits for ever", name)
	}
}
