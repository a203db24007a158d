package field

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"souk/sim/rng"
)

// formReader reads the parameters of one family of distributions.
type formReader struct {
	quantity
	family rng.Family
}

// read finds the form to which the given parameters belong, reads them all, and
// builds the distribution. A family with one parameter may be given its value
// alone: {constant: 5s}.
func (r formReader) read(s scope, entry pair) (rng.Distribution, bool) {
	n := entry.value
	if f := r.formOfOne(); f != nil && n.shape != mapping && n.shape != null {
		lone := &node{shape: mapping, at: n.at, pairs: []pair{{name: f.Params[0].Name, at: n.at, value: n}}}
		return r.build(s, *f, lone)
	}
	if !s.wants(n, mapping, "the parameters "+forms(r.family)) || !r.known(s, n) {
		return nil, false
	}
	for _, f := range r.family.Forms {
		if fits(f, n) {
			return r.build(s, f, n)
		}
	}
	s.report(entry.at, fmt.Sprintf("%s can't be made from {%s}", r.family.Name, strings.Join(n.names(), ", ")), r.family.Name+" takes "+forms(r.family))
	return nil, false
}

// formOfOne returns the only form with a single required parameter, which
// stands first in it, or nil.
func (r formReader) formOfOne() (only *rng.Form) {
	for i, f := range r.family.Forms {
		required := 0
		for _, p := range f.Params {
			if !p.Optional {
				required++
			}
		}
		if required != 1 || f.Params[0].Optional {
			continue
		}
		if only != nil {
			return nil // which one is meant can't be known
		}
		only = &r.family.Forms[i]
	}
	return only
}

// known reports parameters that no form has, and those given twice.
func (r formReader) known(s scope, n *node) bool {
	var names []string
	for _, f := range r.family.Forms {
		for _, p := range f.Params {
			names = append(names, p.Name)
		}
	}
	good := true
	for _, p := range n.pairs {
		switch {
		case !slices.Contains(names, p.name):
			good = false
			s.report(p.at, fmt.Sprintf("unknown parameter %s of %s", quote(p.name), r.family.Name),
				didYouMean(p.name, names)+r.family.Name+" takes "+forms(r.family))
		case p.again != 0:
			good = false
			s.reportTwice(p)
		}
	}
	return good
}

// fits says whether n gives all that f requires, and nothing else.
func fits(f rng.Form, n *node) bool {
	given := 0
	for _, p := range f.Params {
		if n.get(p.Name) != nil {
			given++
		} else if !p.Optional {
			return false
		}
	}
	return given == len(n.pairs)
}

// build reads the arguments of a form and makes the distribution.
func (r formReader) build(s scope, f rng.Form, n *node) (rng.Distribution, bool) {
	args := make([][]float64, len(f.Params))
	good := true
	for i, p := range f.Params {
		entry := n.get(p.Name)
		if entry == nil {
			continue
		}
		v, ok := r.argument(p).read(s.under(step{name: p.Name}), entry.value)
		args[i], good = v, good && ok
	}
	if !good {
		return nil, false
	}
	d, err := f.Build(args)
	if err != nil {
		s.report(n.at, r.family.Name+": "+err.Error(), "")
		return nil, false
	}
	return d, true
}

// argument is how a parameter is written.
func (r formReader) argument(p rng.Param) kind[[]float64] {
	one := r.value
	if p.Unit == rng.Number {
		one = single("a number", &jsonschema.Schema{Type: "number"}, pureNumber)
	}
	if p.List {
		return listKind(one, false)
	}
	return convertKind(one, func(x float64) []float64 { return []float64{x} })
}

// forms says how the parameters of a family may be given.
func forms(f rng.Family) string {
	ways := make([]string, len(f.Forms))
	for i, form := range f.Forms {
		names := make([]string, len(form.Params))
		for j, p := range form.Params {
			names[j] = p.Name
			if p.Optional {
				names[j] += " (optional)"
			}
		}
		ways[i] = "{" + strings.Join(names, ", ") + "}"
	}
	return strings.Join(ways, " or ")
}
