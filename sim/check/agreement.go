package check

import (
	"fmt"
	"slices"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/vtime"
)

// agreement checks E3: some time after the last trouble all peers agree who leads,
// and those who lead know it.
type agreement struct {
	Setting
	agreed  rule
	weather weather
}

func newAgreement(s Setting) *agreement {
	return &agreement{Setting: s, weather: newWeather(&s), agreed: rule{
		id: "E3", statement: "once trouble is over, all that live agree in time on leaders who live and know it",
		skipped: s.Unmet.Agreement,
	}}
}

func (a *agreement) Wants() []market.Kind { return troubleKinds() }

func (a *agreement) Observe(f *market.Fact) error {
	a.weather.observe(f)
	return nil
}

func (a *agreement) Finish(e Ending) ([]Verdict, error) {
	if a.agreed.skipped == "" {
		a.agreed.skipped = a.tooEarly(e.Now)
	}
	var err error
	if a.agreed.skipped == "" {
		err = a.compare(a.books.lookLast(agreementReader).Views)
	}
	return []Verdict{a.agreed.verdict()}, err
}

// tooEarly says why the end of a run is none at which all need agree.
func (a *agreement) tooEarly(now vtime.Time) string {
	calm := now.Sub(max(a.weather.since, vtime.Time(0).Add(a.AgreeFrom)))
	switch {
	case a.weather.troubles > 0:
		return "a fault was in force to the end"
	case calm < a.AgreeWithin:
		return fmt.Sprintf("the run ended %v after the last trouble or the first elections; agreement can take %v: a longer run.settle would tell", max(0, calm), a.AgreeWithin)
	}
	return ""
}

// compare compares what everybody alive believes.
func (a *agreement) compare(views []market.View) error {
	views = slices.DeleteFunc(slices.Clone(views), func(v market.View) bool { return a.weather.isDown(v.Peer) })
	if len(views) == 0 {
		return nil
	}
	first := views[0]
	for _, v := range views {
		a.agreed.checks++
		if !slices.EqualFunc(v.Leaders, first.Leaders, func(x, y market.Seat) bool { return x.ID == y.ID && x.Slot == y.Slot }) {
			return breach("E3", "%s believes that %s lead, %s that %s do",
				a.Name(first.Peer), a.names(first.Leaders), a.Name(v.Peer), a.names(v.Leaders))
		}
		leads := slices.ContainsFunc(first.Leaders, func(s market.Seat) bool { return s.ID == v.Peer })
		if leads != v.Leads {
			return breach("E3", "%s is held for a leader: %v; believes so itself: %v", a.Name(v.Peer), leads, v.Leads)
		}
	}
	for _, s := range first.Leaders {
		if a.weather.isDown(s.ID) {
			return breach("E3", "everybody believes that %s leads, which is down", a.Name(s.ID))
		}
	}
	return a.complete(views)
}

// complete checks that the right peers lead, where vacant seats are filled: as many
// as there are seats, and where the highest preempt, the highest.
func (a *agreement) complete(views []market.View) error {
	led := views[0].Leaders
	standing := slices.DeleteFunc(slices.Clone(views), func(v market.View) bool { return v.Abstains })
	want := min(a.Seats, len(standing))
	switch {
	case !a.Replaced:
		// Who resigned abstains until all seats are taken, which they need never be.
		return nil
	case len(led) < want:
		return breach("E3", "%d of %d seats are taken, and %d peers live and stand", len(led), a.Seats, len(standing))
	}
	if !a.Preempted || len(standing) < len(views) {
		return nil
	}
	ids := make([]actor.ID, 0, len(views))
	for _, v := range views {
		ids = append(ids, v.Peer)
	}
	slices.Sort(ids)
	for _, id := range ids[len(ids)-want:] {
		if !slices.ContainsFunc(led, func(s market.Seat) bool { return s.ID == id }) {
			return breach("E3", "%s is among the highest %d alive and does not lead; %s do", a.Name(id), want, a.names(led))
		}
	}
	return nil
}

func (a *agreement) names(seats []market.Seat) string {
	var list []string
	for _, s := range seats {
		list = append(list, fmt.Sprintf("%s (seat %d)", a.Name(s.ID), s.Slot))
	}
	return fmt.Sprint(list)
}
