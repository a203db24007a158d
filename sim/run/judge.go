package run

import (
	"fmt"
	"math"
	"strings"

	"souk/sim"
	"souk/sim/check"
	"souk/sim/market"
	"souk/sim/vtime"
)

// Outcome is what became of an expectation.
type Outcome uint8

// The outcomes. An expectation of something that never happened is
// inconclusive, not met.
const (
	Met Outcome = iota
	NotMet
	Inconclusive
)

func (o Outcome) String() string { return [...]string{"met", "not met", "inconclusive"}[o] }

// Judgement says whether the run was as expected.
type Judgement struct {
	Expectation string  `json:"expectation"`
	Outcome     Outcome `json:"-"`
	Result      string  `json:"result"`
	// Measured is what was found, in the unit of the expectation.
	Measured string `json:"measured,omitempty"`
	Note     string `json:"note,omitempty"`
}

// vigil watches over a probe.
type vigil struct {
	*Expectation
	move  func(*market.Fact) int64
	value int64
	// changed: the probe has moved at all.
	changed bool
	// worst is the first value out of bounds, at the time and in the event that
	// follow; found says that there was one.
	worst int64
	at    vtime.Time
	event uint64
	found bool
}

func newVigil(e *Expectation, actors int) *vigil {
	return &vigil{Expectation: e, move: e.probe.gauge(actors)}
}

// Wants lists the facts that can change the probe.
func (v *vigil) Wants() []market.Kind { return v.probe.kinds }

// Observe follows the probe.
func (v *vigil) Observe(f *market.Fact) error {
	step := v.move(f)
	if step == 0 {
		return nil
	}
	v.value += step
	v.changed = true
	if v.always && !v.found && !v.bound.allows(float64(v.value)) {
		v.found, v.worst, v.at, v.event = true, v.value, f.At, f.Event
	}
	return nil
}

// watch returns the observers of what is expected to hold in the course of the
// run.
func (r *Report) watch(expected []Expectation) []market.Observer {
	var observers []market.Observer
	r.expected = expected
	r.vigils = make([]*vigil, len(expected))
	for i := range expected {
		if e := &expected[i]; e.probe != nil {
			r.vigils[i] = newVigil(e, r.Play.Actors())
			observers = append(observers, r.vigils[i])
		}
	}
	return observers
}

// judge says of each expectation whether it was met.
func (r *Report) judge(s *Summary) []Judgement {
	var list []Judgement
	cut := r.World.End == sim.EventLimit || r.World.End == sim.Interrupted
	for i := range r.expected {
		e := &r.expected[i]
		j := Judgement{Expectation: e.Text}
		switch {
		case e.measure != nil:
			e.judgeMeasure(&j, s)
		case e.probe != nil:
			r.vigils[i].judge(&j)
		default:
			r.judgeInvariant(&j, e.invariant)
		}
		if breached := r.vigils[i] != nil && r.vigils[i].found; cut && !breached {
			j.Outcome, j.Note = Inconclusive, "the run was cut short"
		}
		j.Result = j.Outcome.String()
		list = append(list, j)
	}
	return list
}

func (e *Expectation) judgeMeasure(j *Judgement, s *Summary) {
	x := e.measure.Of(s)
	if math.IsNaN(x) || s.neverBegan(e.measure.Name) {
		j.Outcome, j.Note = Inconclusive, "it has no value in this run"
		return
	}
	j.Measured = scaleOf(e.measure).show(x)
	if !e.bound.allows(x) {
		j.Outcome = NotMet
	}
}

// neverBegan says that the measure is of a phase which the run did not reach.
func (s *Summary) neverBegan(measure string) bool {
	_, phase, _ := strings.Cut(measure, "@")
	for i := range s.Phases {
		p := &s.Phases[i]
		if p.Name == phase && p.Speed.Until <= p.Speed.From {
			return true
		}
	}
	return false
}

func (v *vigil) judge(j *Judgement) {
	j.Measured = fmt.Sprint(v.value)
	switch {
	case v.found:
		j.Outcome, j.Measured = NotMet, fmt.Sprint(v.worst)
		j.Note = fmt.Sprintf("at %v, in event %d", v.at, v.event)
	case !v.changed:
		j.Outcome, j.Note = Inconclusive, "nothing ever changed it"
	case !v.always && !v.bound.allows(float64(v.value)):
		j.Outcome, j.Note = NotMet, "at the end"
	}
}

// judgeInvariant passes the verdict of a checker on.
func (r *Report) judgeInvariant(j *Judgement, id string) {
	for _, v := range r.Verdicts {
		if v.ID != id {
			continue
		}
		switch v.State {
		case check.Holds:
		case check.Broken:
			j.Outcome = NotMet
		default:
			j.Outcome, j.Note = Inconclusive, v.State.String()
			if v.Note != "" {
				j.Note += ": " + v.Note
			}
		}
		return
	}
	j.Outcome, j.Note = Inconclusive, "nothing checks it in this run"
}

// Verdict is the outcome of all expectations together: not met if one is not,
// else inconclusive if one is. count is how many are the reason.
func (s *Summary) Verdict() (all Outcome, count int) {
	for _, worst := range []Outcome{NotMet, Inconclusive} {
		for i := range s.Expectations {
			if s.Expectations[i].Outcome == worst {
				count++
			}
		}
		if count > 0 {
			return worst, count
		}
	}
	return Met, len(s.Expectations)
}
