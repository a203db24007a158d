package experiments

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"souk/experiments/cells"
	"souk/experiments/scale"
	"souk/sim"
)

// writeWith writes a file of a folder by a function.
func writeWith(folder, name string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return cells.WriteFile(filepath.Join(folder, name), b.Bytes())
}

// scalePage is README.md.
func scalePage(points []scale.Result, million *scale.Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# scale\n\n%s\n\n```\nsim experiment scale\n```\n\n", capital(scaleOutcome.question))
	fmt.Fprintf(&b, "![What does an event cost as peers become more?](cost.png)\n\n![How many bytes does a peer take?](memory.png)\n\n")
	fmt.Fprintf(&b, "Measured on %s, on %s.\n\n", time.Now().Format("2 January 2006"), machine())
	b.WriteString(scaleTable(points))
	writeMillion(&b, million)
	b.WriteString("## What grows\n\nEach buyer asks once a minute at every size, so that what happens in a second of virtual time grows with the buyers; small markets run for longer, so that each run has a million events or more.\n\n")
	for _, m := range scale.Markets() {
		fmt.Fprintf(&b, "- **%s**: %s.\n", m.Name, m.Shape)
	}
	fmt.Fprintf(&b, `
## How

Each run is a process of its own. %d runs of each point are made for the times, one round of all points after the other, so that an hour in which the machine is slow falls on all of them; one more run stops half-way for a collection and a look at the heap. An event's cost is the CPU time of the process, the collector's included, from the first look at the run (after 16,384 events) to its end, by the events in between; what comes before is the start. All checkers and the meter are on. The scenarios are in `+"`experiments/scale`"+`.

`+"`counts.csv`"+` is the same on every machine: events, messages, the largest number of pending events, and digests; a test makes the smallest runs again. `+"`data.csv`"+` is of this one.

---
Made by `+"`sim experiment scale`"+` with version %s of the model.
`, scaleRounds, sim.Version)
	return b.String()
}

func scaleTable(points []scale.Result) string {
	t := table.NewWriter()
	t.AppendHeader(table.Row{"market", "peers", "virtual [s]", "events", "pending, at most", "CPU/event [ns]", "least … most", "start [CPU s]", "heap/peer [B]", "resident/peer [B]"})
	for i := range points {
		r := &points[i]
		t.AppendRow(table.Row{
			r.Point.Market, grouped(uint64(r.Peers)), whole(r.VirtualSeconds), grouped(r.Events), grouped(uint64(r.Pending)),
			whole(r.PerEvent.Median), whole(r.PerEvent.Least) + " … " + whole(r.PerEvent.Most), fmt.Sprintf("%.2f", r.Start.Median),
			whole(r.LivePerPeer()), whole(r.ResidentPerPeer().Median),
		})
	}
	return t.RenderMarkdown() + "\n\n"
}

// writeMillion is the section on the shipped scenario.
func writeMillion(b *strings.Builder, r *scale.Result) {
	fmt.Fprintf(b, "## A million buyers\n\n```\nsim run %s\n```\n\n", scale.Million)
	t := table.NewWriter()
	t.AppendHeader(table.Row{"", ""})
	t.AppendRow(table.Row{"events", grouped(r.Events)})
	t.AppendRow(table.Row{"CPU time", fmt.Sprintf("%.1f s (%.1f … %.1f), of which %.1f s to the first events", r.Whole.Median, r.Whole.Least, r.Whole.Most, r.Start.Median)})
	t.AppendRow(table.Row{"CPU time of an event", whole(r.PerEvent.Median) + " ns"})
	t.AppendRow(table.Row{"memory, at most", fmt.Sprintf("%s MB", grouped(uint64(r.Resident.Median/1e6)))})
	t.AppendRow(table.Row{"of that for a buyer", whole(r.Resident.Median/float64(r.Point.Buyers)) + " bytes"})
	t.AppendRow(table.Row{"on the heap half-way, for a buyer", whole(float64(r.Live)/float64(r.Point.Buyers)) + " bytes"})
	t.AppendRow(table.Row{"pending events, at most", grouped(uint64(r.Pending))})
	t.AppendRow(table.Row{"digest, on every build", "`" + r.Digest + "`"})
	fmt.Fprintf(b, "%s\n\nThe memory peaks when a million buyers are told of a trader's death.\n\n", t.RenderMarkdown())
}

// machine says what the figures are of, in a few words and without its name.
func machine() string {
	cpu := "an unknown CPU"
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for lines := bufio.NewScanner(bytes.NewReader(info)); lines.Scan(); {
			if key, value, _ := strings.Cut(lines.Text(), ":"); strings.TrimSpace(key) == "model name" {
				cpu = strings.TrimSpace(value)
				break
			}
		}
	}
	return fmt.Sprintf("%d cores of %s, with %s for %s/%s", runtime.NumCPU(), cpu, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// whole prints a figure without its fraction, in groups of three digits.
func whole(x float64) string { return grouped(uint64(x + 0.5)) }

// grouped prints a number in groups of three digits.
func grouped(n uint64) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", grouped(n/1000), n%1000)
}
