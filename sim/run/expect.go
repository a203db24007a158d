package run

import (
	"fmt"
	"slices"
	"strings"

	"souk/sim/check"
	"souk/sim/scenario"
	"souk/sim/scenario/field"
)

// Expectation is one of the statements under expect in a scenario, understood:
// a bound on a measure, a bound on a probe, or an invariant.
type Expectation struct {
	// Text is the statement as it is written.
	Text string
	// Of these one is set: invariant is an id.
	measure   *Measure
	probe     *Probe
	invariant string
	// always, of a probe: at every moment, not only at the end.
	always bool
	bound  bound
}

// Expectations returns what a scenario expects of its run. The problems are
// statements that mean nothing, or nothing in this scenario.
func Expectations(doc *scenario.Document) ([]Expectation, field.Problems) {
	var list []Expectation
	var problems field.Problems
	for i, s := range doc.Config.Expect {
		if s == (field.Statement{}) {
			continue // its problem has been reported
		}
		key := fmt.Sprintf("expect[%d]", i)
		if s.Word != "" {
			key += "." + s.Word
		}
		e := Expectation{Text: s.String(), always: s.Word == scenario.Always}
		if message, hint := e.understand(s, &doc.Config); message != "" {
			problems = append(problems, doc.Problem(key, message, hint))
			continue
		}
		list = append(list, e)
	}
	return list, problems
}

// understand finds out what a statement is about. It returns what is wrong with
// it, if anything is, and what to do.
func (e *Expectation) understand(s field.Statement, c *scenario.Config) (message, hint string) {
	claim := parseClaim(s.Text)
	for _, p := range Probes() {
		if p.Name == claim.name {
			return e.aboutProbe(&p, s, claim, c)
		}
	}
	for _, n := range check.Names() {
		if n.ID == claim.name || n.Word == claim.name {
			return e.aboutInvariant(n, s, claim)
		}
	}
	base, _, _ := strings.Cut(claim.name, "@")
	known := func(m Measure) bool { return m.Name == base }
	if slices.ContainsFunc(Measures(), known) {
		return e.aboutMeasure(s, claim, c)
	}
	if claim.name == "" {
		return "it does not say of what", "such as throughput >= 0.5/s or always: no-oversell"
	}
	return fmt.Sprintf("nothing is called %q", claim.name), meant(base, s.Word) + "`sim list --expect` names what can be expected"
}

// meant suggests the name that is most like a word, of those that fit where it
// stands.
func meant(typed, word string) string {
	var names []string
	if word == "" {
		for _, m := range Measures() {
			names = append(names, m.Name)
		}
	} else {
		for _, p := range Probes() {
			names = append(names, p.Name)
		}
		for _, n := range check.Names() {
			names = append(names, n.Word)
		}
	}
	if best := field.Nearest(typed, names); best != "" {
		return fmt.Sprintf("did you mean %q? ", best)
	}
	return ""
}

func (e *Expectation) aboutMeasure(s field.Statement, c claim, cfg *scenario.Config) (message, hint string) {
	m, err := FindMeasure(c.name)
	if err != nil {
		return err.Error(), "`sim list --measures` says which can"
	}
	if s.Word != "" {
		return fmt.Sprintf("%s is of the run as a whole", c.name), fmt.Sprintf("leave out %s:", s.Word)
	}
	if _, phase, phased := strings.Cut(c.name, "@"); phased {
		called := func(p scenario.Phase) bool { return p.Name == phase }
		if !slices.ContainsFunc(cfg.Phases, called) {
			return fmt.Sprintf("there is no phase %q", phase), "run.phases names the phases"
		}
	}
	e.measure = &m
	return e.within(c, scaleOf(&m))
}

func (e *Expectation) aboutProbe(p *Probe, s field.Statement, c claim, cfg *scenario.Config) (message, hint string) {
	if s.Word == "" {
		return p.Name + " changes in the course of a run", fmt.Sprintf("write always: %s or eventually: %s", s.Text, s.Text)
	}
	if p.Means != nil && !p.Means(cfg) {
		return fmt.Sprintf("%s means nothing in this market", p.Name), "leave it out"
	}
	e.probe = p
	return e.within(c, countScale)
}

func (e *Expectation) aboutInvariant(n check.Name, s field.Statement, c claim) (message, hint string) {
	switch {
	case c.op != "":
		return n.Word + " is no number: it holds or it does not", "write always: " + n.Word
	case s.Word == "":
		return n.Word + " needs a word before it", "write always: " + n.Word
	}
	e.invariant = n.ID
	return "", ""
}

// within reads what a quantity is compared with.
func (e *Expectation) within(c claim, scale scale) (message, hint string) {
	switch {
	case c.op == "":
		return c.name + " is compared with nothing", "compare it with a value " + scale.like
	case !knownSign(c.op):
		return fmt.Sprintf("%q compares nothing", c.op), "one of <, <=, >, >=, =="
	case c.value == "":
		return "a value is missing after " + c.op, scale.like
	}
	value, ok := scale.read(c.value)
	if !ok {
		return fmt.Sprintf("%q is no value of %s", c.value, c.name), scale.like
	}
	e.bound = bound{c.op, value}
	return "", ""
}

// Doc says in words what the expectation is about.
func (e *Expectation) Doc() string {
	switch {
	case e.measure != nil:
		return e.measure.Doc
	case e.probe != nil:
		return e.probe.Doc
	}
	for _, n := range check.Names() {
		if n.ID == e.invariant {
			return n.ID + ", " + n.Doc
		}
	}
	return e.invariant
}
