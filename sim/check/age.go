package check

import (
	"souk/sim/market"
	"souk/sim/vtime"
)

// age checks C3 and C4: no trader decides on a cache that is older than its sync
// period and the longest round trip to the warehouse allow, or than its time to
// live; and no snapshot replaces a newer one.
//
// A refresh that was asked for comes alone; one that an answer brings comes with
// what the trader does about the answer, in the same event.
type age struct {
	Setting
	young, forward rule
	caches         roster[cached]
}

// cached is what is known of one trader's cache.
type cached struct {
	version uint64
	// since is when the cache was last refreshed, or opened; pulled: it was refreshed.
	since  vtime.Time
	pulled bool
	// asked is when the refresh was asked for that is under way.
	asked    vtime.Time
	underWay bool
	// unsure is the event of a refresh of which it is not yet clear what brought it;
	// 0 if it is.
	unsure  uint64
	longest vtime.Duration
}

func newAge(s Setting) *age {
	a := &age{
		Setting: s, caches: newRoster[cached](s.Actors),
		young:   rule{id: "C3", statement: "no trader decides on a cache older than its sync period and a round trip, or its time to live", skipped: s.Unmet.Age},
		forward: rule{id: "C4", measure: "version_regressions", statement: "the version of a cache never decreases"},
	}
	if !s.Versioned {
		a.forward.skipped = "needs traders.cache.versions: check"
	}
	return a
}

func (a *age) Wants() []market.Kind {
	wants := []market.Kind{market.Pulled, market.Elected, market.Restarted}
	if a.young.skipped == "" {
		wants = append(wants, market.PullStarted, market.Answered, market.PeerSynced, market.Accepted, market.Denied)
	}
	return wants
}

func (a *age) Observe(f *market.Fact) error {
	if f.Kind == market.Restarted {
		if f.N == 0 {
			a.caches.of(f.Actor).version = 0
		}
		return nil
	}
	c := a.caches.of(f.Actor)
	switch {
	case c.unsure == 0:
	case c.unsure != f.Event:
		c.underWay, c.unsure = false, 0
		c.longest = max(c.longest, c.since.Sub(c.asked))
	case f.Kind != market.Pulled:
		c.unsure = 0
	}
	switch f.Kind {
	case market.Elected:
		*c = cached{since: f.At, longest: c.longest}
	case market.PullStarted:
		if !c.underWay {
			c.underWay, c.asked = true, f.At
		}
	case market.Pulled:
		return a.refresh(c, f)
	case market.Accepted, market.Denied:
		return a.decide(c, f)
	}
	return nil
}

func (a *age) refresh(c *cached, f *market.Fact) error {
	c.since, c.pulled = f.At, true
	if c.underWay {
		c.unsure = f.Event
	}
	if f.Version == 0 {
		return nil
	}
	a.forward.checks++
	if f.Version < c.version {
		if a.forward.skipped == "" {
			return breach("C4", "%s replaces version %d of the stock by %d", a.Name(f.Actor), c.version, f.Version)
		}
		a.count(&a.Counts.VersionRegressions, f.At)
	}
	c.version = f.Version
	return nil
}

func (a *age) decide(c *cached, f *market.Fact) error {
	a.young.checks++
	old := f.At.Sub(c.since)
	if a.TTL > 0 && (!c.pulled || old >= a.TTL) {
		return breach("C3", "%s decides request %v on a copy of %v, which lives for %v", a.Name(f.Actor), f.Request, old, a.TTL)
	}
	trip := c.longest
	if c.underWay {
		trip = max(trip, f.At.Sub(c.asked))
	}
	if a.PullEvery > 0 && c.pulled && old > a.PullEvery+trip {
		return breach("C3", "%s decides request %v on a copy of %v, with a refresh every %v that takes %v at most",
			a.Name(f.Actor), f.Request, old, a.PullEvery, trip)
	}
	return nil
}

func (a *age) Finish(Ending) ([]Verdict, error) {
	return []Verdict{a.young.verdict(), a.forward.verdict()}, nil
}
