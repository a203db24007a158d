package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// write writes the page, the table and the figures, and prints the page.
func (m *measurement) write(w io.Writer, made string) error {
	if err := os.MkdirAll(m.out, 0o755); err != nil {
		return err
	}
	page := m.page(made)
	if err := os.WriteFile(filepath.Join(m.out, "README.md"), []byte(page), 0o644); err != nil {
		return err
	}
	if err := m.writeData(filepath.Join(m.out, "data.csv")); err != nil {
		return err
	}
	if err := m.writeFigures(); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n"+page)
	return err
}

// page returns the page, as Markdown.
func (m *measurement) page(made string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `# How fast is Souk's kernel beside others?

Processor time of an event, relative to Souk's in the same round: the median of %d rounds and, in brackets, the least and the greatest. All programs draw the same integers, so that they fire the same events; that they did is checked by hashes of what fired. Each is written as its engine's users would write it; nobody logs anything, and setting up is not timed.

Made by `+"`go run ./bench`"+` on %s. Machines like this one are shared: ratios mean something, times little.
`, m.rounds, made)
	m.pholdSection(&b)
	m.otherSection(&b, "M/M/1", "Customers come every Exp(1 s) to one server that works Exp(0.8 s). Per customer.", "mm1", []int{1})
	m.otherSection(&b, "Hold", "The first of n pending events is scheduled again, Exp(1 s) later. Queues only.", "hold", m.sizes)
	m.limitsSection(&b)
	m.marketsSection(&b)
	m.timesSection(&b)
	m.peersSection(&b)
	return b.String()
}

func (m *measurement) pholdSection(b *strings.Builder) {
	b.WriteString("\n## PHOLD\n\nN entities, and as many events pending; an event draws a uniform random entity, and schedules there in 0.1 s + Exp(0.9 s).\n\n")
	b.WriteString("![CPU time of an event of PHOLD over N](phold.png)\n\n")
	m.header(b, m.sizes)
	for _, p := range m.field[1:] {
		if p.absent != "" {
			continue
		}
		fmt.Fprintf(b, "| %s |", p.name)
		for _, n := range m.sizes {
			r, _ := m.ratio(p, contest{"phold", n})
			fmt.Fprintf(b, " %s%s |", r, goal(p.name, n, r))
		}
		b.WriteString("\n")
	}
}

// goal says how a ratio compares with the target, if there is one.
func goal(name string, n int, r spread) string {
	for _, t := range targets() {
		if least, ok := t.atLeast[n]; ok && t.peer == name {
			return fmt.Sprintf("; ≥ %g %s", least, verdict(r.median >= least))
		}
	}
	return ""
}

func (m *measurement) header(b *strings.Builder, sizes []int) {
	b.WriteString("| times Souk |")
	for _, n := range sizes {
		fmt.Fprintf(b, " N = %s |", power(n))
	}
	fmt.Fprintf(b, "\n|---|%s\n", strings.Repeat("---|", len(sizes)))
}

// otherSection has the ratios of a workload without targets.
func (m *measurement) otherSection(b *strings.Builder, title, about, workload string, sizes []int) {
	fmt.Fprintf(b, "\n## %s\n\n%s\n\n", title, about)
	if workload == "hold" {
		b.WriteString("![CPU time of an event of hold over N](hold.png)\n\n")
	}
	if len(sizes) == 1 && workload == "mm1" {
		b.WriteString("| times Souk | a customer |\n|---|---|\n")
	} else {
		m.header(b, sizes)
	}
	for _, p := range m.field[1:] {
		if !m.enters(p, contest{workload, sizes[0]}) {
			continue
		}
		fmt.Fprintf(b, "| %s |", p.name)
		for _, n := range sizes {
			r, _ := m.ratio(p, contest{workload, n})
			fmt.Fprintf(b, " %s |", r)
		}
		b.WriteString("\n")
	}
}

// limitsSection has what Souk promises by itself.
func (m *measurement) limitsSection(b *strings.Builder) {
	souk := m.field[0]
	b.WriteString("\n## Souk by itself\n\n| | measured | at most | |\n|---|---|---|---|\n")
	if m.huge > 0 {
		small, large := contest{"hold", m.sizes[0]}, contest{"hold", m.huge}
		r := over(m.perEvent(souk, large), m.perEvent(souk, small))
		fmt.Fprintf(b, "| hold with %s pending events, in holds with %s | %s | %g | %s |\n",
			power(large.n), power(small.n), r, mostHugeHold, verdict(r.median <= mostHugeHold))
	}
	if n, bytes := m.bytesPerEvent(); n > 0 {
		fmt.Fprintf(b, "| live memory for each of %s pending events | %.1f bytes | %g | %s |\n", power(n), bytes, mostBytes, verdict(bytes <= mostBytes))
	}
	r := over(m.paired, m.alone)
	fmt.Fprintf(b, "| CPU time of a run beside another one, in runs alone | %s | %g | %s |\n", r, mostPaired, verdict(r.median <= mostPaired))
}

// timesSection has the times behind the ratios.
func (m *measurement) timesSection(b *strings.Builder) {
	b.WriteString("\n## Times\n\nCPU time of an event on this machine in ns. A slow peer runs fewer events; Souk runs enough for its queue to divide far events at least once.\n\n")
	b.WriteString("| | events a round | ns |\n|---|---|---|\n")
	for _, c := range m.contests() {
		for _, p := range m.field {
			if values := m.perEvent(p, c); len(values) > 0 {
				fmt.Fprintf(b, "| %s, %s | %d | %s |\n", c, p.name, m.job(p, c).Events, spreadOf(values))
			}
		}
	}
}

func (c contest) String() string {
	if c.workload == "mm1" {
		return "M/M/1"
	}
	return fmt.Sprintf("%s at %s", c.workload, power(c.n))
}

func (m *measurement) peersSection(b *strings.Builder) {
	b.WriteString("\n## The programs\n\n")
	for _, p := range m.field {
		if p.absent != "" {
			fmt.Fprintf(b, "- **%s** is absent: %s.\n", p.name, p.absent)
			continue
		}
		fmt.Fprintf(b, "- **%s** (%s): %s.\n", p.name, p.version, p.about)
	}
	b.WriteString("\nTheir sources are in `bench/souk`, `bench/workload`, `bench/market` and `bench/peers`; the draws are described in `bench/recipe`. ")
	b.WriteString("Hashes are equal where an engine keeps simultaneous events in the order in which they were scheduled; ")
	b.WriteString("where it does not, the sums of all times are, and so the same events were fired.\n")
}

// power prints a count as 1e5 if it is that.
func power(n int) string {
	text := strconv.Itoa(n)
	if zeros := len(text) - 1; zeros > 2 && strings.Trim(text[1:], "0") == "" {
		return fmt.Sprintf("%ce%d", text[0], zeros)
	}
	return text
}

// writeData writes each run of each program.
func (m *measurement) writeData(path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	w := csv.NewWriter(file)
	rows := [][]string{{"round", "workload", "n", "program", "events", "cpu_ns", "hash", "sum", "heap_bytes"}}
	for _, r := range m.results {
		rows = append(rows, []string{
			strconv.Itoa(r.round + 1), r.contest.workload, strconv.Itoa(r.contest.n), r.peer.name,
			strconv.Itoa(r.Events), strconv.FormatInt(r.CPU.Nanoseconds(), 10),
			fmt.Sprintf("%016x", r.Tally.Hash), fmt.Sprintf("%016x", r.Tally.Sum), strconv.FormatInt(r.Heap, 10),
		})
	}
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	return file.Close()
}
