package bazaar

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/bazaar/election"
)

// An heir claims a queue only when the warehouse and the store have both barred
// the dead trader, and bars it again if it wrote in a later term than was known.
func TestAnHeirClaimsWhenBothGatesAreClosed(t *testing.T) {
	b := New(newCounter(func(cfg *Config) { cfg.Traders.Fencing = true }).cfg)
	heir := newTrader(b, &b.peers[ray], election.Leader{ID: ray, Slot: 1, Term: 2})
	b.peers[ray].office = heir
	var out Outbox
	sent := func() (kinds []MessageKind) {
		for _, s := range out.Sends {
			kinds = append(kinds, s.Msg.Kind)
		}
		out.Reset()
		return kinds
	}
	barred := func(from actor.ID, term uint32, holder actor.ID) []MessageKind {
		m := in(0, term, Message{Kind: Barred, Seller: roy, Holder: holder})
		heir.hearBarred(b, &b.peers[ray], &Input{From: from, Msg: &m}, &out)
		return sent()
	}
	heir.claim(b, election.Leader{ID: roy, Slot: 0, Term: 4}, &out)
	require.Equal(t, []MessageKind{Bar, Bar}, sent())
	require.Empty(t, barred(b.storeID(), 4, actor.None))
	heir.claimAgain(b, &out)
	require.Equal(t, []MessageKind{Bar}, sent(), "the warehouse is asked again")
	require.Equal(t, []MessageKind{Bar, Bar}, barred(b.warehouseID(), 5, roy), "roy wrote in term 5")
	require.Empty(t, barred(b.warehouseID(), 6, actor.None))
	require.Equal(t, []MessageKind{Inherit}, barred(b.storeID(), 6, actor.None))
}
