package run

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"souk/sim/check"
	"souk/sim/market"
	"souk/sim/metrics"
	"souk/sim/vtime"
)

// story tells a turn in words.
func (r *Report) story(t *metrics.Turn) string {
	who, seat := r.Play.Name(t.Who), fmt.Sprintf("trader%d", t.Slot)
	switch t.Kind {
	case market.Elected:
		return fmt.Sprintf("%s becomes %s", who, seat)
	case market.FaultMissed:
		return r.Config.World.Faults[t.N].New(t.N).String() + " had no effect: nobody answers to that name"
	case market.Crashed:
		return who + " crashes"
	case market.Restarted:
		return who + " restarts"
	case market.Suspected:
		return fmt.Sprintf("%s believes %s (%s) dead", who, r.Play.Name(t.Peer), seat)
	case market.WronglySuspected:
		return fmt.Sprintf("%s (%s) hears of its own death: a false suspicion", who, seat)
	case market.TookOver:
		return fmt.Sprintf("%s takes over %s of %s's queue", who, plural(t.N, "request"), r.Play.Name(t.Peer))
	case market.Left:
		return who + " leaves"
	case market.Resigned:
		return fmt.Sprintf("%s (%s) resigns; %s is its heir", who, seat, r.Play.Name(t.Peer))
	default:
		return fmt.Sprintf("%s (%s) is back", who, seat)
	}
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// WriteText writes the summary for a person. again is the command that repeats
// the run.
func (s *Summary) WriteText(w io.Writer, again string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s, %s of virtual time, %d events (%s)\n", s.Name, plural(s.Peers, "peer"),
		clock(s.Seconds), s.Events, s.End)
	if s.About != "" {
		fmt.Fprintf(&b, "  %s\n", s.About)
	}
	s.writeRequests(&b)
	s.writeSpeed(&b)
	s.writePhases(&b)
	s.writeCost(&b)
	s.writeServers(&b)
	s.writeWrong(&b)
	s.writeFaults(&b)
	s.writeChecks(&b)
	s.writeExpectations(&b)
	fmt.Fprintf(&b, "\nOne run is one draw of chance: other seeds give other figures.\n")
	fmt.Fprintf(&b, "seed %d   digest %s\nrepeat with: %s\n", s.Seed, s.Digest, again)
	for line := range strings.Lines(b.String()) {
		if _, err := fmt.Fprintln(w, strings.TrimRight(line, " \n")); err != nil {
			return err
		}
	}
	return nil
}

func (s *Summary) writeRequests(b *strings.Builder) {
	q := &s.Requests
	share := func(n uint64) string { return fmt.Sprintf("%6.1f %%", 100*ratio(float64(n), float64(q.Issued))) }
	line := func(what string, n uint64, note string) {
		fmt.Fprintf(b, "  %-16s%9d  %s  %s\n", what, n, share(n), note)
	}
	b.WriteString("\nWhat happened to the requests\n")
	if q.Issued == 0 {
		b.WriteString("  none was made: purchases never opened before the run closed\n")
		return
	}
	line("issued", q.Issued, "")
	line("shipped", q.Fulfilled, s.goods())
	line("rejected", q.Rejected, "")
	line("  stale view", q.Stale, s.stale)
	line("  out of stock", q.OutOfStock, "no seller had enough left")
	line("  undersold", q.Undersold, s.undersold())
	line("  not offered", q.NotOffered, s.notOffered())
	line("timed out", q.TimedOut, "the buyer gave up")
	if q.Lost > 0 {
		line("lost", q.Lost, "the trader does not know what became of them")
	}
	if q.Cancelled+q.Live > 0 {
		line("cancelled", q.Cancelled, "forgotten by a buyer that crashed")
		line("without outcome", q.Live, "")
	}
	fmt.Fprintf(b, "  %-16s%9d             confirmed to a buyer, then not shipped\n", "oversold units", q.OversoldUnits)
	fmt.Fprintf(b, "  %-16s%9d             shipped, though the buyer was told otherwise or gave up\n", "ghosts", q.Ghosts)
}

// undersold says how a request can be refused though there is stock.
func (s *Summary) undersold() string {
	if s.Cost.LookUps > 0 {
		return "no reply came, though a seller had enough"
	}
	return "refused on old news though there was stock"
}

// notOffered says who never saw an item on sale.
func (s *Summary) notOffered() string {
	if s.direct {
		return "the buyer had never seen it on sale"
	}
	return "nobody ever sold it"
}

// goods says what was shipped, and what the traders got of it.
func (s *Summary) goods() string {
	text := fmt.Sprintf("%d units for %.2f $", s.Goods.UnitsOut, s.Goods.Turnover)
	if !s.direct {
		text += fmt.Sprintf(", of which the traders kept %.2f $", s.Goods.Commissions)
	}
	return text
}

func (s *Summary) writeSpeed(b *strings.Builder) {
	p, l := &s.Speed, &s.Speed.Latency
	if s.Requests.Issued == 0 {
		return
	}
	b.WriteString("\nHow fast\n")
	fmt.Fprintf(b, "  throughput      %.3f sales/s, from the first request at %s to the close at %s\n", p.Throughput, clock(p.From), clock(p.Until))
	if l.N == 0 {
		b.WriteString("  latency         - (nothing was shipped)\n")
	} else {
		fmt.Fprintf(b, "  latency         p50 %s, p95 %s, p99 %s, max %s (request to goods, %d shipped)\n",
			span(l.P50), span(l.P95), span(l.P99), span(l.Max), l.N)
	}
	fmt.Fprintf(b, "  longest gap     %s without a sale, from %s\n", span(p.Gap), clock(p.GapFrom))
}

func (s *Summary) writePhases(b *strings.Builder) {
	if len(s.Phases) == 0 {
		return
	}
	b.WriteString("\nPhases\n")
	t := table.NewWriter()
	t.SetStyle(table.Style{Box: table.BoxStyle{PaddingLeft: "  ", PaddingRight: " "}})
	t.AppendHeader(table.Row{"phase", "from", "until", "issued", "sales", "sales/s", "stale", "p95"})
	for i := range s.Phases {
		p := &s.Phases[i]
		p95 := "-"
		if p.Speed.Latency.N > 0 {
			p95 = span(p.Speed.Latency.P95)
		}
		t.AppendRow(table.Row{
			p.Name, clock(p.Speed.From), clock(p.Speed.Until), p.Requests.Issued, p.Speed.Sales,
			fmt.Sprintf("%.3f", p.Speed.Throughput), p.Requests.Stale, p95,
		})
	}
	fmt.Fprintf(b, "%s\n", t.Render())
}

func (s *Summary) writeCost(b *strings.Builder) {
	c := &s.Cost
	b.WriteString("\nWhat it cost\n")
	fmt.Fprintf(b, "  messages        %d, %s a sale", c.Messages, s.perSale(c.Messages))
	if c.Hops > c.Messages {
		fmt.Fprintf(b, ", over %.1f hops each", ratio(float64(c.Hops), float64(c.Messages)))
	}
	b.WriteString("\n")
	for _, lost := range c.Lost {
		fmt.Fprintf(b, "  lost            %d messages: %s\n", lost.Count, lost.What)
	}
	s.writeMarket(b)
}

// perSale is a number for each sale, if there was any.
func (s *Summary) perSale(n uint64) string {
	if s.Goods.Sales == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", float64(n)/float64(s.Goods.Sales))
}

// writeMarket tells what only some markets have: traders and a warehouse,
// replicas, look-ups.
func (s *Summary) writeMarket(b *strings.Builder) {
	c := &s.Cost
	if c.Broadcasts > 0 {
		fmt.Fprintf(b, "  broadcasts      %d, %s a sale\n", c.Broadcasts, s.perSale(c.Broadcasts))
	}
	if c.LookUps > 0 {
		fmt.Fprintf(b, "  look-ups        %d, each reaching %.1f peers and %.1f offers\n", c.LookUps,
			ratio(float64(c.Visits), float64(c.LookUps)), ratio(float64(c.Replies), float64(c.LookUps)))
	}
	if c.Routed > 0 {
		fmt.Fprintf(b, "  choices         %d of a seller, %d on a view of its stock that was old; %d purchases refused\n",
			c.Routed, c.RoutedStale, s.Requests.StaleRefusals)
	}
	if s.direct {
		return
	}
	fmt.Fprintf(b, "  elections       %d with %d messages, decided at %s\n", c.Elections, c.ElectionMessages, clock(c.ElectedAt))
	fmt.Fprintf(b, "  decisions       %d from the cache, %d by the warehouse; %d refreshes, %d peer syncs\n",
		c.FromCache+c.DeniedByCache, c.FromWarehouse, c.Pulls, c.PeerSyncs)
	fmt.Fprintf(b, "  warehouse       %.1f %% busy with %d operations\n", 100*c.WarehouseBusy, c.Operations)
}

func (s *Summary) writeServers(b *strings.Builder) {
	servers, header := s.Traders, table.Row{"trader", "peer", "sales", "busy", "queue mean", "queue max", "at the end"}
	b.WriteString("\n")
	if s.direct {
		b.WriteString("Who sold\n")
		servers, header = s.Sellers, append(table.Row{"seller"}, header[2:]...)
	} else {
		b.WriteString("Who led\n")
	}
	t := table.NewWriter()
	t.SetStyle(table.Style{Box: table.BoxStyle{PaddingLeft: "  ", PaddingRight: " "}})
	t.AppendHeader(header)
	for _, x := range servers {
		end := "up"
		if !x.Up {
			end = "gone"
		}
		row := table.Row{
			x.Name, x.Sales, fmt.Sprintf("%.1f %%", 100*x.Utilisation), fmt.Sprintf("%.2f", x.QueueMean), x.QueueMax, end,
		}
		if !s.direct {
			row = append(table.Row{fmt.Sprintf("trader%d", x.Slot)}, row...)
		}
		t.AppendRow(row)
	}
	b.WriteString(t.Render() + "\n")
	const most = 20
	for i, turn := range s.Turns {
		if i == most {
			fmt.Fprintf(b, "  ... and %d more turns; see --json\n", len(s.Turns)-most)
			break
		}
		again := ""
		if turn.Repeated > 0 {
			again = fmt.Sprintf(" (and %d times more)", turn.Repeated)
		}
		fmt.Fprintf(b, "  %s  %s%s\n", clock(turn.At), turn.What, again)
	}
}

func (s *Summary) writeChecks(b *strings.Builder) {
	b.WriteString("\nInvariants (--json says what each one states)\n")
	var held []string
	for _, v := range s.Invariants {
		if v.State == check.Holds {
			held = append(held, v.ID)
		}
	}
	fmt.Fprintf(b, "  hold            %s\n", strings.Join(held, " "))
	// Those that were skipped for the same reason share a line.
	skipped := map[string]int{}
	var lines []string
	for _, v := range s.Invariants {
		switch at, seen := skipped[v.Note]; {
		case v.State == check.Holds:
		case v.State != check.Skipped:
			lines = append(lines, fmt.Sprintf("%-16s%s (%s)", v.State, v.ID, v.Statement))
		case seen:
			lines[at] = strings.Replace(lines[at], ":", " "+v.ID+":", 1)
		default:
			skipped[v.Note] = len(lines)
			lines = append(lines, fmt.Sprintf("%-16s%s: %s", v.State, v.ID, v.Note))
		}
	}
	for _, line := range lines {
		fmt.Fprintf(b, "  %s\n", line)
	}
}

// writeExpectations tells what the scenario expects and what came of it.
func (s *Summary) writeExpectations(b *strings.Builder) {
	if len(s.Expectations) == 0 {
		return
	}
	b.WriteString("\nExpectations\n")
	for i := range s.Expectations {
		j := &s.Expectations[i]
		fmt.Fprintf(b, "  %-16s%s", j.Result, j.Expectation)
		if j.Measured != "" {
			fmt.Fprintf(b, ": %s", j.Measured)
		}
		if j.Note != "" {
			fmt.Fprintf(b, " (%s)", j.Note)
		}
		b.WriteString("\n")
	}
}

// clock prints a point in time, span a length of time, both from seconds.
func clock(seconds float64) string {
	return vtime.Time(seconds * float64(vtime.Second)).String()[:12]
}

func span(seconds float64) string {
	d := vtime.Duration(seconds * float64(vtime.Second))
	switch {
	case d >= vtime.Second:
		return (d / vtime.Millisecond * vtime.Millisecond).String()
	case d >= vtime.Millisecond:
		return (d / (10 * vtime.Microsecond) * (10 * vtime.Microsecond)).String()
	}
	return d.String()
}
