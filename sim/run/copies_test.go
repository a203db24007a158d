package run_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/market"
	"souk/sim/scenario"
	"souk/sim/vtime"
)

// auditor looks closely whenever the books are compared.
type auditor struct {
	market.Auditor
	held market.Holding
	look func(*market.Holding) error
}

func (*auditor) Wants() []market.Kind       { return nil }
func (*auditor) Observe(*market.Fact) error { return nil }
func (a *auditor) Recount(vtime.Time) error {
	a.held.Closely = true
	a.Audit(&a.held)
	return a.look(&a.held)
}

// Whatever happens, a replica that has heard a seller's last word shows what the
// seller has, whether it is told of each sale or now and then.
func TestAReplicaThatHeardEverythingEqualsTheStock(t *testing.T) {
	for _, every := range []string{"0s", "2s"} {
		src := fmt.Sprintf(`version: 1
market: traderless
run: {time_limit: 5m}
peers: {buyers: {count: 8, think: 500ms}, sellers: {count: 5}}
traderless: {broadcast_every: %s}
faults: [{at: 60s, for: 10s, partition: [["seller*"], ["buyer*"]]}, {at: 90s, crash: "seller*", pick: one, for: 5s}]
`, every)
		doc, problems := scenario.Read("copies.yaml", []byte(src), nil)
		require.NoError(t, problems.Err())
		play := doc.Config.Play()
		rows := 0
		watch := &auditor{Auditor: play, look: func(h *market.Holding) error {
			for _, c := range h.Copies {
				for _, r := range c.Rows {
					rows++
					if r.Shows != r.Real {
						return fmt.Errorf("%d sees %d of %d at %d, which has %d", c.Holder, r.Shows, r.Item, r.Seller, r.Real)
					}
				}
			}
			return nil
		}}
		_, err := play.Run(watch)
		require.NoError(t, err)
		require.Greater(t, rows, 100)
	}
}

// A cache that was just filled shows the stock less what its trader sold and the
// warehouse has not answered for; later it drifts, but its version never passes
// the stock's.
func TestACacheIsTheStockOfItsVersion(t *testing.T) {
	src := `version: 1
run: {time_limit: 5m}
peers: {buyers: {count: 8, think: 500ms}, sellers: {count: 5}}
traders: {count: 3, cache: {warehouse_sync: {after_sales: 1}}}
network: {delay: {exponential: {mean: 80ms}}}
`
	doc, problems := scenario.Read("copies.yaml", []byte(src), nil)
	require.NoError(t, problems.Err())
	play := doc.Config.Play()
	fresh, views := 0, 0
	watch := &auditor{Auditor: play, look: func(h *market.Holding) error {
		for _, v := range h.Views {
			if v.Leads {
				views++
			}
		}
		for _, c := range h.Copies {
			if c.Version > h.Version {
				return fmt.Errorf("%d has version %d of %d", c.Holder, c.Version, h.Version)
			}
			if c.Version < h.Version || c.Version == 0 {
				continue
			}
			for _, r := range c.Rows {
				fresh++
				if r.Shows > r.Real {
					return fmt.Errorf("%d sees %d of %d at %d, which has %d", c.Holder, r.Shows, r.Item, r.Seller, r.Real)
				}
			}
		}
		return nil
	}}
	_, err := play.Run(watch)
	require.NoError(t, err)
	require.Positive(t, fresh)
	require.Positive(t, views)
}

// versions notes how the versions of the snapshots that traders take in go
// on, and of the warehouse's own.
type versions struct {
	applied map[int32]uint64
	stock   uint64
	back    int
}

func (*versions) Wants() []market.Kind {
	return []market.Kind{market.Pulled, market.Deposited, market.Sold, market.Refused}
}

func (v *versions) Observe(f *market.Fact) error {
	if f.Kind != market.Pulled {
		if f.Version < v.stock {
			return fmt.Errorf("the stock went back from %d to %d", v.stock, f.Version)
		}
		v.stock = f.Version
		return nil
	}
	if f.Version < v.applied[int32(f.Actor)] {
		v.back++
	}
	v.applied[int32(f.Actor)] = f.Version
	return nil
}

// Snapshots overtake each other; who checks versions never goes back.
func TestWhoChecksVersionsNeverGoesBack(t *testing.T) {
	for _, mode := range []string{"ignore", "check"} {
		src := `version: 1
run: {time_limit: 5m}
peers: {buyers: {count: 8, think: 100ms}, sellers: {count: 5}}
traders: {count: 1, cache: {mode: ttl, ttl: 1ms, versions: ` + mode + `}}
network: {delay: {exponential: {mean: 80ms}}}
`
		doc, problems := scenario.Read("versions.yaml", []byte(src), nil)
		require.NoError(t, problems.Err())
		v := &versions{applied: map[int32]uint64{}}
		_, err := doc.Config.Play().Run(v)
		require.NoError(t, err)
		require.NotZero(t, v.stock)
		if mode == "ignore" {
			require.Greater(t, v.back, 10)
		} else {
			require.Zero(t, v.back)
		}
	}
}
