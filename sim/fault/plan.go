package fault

import (
	"math"

	"souk/sim/rng"
	"souk/sim/vtime"
)

// Plan says when a fault happens. At is its first beginning; instead, with
// AfterEvent, it is the moment after the event of that number was handled. With
// For it ends after a drawn while, else it lasts. With Every it begins again, a
// drawn while after it ended (or began, without For), Times times in all;
// Times 0 is for ever.
type Plan struct {
	At         vtime.Duration
	AfterEvent uint64
	For        rng.Distribution
	Every      rng.Distribution
	Times      int
	Spec
}

// Void says that the plan of a valid spec changes nothing: its fault has no
// intensity, or lasts no time. Such a plan is not carried out.
func (p *Plan) Void() bool {
	kind := &Kinds()[p.Given()[0]]
	never := func(d rng.Distribution) bool { return d != nil && d.Mean() == 0 }
	switch {
	case !kind.Momentary && never(p.For),
		kind.Wants&Chance != 0 && p.Chance == 0,
		kind.Wants&Extra != 0 && never(p.Extra),
		kind.Wants&By != 0 && p.millionths() == even,
		kind.Wants&Offset != 0 && p.Offset == 0:
		return true
	}
	return kind.Takes == Percent && *p.argument().chance == 0
}

// Pick says which of the actors that a selector names are struck.
type Pick int

// The picks.
const (
	PickAll Pick = iota
	PickOne
)

// Spec says what happens. Exactly one kind of the table has its argument; the
// other fields count for those kinds that take them.
type Spec struct {
	given []argument
	Pick  Pick
	// Amnesia drops on restart what an actor would have remembered.
	Amnesia bool
	// Chance is that of a message to be struck.
	Chance rng.Probability
	// Extra is the time that a message takes more, in nanoseconds.
	Extra rng.Distribution
	// By is a factor: of the time that work takes, or of a clock's pace.
	By float64
	// Offset is what is added to a clock.
	Offset vtime.Duration
}

// even is the factor 1, in millionths.
const even = 1_000_000

// millionths returns By as a whole number, so that no floating-point number
// decides when something happens.
func (s *Spec) millionths() int64 { return max(1, int64(math.Floor(float64(s.By*even)+0.5))) }

// argument is what a kind was given.
type argument struct {
	actors []string
	groups [][]string
	flag   bool
	chance *rng.Probability
}

func (a *argument) empty() bool {
	return len(a.actors) == 0 && len(a.groups) == 0 && !a.flag && a.chance == nil
}

// at returns the argument of the kind in a place of the table.
func (s *Spec) at(kind int) *argument {
	if s.given == nil {
		s.given = make([]argument, len(Kinds()))
	}
	return &s.given[kind]
}

// Actors is the place of an argument of actors.
func (s *Spec) Actors(kind int) *[]string { return &s.at(kind).actors }

// Groups is the place of an argument of groups.
func (s *Spec) Groups(kind int) *[][]string { return &s.at(kind).groups }

// Flag is the place of a flag.
func (s *Spec) Flag(kind int) *bool { return &s.at(kind).flag }

// Percent is the place of a chance.
func (s *Spec) Percent(kind int) **rng.Probability { return &s.at(kind).chance }

// Given lists the places of the kinds that have an argument; in a valid spec
// it is one.
func (s *Spec) Given() []int {
	var kinds []int
	for kind := range s.given {
		if !s.given[kind].empty() {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// New builds the fault of a valid spec. id is the plan's place in the
// scenario.
func (s *Spec) New(id int) Fault { return s.Kind().New(id, s) }

// Kind returns the kind of a valid spec.
func (s *Spec) Kind() Kind { return Kinds()[s.Given()[0]] }

// Momentary says that the fault of a valid spec is over as soon as it begins.
func (s *Spec) Momentary() bool { return s.Kind().Momentary }

// Clocked says that the fault of a valid spec concerns clocks.
func (s *Spec) Clocked() bool { return s.Kind().Clocked }

// argument returns the one argument of a valid spec.
func (s *Spec) argument() *argument { return s.at(s.Given()[0]) }
