package metrics

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/vtime"
)

// Office is the share of a run of one who serves buyers: a trader, or in a market
// without traders a seller.
type Office struct {
	ID    actor.ID
	Slot  int16
	Sales uint64
	// Up is 1 while it holds its seat, or is in the market, and runs, else 0: its
	// average is its availability. Busy is the number of workers at work, Queue
	// the requests that wait. The averages count from the first request, or from
	// a later election.
	Up, Busy, Queue Level
	since           vtime.Time
}

// office returns the record of a trader, which it makes if need be.
func (m *Meter) office(id actor.ID, slot int16) *Office {
	at := m.inOffices.At(int(id))
	if *at == 0 {
		m.Offices = append(m.Offices, Office{ID: id, Slot: slot, since: vtime.Never})
		*at = int32(len(m.Offices))
	}
	return &m.Offices[*at-1]
}

// inOffice says whether a trader holds its seat and runs.
func (m *Meter) inOffice(id actor.ID) bool {
	return m.leads(id) && m.office(id, -1).Up.Now() > 0
}

// begin starts the office's averages.
func (o *Office) begin(at vtime.Time) {
	o.Up.Begin(at)
	o.Busy.Begin(at)
	o.Queue.Begin(at)
}

// levels follows what has a value at each moment.
func (m *Meter) levels(f *market.Fact) {
	switch f.Kind {
	case market.Issued:
		m.Live++
	case market.Ended:
		m.Live--
	case market.Deposited:
		m.move(f, f.Qty)
	case market.Sold, market.Withdrawn:
		m.move(f, -f.Qty)
	case market.Queued, market.TookOver, market.Reloaded:
		m.office(f.Trader, f.Slot).Queue.Add(f.At, 1)
	case market.Dropped:
		m.office(f.Trader, f.Slot).Queue.Add(f.At, -1)
	case market.Started:
		o := m.office(f.Trader, f.Slot)
		o.Queue.Add(f.At, -1)
		o.Busy.Add(f.At, 1)
	case market.Finished:
		m.office(f.Trader, f.Slot).Busy.Add(f.At, -1)
	case market.WorkBegan, market.WorkEnded:
		m.Warehouse.Set(f.At, f.N)
	case market.Elected, market.Returned, market.Opened:
		o := m.office(f.Actor, f.Slot)
		if o.since == vtime.Never {
			o.since = f.At
			o.begin(f.At)
		}
		o.Up.Set(f.At, 1)
		o.Slot = f.Slot
	case market.Resigned:
		m.office(f.Actor, f.Slot).Up.Set(f.At, 0)
	case market.Restarted:
		m.goAway(f.Actor, false)
	case market.Left:
		if m.leads(f.Actor) {
			m.office(f.Actor, f.Slot).Up.Set(f.At, 0)
		}
	case market.Crashed:
		m.goAway(f.Actor, true)
		if m.leads(f.Actor) {
			o := m.office(f.Actor, f.Slot)
			o.Busy.Set(f.At, 0)
			o.Queue.Set(f.At, 0)
			o.Up.Set(f.At, 0)
		}
	}
}

// goAway notes that a seller went down, or is back.
func (m *Meter) goAway(id actor.ID, away bool) {
	if seller := m.sellers.Get(int(id)); seller > 0 {
		m.away[seller-1] = away
	}
}

// Average returns the mean of a level of this run from its beginning to the
// close, or to now if the run was cut short.
func (m *Meter) Average(l *Level, now vtime.Time) float64 {
	if m.closed {
		return l.frozen
	}
	return l.Mean(now)
}

// freeze notes the averages at the close: what is served during the drain does
// not count.
func (m *Meter) freeze(at vtime.Time) {
	m.Warehouse.Freeze(at)
	for i := range m.Offices {
		m.Offices[i].Up.Freeze(at)
		m.Offices[i].Busy.Freeze(at)
		m.Offices[i].Queue.Freeze(at)
	}
}
