package run_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim"
	"souk/sim/market"
	"souk/sim/run"
	"souk/sim/vtime"
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

// bookkeeper is asked now and then whether its books are right, and at the
// fourth time they are not.
type bookkeeper struct{ asked int }

func (*bookkeeper) Wants() []market.Kind { return nil }

func (*bookkeeper) Observe(*market.Fact) error { return nil }

func (b *bookkeeper) Recount(vtime.Time) error {
	if b.asked++; b.asked == 4 {
		return errEnough
	}
	return nil
}

func TestBooksAreComparedBetweenEventsEverMoreRarely(t *testing.T) {
	var b bookkeeper
	report, err := run.Once(read(t, "bazaar"), run.Options{Observers: []market.Observer{&b}})
	require.ErrorIs(t, err, errEnough)
	require.ErrorContains(t, err, "after event 3375, at 00:")
	require.EqualValues(t, 3375, report.World.Events, "1000, and three times half as much again")
}
