package check

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/actor"
	"souk/sim/market"
)

// The tables that checkers look things up in, against maps.

func TestSightsAgreeWithAMap(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) {
		var s sights
		for range 2 {
			twin := map[actor.ID]int64{}
			for range 100 {
				peer := actor.ID(rapid.Int32Range(0, 70).Draw(t, "peer"))
				slot := s.at(peer)
				hops, known := twin[peer]
				require.Equal(t, known, slot.who != 0)
				if known {
					require.Equal(t, peer+1, slot.who)
					require.Equal(t, hops, slot.hops)
				}
				twin[peer] = rapid.Int64().Draw(t, "hops")
				s.see(slot, peer, twin[peer])
				require.Equal(t, len(twin), s.n)
			}
			s.clear()
		}
	})
}

// The first to ask twice begins a new count; those who ask after it share it.
func TestOneCountServesAllWhoRecount(t *testing.T) {
	var c counter
	l := &ledger{auditor: &c}
	for range 3 {
		for _, who := range []reader{goodsReader, moneyReader, requestsReader} {
			l.look(who)
		}
	}
	require.Equal(t, 3, c.counts)
	l.look(goodsReader)
	l.look(copiesReader)
	require.Equal(t, 4, c.counts)
	require.False(t, c.closely)
	l.lookLast(agreementReader)
	require.Equal(t, 5, c.counts)
	require.True(t, c.closely, "the last look is at every view and copy")
}

// counter counts how often it is counted.
type counter struct {
	counts  int
	closely bool
}

func (c *counter) Audit(h *market.Holding) { c.counts, c.closely = c.counts+1, h.Closely }
