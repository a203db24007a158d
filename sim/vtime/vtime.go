// Package vtime is the simulation's clock face: points in virtual time and
// spans between them, as whole nanoseconds. Integer time is what keeps the
// order of events the same on every machine; it is the only package of the
// simulation that may import "time", and only to read and print spans.
package vtime

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// Time is a point in virtual time: nanoseconds since the start of the run.
type Time int64

// Duration is a span of virtual time in nanoseconds.
type Duration int64

// The usual spans.
const (
	Nanosecond  Duration = 1
	Microsecond          = 1000 * Nanosecond
	Millisecond          = 1000 * Microsecond
	Second               = 1000 * Millisecond
	Minute               = 60 * Second
	Hour                 = 60 * Minute
)

// Never is later than every event.
const Never Time = math.MaxInt64

// Add returns t moved by d. It saturates at Never, so that an absurdly long
// wait means "never" and not a time before the start of the run.
func (t Time) Add(d Duration) Time {
	if d > 0 && t > Never-Time(d) {
		return Never
	}
	return t + Time(d)
}

// Sub returns the span from u to t.
func (t Time) Sub(u Time) Duration { return Duration(t - u) }

// Seconds returns t in seconds, for reports.
func (t Time) Seconds() float64 { return Duration(t).Seconds() }

// String prints t as a clock that starts at midnight: 00:01:02.345678.
func (t Time) String() string {
	us := int64(t) / int64(Microsecond)
	s := us / 1_000_000
	return fmt.Sprintf("%02d:%02d:%02d.%06d", s/3600, s/60%60, s%60, us%1_000_000)
}

// Seconds returns d in seconds, for reports.
func (d Duration) Seconds() float64 { return float64(d) / float64(Second) }

// String prints d with the largest fitting unit, as 1.5s or 2m30s.
func (d Duration) String() string { return short(time.Duration(d).String()) }

// short drops the zero parts that time.Duration prints: 30m0s becomes 30m.
func short(s string) string {
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// ParseDuration reads a span such as 250ms, 1.5s or 2h30m. The units are ns,
// us, ms, s, m and h.
func ParseDuration(s string) (Duration, error) {
	d, err := time.ParseDuration(s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a duration", s)
	}
	return Duration(d), nil
}

// FromNanos rounds a drawn number of nanoseconds to a span. Negative and
// not-a-number draws become 0, and draws beyond 146 years stay there:
// a float outside int64's range converts differently from CPU to CPU.
func FromNanos(ns float64) Duration {
	const longest = float64(1 << 63 / 2)
	switch {
	case !(ns > 0):
		return 0
	case ns >= longest:
		return Duration(longest)
	}
	// Where this is inlined, ns can be a product: without the conversion some
	// compilers round it once, together with the sum, and not on its own.
	return Duration(float64(ns) + 0.5)
}
