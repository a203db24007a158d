package run_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim"
	"souk/sim/market"
	"souk/sim/run"
)

// usher counts the sales that it is shown and leaves after so many.
type usher struct{ seen, patience uint64 }

var errEnough = errors.New("seen enough")

func (*usher) Wants() []market.Kind { return []market.Kind{market.Sold} }

func (u *usher) Observe(*market.Fact) error {
	if u.seen++; u.seen == u.patience {
		return errEnough
	}
	return nil
}

func TestAnotherObserverSeesTheRunAndChangesNothing(t *testing.T) {
	var u usher
	report, err := run.Once(read(t, "bazaar"), run.Options{Observers: []market.Observer{&u}})
	require.NoError(t, err)
	require.Equal(t, report.Meter.Counts.Sales, u.seen)
	require.Equal(t, once(t, "bazaar").World.Digest, report.World.Digest)
}

func TestAnObserverEndsTheRunByItsError(t *testing.T) {
	u := usher{patience: 5}
	report, err := run.Once(read(t, "bazaar"), run.Options{Observers: []market.Observer{&u}})
	require.ErrorIs(t, err, errEnough)
	require.Equal(t, sim.Broken, report.World.End)
	require.EqualValues(t, 5, report.Meter.Counts.Sales)
}
