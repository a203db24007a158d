package metrics

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/vtime"
)

// Timeline writes what a Meter measures at equal steps of virtual time, as
// CSV. It must see each fact before the meter does: a row shows what held just
// before its time.
type Timeline struct {
	meter *Meter
	out   *csv.Writer
	name  func(actor.ID) string
	serve Servers
	step  vtime.Duration
	next  vtime.Time
	row   []string
}

// Servers are those who serve buyers: traders, with a warehouse behind them, or
// the sellers themselves.
type Servers struct {
	Number  int
	Traders bool
}

// NewTimeline returns a timeline of a meter's run.
func NewTimeline(w io.Writer, m *Meter, step vtime.Duration, items []string, serve Servers, name func(actor.ID) string) *Timeline {
	t := &Timeline{meter: m, out: csv.NewWriter(w), name: name, serve: serve, step: step}
	header := []string{"time_s", "issued", "shipped", "failed", "live"}
	word := "seller"
	if serve.Traders {
		header, word = append(header, "warehouse_busy"), "trader"
	}
	for _, item := range items {
		header = append(header, "stock_"+item)
	}
	for slot := range serve.Number {
		s := strconv.Itoa(slot)
		header = append(header, word+s, "queue"+s, "busy"+s)
	}
	t.put(header)
	return t
}

// Wants lists the facts that the meter wants.
func (t *Timeline) Wants() []market.Kind { return t.meter.Wants() }

// Observe writes the rows that are due before the fact.
func (t *Timeline) Observe(f *market.Fact) error {
	for t.next <= f.At {
		t.sample(t.next)
		t.next = t.next.Add(t.step)
	}
	return nil
}

// Flush writes the rows up to the end of the run, the last one at the end.
func (t *Timeline) Flush(end vtime.Time) error {
	for t.next < end {
		t.sample(t.next)
		t.next = t.next.Add(t.step)
	}
	t.sample(end)
	t.out.Flush()
	return t.out.Error()
}

func (t *Timeline) sample(at vtime.Time) {
	c := &t.meter.Counts
	ended := uint64(0)
	for _, n := range c.Outcomes {
		ended += n
	}
	row := append(t.row[:0],
		strconv.FormatFloat(at.Seconds(), 'f', -1, 64),
		strconv.FormatUint(c.Issued, 10),
		strconv.FormatUint(c.Sales, 10),
		strconv.FormatUint(ended-c.Outcomes[market.Fulfilled], 10),
		strconv.FormatInt(t.meter.Live, 10),
	)
	if t.serve.Traders {
		row = append(row, strconv.FormatInt(t.meter.Warehouse.Now(), 10))
	}
	for _, n := range t.meter.Stock {
		row = append(row, strconv.FormatInt(n, 10))
	}
	for slot := range t.serve.Number {
		row = append(row, t.seat(slot)...)
	}
	t.row = row
	t.put(row)
}

// seat returns who holds a seat at the moment, and how busy it is.
func (t *Timeline) seat(slot int) []string {
	for i := range t.meter.Offices {
		o := &t.meter.Offices[i]
		if int(o.Slot) == slot && o.Up.Now() > 0 {
			return []string{t.name(o.ID), fmt.Sprint(o.Queue.Now()), fmt.Sprint(o.Busy.Now())}
		}
	}
	return []string{"", "0", "0"}
}

// put writes a row; the csv writer keeps its first error until Flush.
func (t *Timeline) put(row []string) { _ = t.out.Write(row) }
