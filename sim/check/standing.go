package check

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/vtime"
)

// standing adds to R2 what a request's buyer cannot see: a queue at which nobody
// works. Once all trouble is over, a trader that is up and has requests in line
// begins one in time; if it does not, they are lost in silence, whoever gave up
// waiting for them.
type standing struct {
	Setting
	weather weather
	lines   roster[line]
}

// line is one trader's queue: how many wait, and when it last began or ended one,
// stored a deposit, or had none.
type line struct {
	waiting int64
	moved   vtime.Time
}

// idleFor is for how long a trader may begin nothing although somebody waits: all
// its workers can be busy with what takes long.
const idleFor = vtime.Minute

func newStanding(s Setting) *standing {
	return &standing{Setting: s, weather: newWeather(&s), lines: newRoster[line](s.Actors)}
}

func (c *standing) Wants() []market.Kind {
	return append(
		troubleKinds(), market.Queued, market.TookOver, market.Reloaded, market.Started, market.Dropped, market.Resting,
		market.Finished, market.Deposited, market.DepositRepeated,
	)
}

func (c *standing) Observe(f *market.Fact) error {
	c.weather.observe(f)
	if f.Actor == actor.None {
		return nil
	}
	l := c.lines.of(f.Actor)
	switch f.Kind {
	case market.Queued, market.TookOver, market.Reloaded:
		if l.waiting == 0 {
			l.moved = f.At
		}
		l.waiting++
	case market.Started, market.Dropped:
		l.waiting--
		l.moved = f.At
	case market.Finished:
		l.moved = f.At
	case market.Deposited, market.DepositRepeated:
		c.lines.of(f.Trader).moved = f.At
	case market.Crashed:
		*l = line{}
	case market.Resting:
		l.moved = f.At.Add(vtime.Duration(f.N))
	}
	return nil
}

func (c *standing) Finish(e Ending) ([]Verdict, error) {
	if c.Unmet.Standing != "" || !e.Drained || c.weather.troubles > 0 || c.weather.services > 0 || e.Now.Sub(c.weather.since) <= idleFor {
		return nil, nil
	}
	for id := range actor.ID(c.Actors) {
		if !c.lines.has(id) {
			continue
		}
		if l := c.lines.of(id); l.waiting > 0 && !c.weather.isDown(id) && e.Now.Sub(l.moved) > idleFor {
			return nil, breach("R2", "%d requests wait in the queue of %s, which has begun none for %v", l.waiting, c.Name(id), e.Now.Sub(l.moved))
		}
	}
	return nil, nil
}
