package field

import (
	"fmt"
	"strings"

	"souk/sim/rng"
)

// DurationDist is a distribution of spans of time, drawn in nanoseconds: 5s, or
// {exponential: {mean: 5s}}. The families are those of package rng.
func DurationDist[C any](place func(*C) *rng.Distribution) Type[C] {
	value := convertKind(durationKind(0), toFloat)
	return at(place, quantity{"duration", value, rng.Families()}.kind())
}

// CountDist is a distribution of whole numbers: 3, or
// {uniform: {min: 1, max: 10}}.
func CountDist[C any](place func(*C) *rng.Distribution) Type[C] {
	value := wholeKind("a whole number of 0 or more", 0, unlimited)
	return at(place, quantity{"count", convertKind(value, toFloat), rng.CountFamilies()}.kind())
}

// WholeDollarsDist is a distribution of amounts of money in steps of a dollar,
// drawn in dollars: 5, or {uniform: {min: 5, max: 10}}.
func WholeDollarsDist[C any](place func(*C) *rng.Distribution) Type[C] {
	value := wholeKind("an amount in whole dollars", 0, unlimited)
	return at(place, quantity{"dollars", convertKind(value, toFloat), rng.CountFamilies()}.kind())
}

func toFloat[T ~int64](x T) float64 { return float64(x) }

// quantity is what the values of a distribution measure.
type quantity struct {
	name     string        // of its schema
	value    kind[float64] // how one value is written
	families []rng.Family
}

func (q quantity) kind() kind[rng.Distribution] {
	return kind[rng.Distribution]{what: q.what(), read: q.read, schema: q.schema}
}

func (q quantity) what() string {
	return q.value.what + ", or one of the distributions " + strings.Join(q.names(), ", ")
}

func (q quantity) names() []string {
	names := make([]string, len(q.families))
	for i, f := range q.families {
		names[i] = f.Name
	}
	return names
}

// read takes a single value as the constant distribution.
func (q quantity) read(s scope, n *node) (rng.Distribution, bool) {
	if n.shape == scalar {
		if f := q.family(n.text); f != nil {
			s.report(n.at, n.text+" needs its parameters", f.Name+" takes "+forms(*f))
			return nil, false
		}
		x, ok := q.value.read(s, n)
		if !ok {
			return nil, false
		}
		return rng.Constant(x), true
	}
	if !s.wants(n, mapping, q.what()) {
		return nil, false
	}
	if len(n.pairs) != 1 {
		s.report(n.at, fmt.Sprintf("%s wants one distribution, not %d", s.key, len(n.pairs)), "write {name: {parameter: value}}")
		return nil, false
	}
	entry := n.pairs[0]
	family := q.family(entry.name)
	if family == nil {
		s.report(entry.at, "unknown distribution "+quote(entry.name),
			didYouMean(entry.name, q.names())+"distributions: "+strings.Join(q.names(), ", "))
		return nil, false
	}
	return formReader{q, *family}.read(s.under(step{name: family.Name}), entry)
}

func (q quantity) family(name string) *rng.Family {
	for i := range q.families {
		if q.families[i].Name == name {
			return &q.families[i]
		}
	}
	return nil
}
