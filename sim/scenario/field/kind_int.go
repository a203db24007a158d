package field

import (
	"fmt"
	"math"

	"github.com/google/jsonschema-go/jsonschema"
)

// Integer is any integer type. Values up to 2^63-1 can be read.
type Integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

// Int is a whole number from low to high: 12, 1_000, 1e3. A high of 2^53 or more
// is not mentioned.
func Int[C any, T Integer](place func(*C) *T, low, high T) Type[C] {
	return at(place, intKind(low, high))
}

// Ints is a list of whole numbers from low to high; a single one may stand
// without brackets.
func Ints[C any, T Integer](place func(*C) *[]T, low, high T) Type[C] {
	return at(place, listKind(intKind(low, high), true))
}

// IntLists is a list of lists of whole numbers from low to high, such as the
// neighbours of each node of a graph.
func IntLists[C any, T Integer](place func(*C) *[][]T, low, high T) Type[C] {
	return at(place, listKind(listKind(intKind(low, high), false), false))
}

func intKind[T Integer](low, high T) kind[T] {
	l, h := clampInt(low), clampInt(high)
	return convertKind(wholeKind(bounds(l, h), l, h), func(i int64) T { return T(i) })
}

// wholeKind is a whole number from low to high, which what says in words.
func wholeKind(what string, low, high int64) kind[int64] {
	schema := &jsonschema.Schema{Type: "integer", Minimum: jsonschema.Ptr(float64(low))}
	if high < unlimited {
		schema.Maximum = jsonschema.Ptr(float64(high))
	}
	return single(what, schema, func(n *node) (int64, *mistake) { return wholeIn(n, low, high) })
}

// wholeIn reads a whole number from low to high.
func wholeIn(n *node, low, high int64) (int64, *mistake) {
	i, ok := whole(n.text)
	switch {
	case ok && n.quoted:
		return 0, inQuotes(n)
	case !ok && isWhole(n.text):
		return 0, &mistake{message: n.text + " is too far from 0"}
	case !ok:
		return 0, &mistake{message: shown(n.text) + " is not a whole number"}
	case i < low || i > high:
		return 0, &mistake{message: n.text + " is out of range"}
	}
	return i, nil
}

// bounds says a range in words.
func bounds(low, high int64) string {
	switch {
	case low == high:
		return fmt.Sprint(low)
	case high >= unlimited:
		return fmt.Sprintf("a whole number of %d or more", low)
	}
	return fmt.Sprintf("a whole number from %d to %d", low, high)
}

// unlimited is 2^53: the largest number that every reader of JSON and every
// float64 holds exactly, and a limit that is not worth telling anyone.
const unlimited = 1 << 53

// clampInt converts a bound; the uint64s above int64's reach its end.
func clampInt[T Integer](x T) int64 {
	if x > 0 && uint64(x) > math.MaxInt64 {
		return math.MaxInt64
	}
	return int64(x)
}
