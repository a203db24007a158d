package vtime_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/vtime"
)

func TestWhatIsPrintedIsReadBackTheSame(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) {
		d := vtime.Duration(rapid.Int64Range(0, math.MaxInt64).Draw(t, "nanoseconds"))
		if rapid.Bool().Draw(t, "round") {
			unit := rapid.SampledFrom([]vtime.Duration{
				vtime.Microsecond, vtime.Millisecond, vtime.Second, vtime.Minute, vtime.Hour,
			}).Draw(t, "unit")
			d = d % (1000 * vtime.Hour) / unit * unit
		}
		back, err := vtime.ParseDuration(d.String())
		require.NoError(t, err)
		require.Equal(t, d, back, d.String())
	})
}

func TestSpansAreWrittenShort(t *testing.T) {
	for text, want := range map[string]vtime.Duration{
		"0s": 0, "250ms": 250 * vtime.Millisecond, "1.5s": 1500 * vtime.Millisecond, "10s": 10 * vtime.Second,
		"30m": 30 * vtime.Minute, "10m5s": 605 * vtime.Second, "2h": 2 * vtime.Hour, "1h10m": 70 * vtime.Minute,
		"2h0m5s": 2*vtime.Hour + 5*vtime.Second, "7ns": 7 * vtime.Nanosecond,
	} {
		d, err := vtime.ParseDuration(text)
		require.NoError(t, err)
		require.Equal(t, want, d)
		require.Equal(t, text, d.String())
	}
	d, err := vtime.ParseDuration("4us")
	require.NoError(t, err)
	require.Equal(t, 4*vtime.Microsecond, d)
}

func TestNonsenseIsNoDuration(t *testing.T) {
	for _, text := range []string{"", "5", "s", "1.5.5s", "5 s", "3d", "soon", "9999999h9999999h"} {
		_, err := vtime.ParseDuration(text)
		require.ErrorContains(t, err, "is not a duration", text)
	}
}

func TestAddSaturatesAtNever(t *testing.T) {
	const never = vtime.Never
	for _, c := range []struct {
		from vtime.Time
		wait vtime.Duration
		want vtime.Time
	}{
		{5, 3, 8},
		{5, 0, 5},
		{5, -3, 2},
		{never - 1, 1, never},
		{never - 1, 2, never},
		{1, math.MaxInt64, never},
		{0, math.MaxInt64, never},
		{never, 0, never},
		{never, vtime.Hour, never},
		{never, -1, never - 1},
	} {
		require.Equal(t, c.want, c.from.Add(c.wait), "%d + %d", c.from, c.wait)
	}
}

func TestFromNanosRoundsAndKeepsWithinRange(t *testing.T) {
	const longest = vtime.Duration(1 << 62)
	for _, c := range []struct {
		nanos float64
		want  vtime.Duration
	}{
		{0, 0},
		{0.4, 0},
		{0.5, 1},
		{1.49, 1},
		{2.5, 3},
		{1e9, vtime.Second},
		{-1, 0},
		{-1e300, 0},
		{math.Copysign(0, -1), 0},
		{math.Inf(-1), 0},
		{math.NaN(), 0},
		{1 << 61, 1 << 61},
		{1 << 62, longest},
		{1 << 63, longest},
		{1e300, longest},
		{math.Inf(1), longest},
	} {
		require.Equal(t, c.want, vtime.FromNanos(c.nanos), "%v", c.nanos)
	}
	// Whatever was drawn, a wait from now never lies in the past.
	property.Check(t, 100, func(t *rapid.T) {
		now := vtime.Time(rapid.Int64Range(0, math.MaxInt64).Draw(t, "now"))
		require.GreaterOrEqual(t, now.Add(vtime.FromNanos(rapid.Float64().Draw(t, "nanos"))), now)
	})
}

func TestATimeIsPrintedAsAClock(t *testing.T) {
	for want, at := range map[string]vtime.Time{
		"00:00:00.000000": 999,
		"00:00:00.000001": 1000,
		"00:01:02.345678": 62_345_678_000,
		"27:46:40.000000": 100_000_000_000_000,
	} {
		require.Equal(t, want, at.String())
	}
	at := vtime.Time(0).Add(1500 * vtime.Millisecond)
	require.InDelta(t, 1.5, at.Seconds(), 1e-15)
	require.Equal(t, 500*vtime.Millisecond, at.Sub(vtime.Time(0).Add(vtime.Second)))
}
