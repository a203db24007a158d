package field

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"souk/sim/vtime"
)

// durationPattern is how spans of time are written. It is also the pattern in
// the schema, so it keeps to what regular expressions mean everywhere.
const durationPattern = `^([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$`

var (
	durationText = regexp.MustCompile(durationPattern)
	nearDuration = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?)[ _]?([A-Za-zµ]+)$`)
)

// Duration is a span of virtual time of at least the given length: 250ms, 1.5s, 2h30m. The
// unit is part of it; a bare number is refused.
func Duration[C any](place func(*C) *vtime.Duration, least vtime.Duration) Type[C] {
	return at(place, durationKind(least))
}

// SignedDuration is a span of virtual time that can be negative: 5s, -250ms.
func SignedDuration[C any](place func(*C) *vtime.Duration) Type[C] {
	schema := &jsonschema.Schema{Type: "string", Pattern: "^-?" + strings.TrimPrefix(durationPattern, "^")}
	return at(place, single("a duration such as 5s, or -5s", schema, func(n *node) (vtime.Duration, *mistake) {
		size, negative := strings.CutPrefix(n.text, "-")
		positive := *n
		positive.text = size
		d, wrong := duration(&positive)
		switch {
		case wrong != nil:
			if wrong.hint == "" { // a second minus sign
				wrong.hint = "write one minus sign at most"
			}
			return 0, wrong
		case negative:
			d = -d
		}
		return d, nil
	}))
}

func durationKind(least vtime.Duration) kind[vtime.Duration] {
	what := "a duration such as 250ms, 5s or 2m"
	if least > 0 {
		what = fmt.Sprintf("a duration of %v or more", least)
	}
	schema := &jsonschema.Schema{Type: "string", Pattern: durationPattern}
	return single(what, schema, func(n *node) (vtime.Duration, *mistake) {
		d, wrong := duration(n)
		if wrong == nil && d < least {
			return 0, &mistake{message: n.text + " is out of range"}
		}
		return d, wrong
	})
}

// duration reads a span of time.
func duration(n *node) (vtime.Duration, *mistake) {
	if durationText.MatchString(n.text) {
		d, err := vtime.ParseDuration(n.text)
		if err != nil { // well written, so what remains is its size
			return 0, &mistake{n.text + " is too long", "the longest duration is 292 years, or 2562047h"}
		}
		return d, nil
	}
	if _, ok := number(n.text); ok {
		return 0, &mistake{n.text + " has no unit", "durations carry a unit: 250ms, 5s, 2m"}
	}
	if durationText.MatchString(strings.TrimPrefix(n.text, "-")) {
		return 0, &mistake{message: n.text + " is negative"}
	}
	hint := "units: ns, us, ms, s, m, h, as in 250ms, 5s, 2m"
	if m := nearDuration.FindStringSubmatch(n.text); m != nil {
		if unit := unitMeant(m[2]); unit != "" {
			hint = fmt.Sprintf("did you mean %q? %s", m[1]+unit, hint)
		}
	}
	return 0, &mistake{quote(n.text) + " is not a duration", hint}
}

// unitMeant returns the unit for a word that others use for it, or "".
func unitMeant(word string) string {
	switch strings.ToLower(word) {
	case "ns", "nsec", "nsecs", "nanos", "nanosecond", "nanoseconds":
		return "ns"
	case "us", "µs", "usec", "usecs", "micros", "microsecond", "microseconds":
		return "us"
	case "ms", "msec", "msecs", "millis", "milli", "millisecond", "milliseconds":
		return "ms"
	case "s", "sec", "secs", "second", "seconds":
		return "s"
	case "m", "min", "mins", "minute", "minutes":
		return "m"
	case "h", "hr", "hrs", "hour", "hours":
		return "h"
	}
	return ""
}
