package metrics

import (
	"encoding/csv"
	"io"
	"strconv"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/table"
	"souk/sim/vtime"
)

// RequestLog writes one CSV row a request, in the order in which they end. It
// must see each fact after the meter, which knows what could have been sold.
type RequestLog struct {
	out   *csv.Writer
	meter *Meter
	name  func(actor.ID) string
	items []string
	at    map[market.RequestID]int32
	// live holds the open rows.
	live table.Slots[requestRow]
}

type requestRow struct {
	id                      market.RequestID
	item                    market.Item
	wanted                  int32
	issued, queued, shipped vtime.Time
	tries                   int
	source                  string
	undersold               bool
}

// NewRequestLog returns a log on w.
func NewRequestLog(w io.Writer, m *Meter, items []string, name func(actor.ID) string) *RequestLog {
	l := &RequestLog{meter: m, out: csv.NewWriter(w), name: name, items: items, at: map[market.RequestID]int32{}}
	l.put([]string{
		"request", "buyer", "item", "quantity", "issued_s", "queued_s", "shipped_s", "ended_s",
		"tries", "source", "trader", "seller", "units", "paid_usd", "outcome",
	})
	return l
}

// Wants lists the facts of a request's life.
func (l *RequestLog) Wants() []market.Kind {
	return []market.Kind{
		market.Issued, market.Retried, market.Queued, market.Accepted, market.Asked, market.Denied,
		market.Sold, market.Ended,
	}
}

// Observe follows a request.
func (l *RequestLog) Observe(f *market.Fact) error {
	if f.Kind == market.Issued {
		l.open(f)
		return nil
	}
	i, known := l.at[f.Request]
	if !known {
		return nil
	}
	r := l.live.At(i)
	switch f.Kind {
	case market.Retried:
		r.tries++
	case market.Queued:
		r.queued = f.At
	case market.Accepted:
		r.source = "cache"
	case market.Asked:
		r.source = "warehouse"
	case market.Denied:
		r.source = "cache"
		r.undersold = l.meter.couldFill(f)
	case market.Sold:
		r.shipped = f.At
	case market.Ended:
		l.close(i, f)
	}
	return nil
}

func (l *RequestLog) open(f *market.Fact) {
	r := requestRow{id: f.Request, item: f.Item, wanted: f.Qty, issued: f.At, queued: vtime.Never, shipped: vtime.Never, tries: 1}
	l.at[f.Request] = l.live.Put(r)
}

func (l *RequestLog) close(i int32, f *market.Fact) {
	trader, seller := "", ""
	if f.Trader != actor.None {
		trader = l.name(f.Trader)
	}
	if f.Outcome == market.Fulfilled {
		seller = l.name(f.Peer)
	}
	l.write(l.live.At(i), f.At, trader, seller, f.Qty, f.Amount, f.Outcome)
	delete(l.at, f.Request)
	l.live.Drop(i)
}

func (l *RequestLog) write(r *requestRow, ended vtime.Time, trader, seller string, units int32, paid market.Money, o market.Outcome) {
	outcome := o.String()
	if r.undersold && o == market.RejectedOutOfStock {
		outcome = "undersold"
	}
	l.put([]string{
		r.id.String(), l.name(r.id.Buyer()), l.items[r.item], strconv.Itoa(int(r.wanted)),
		seconds(r.issued), seconds(r.queued), seconds(r.shipped), seconds(ended),
		strconv.Itoa(r.tries), r.source, trader, seller, strconv.Itoa(int(units)), cents(paid), outcome,
	})
}

// Flush writes the requests that never ended, and everything buffered.
func (l *RequestLog) Flush() error {
	for i := range l.live.Len() {
		if r := l.live.At(int32(i)); r.id != 0 {
			l.write(r, vtime.Never, "", "", 0, 0, market.Live)
		}
	}
	l.out.Flush()
	return l.out.Error()
}

// put writes a row; the csv writer keeps its first error until Flush.
func (l *RequestLog) put(row []string) { _ = l.out.Write(row) }

// seconds prints a time, or nothing for one that never came.
func seconds(t vtime.Time) string {
	if t == vtime.Never {
		return ""
	}
	return strconv.FormatFloat(t.Seconds(), 'f', 6, 64)
}

func cents(m market.Money) string {
	return strconv.FormatFloat(float64(m)/float64(market.Dollar), 'f', 2, 64)
}
