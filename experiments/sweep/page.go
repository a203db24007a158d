package sweep

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"souk/experiments/stats"
	"souk/sim"
)

// page is README.md.
func (r *Result) page(command string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n", r.Name, sentence(r.Question))
	fmt.Fprintf(&b, "```\n%s\n```\n\n", command)
	for i := range r.Plots {
		p := &r.Plots[i]
		fmt.Fprintf(&b, "![%s](%s)\n\n", r.title(p), p.File)
	}
	if r.Conclusion != "" {
		fmt.Fprintf(&b, "%s\n\n", strings.TrimSpace(r.Conclusion))
	}
	b.WriteString(r.Overview())
	r.writeSetting(&b)
	r.writePublished(&b)
	r.writeTables(&b)
	r.writeComparisons(&b)
	fmt.Fprintf(&b, "---\n%s\n\nMade by `%s` with version %s of the model. `data.csv` has all figures of the tables; "+
		"`runs.csv`, which the command writes beside it, has every run with its seed and digest.\n", r.foot(), command, sim.Version)
	return []byte(b.String())
}

// sentence makes a text begin with a capital letter.
func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func (r *Result) writeSetting(b *strings.Builder) {
	b.WriteString("## Setting\n\n")
	for i, name := range r.Scenarios {
		fmt.Fprintf(b, "- scenario `%s`: %s\n", name, strings.TrimSuffix(r.About[i], "."))
	}
	line := func(key, values string) {
		label, _ := r.given(key)
		fmt.Fprintf(b, "- %s\n", strings.TrimSpace(fmt.Sprintf("%s `%s`: %s", label, key, values)))
	}
	for _, s := range r.Set {
		line(s.Key.Text, "`"+s.Value.Text+"`")
	}
	for _, a := range r.Axes {
		if a.Keys[0] == scenarioKey {
			continue
		}
		for k, key := range a.Keys {
			var values []string
			for _, step := range a.Values {
				v := "`" + step[k].Text + "`"
				if l, named := r.value(key, step[k].Text); named {
					v += " (" + l + ")"
				}
				values = append(values, v)
			}
			together := ""
			if len(a.Keys) > 1 {
				together = ", in lockstep"
			}
			line(key, strings.Join(values, ", ")+together)
		}
	}
	b.WriteString("\n")
	for _, warning := range r.warnings() {
		fmt.Fprintf(b, "**Warning:** %s.\n\n", warning)
	}
}

// warnings says what keeps the figures from being what they seem.
func (r *Result) warnings() []string {
	var list []string
	if n := r.fewest(); stats.Few(n) {
		list = append(list, fmt.Sprintf("only %d replications at some points; at least %d are needed for intervals that can be trusted", n, stats.Fewest))
	}
	if err := r.Doubts(); err != nil {
		list = append(list, err.Error())
	}
	cut := 0
	for _, runs := range r.Runs {
		for i := range runs {
			if runs[i].End == sim.EventLimit.String() {
				cut++
			}
		}
	}
	if cut > 0 {
		list = append(list, fmt.Sprintf("%d runs were cut short by run.event_limit", cut))
	}
	return list
}

// fewest is the smallest number of replications of any point.
func (r *Result) fewest() int {
	least := math.MaxInt
	for _, runs := range r.Runs {
		least = min(least, len(runs))
	}
	return least
}

// markdown starts a table.
func markdown(head ...any) table.Writer {
	t := table.NewWriter()
	t.AppendHeader(table.Row(head))
	return t
}

// keyColumns are the heads of the columns that tell points apart.
func (r *Result) keyColumns() []any {
	var head []any
	for _, k := range r.shown() {
		head = append(head, r.label(r.Keys()[k]))
	}
	return head
}

func (r *Result) pointCells(point int) table.Row {
	var row table.Row
	for _, k := range r.shown() {
		text, _ := r.value(r.Keys()[k], r.Points[point].Values[k])
		row = append(row, text)
	}
	return row
}

func (r *Result) writeTables(b *strings.Builder) {
	b.WriteString("## Results\n\n")
	for _, m := range r.tabulated() {
		unit := m.Unit
		if unit != "" {
			unit = " [" + unit + "]"
		}
		fmt.Fprintf(b, "**%s**%s: %s\n\n", m.Name, unit, m.Doc)
		if r.never(m.Name) {
			b.WriteString("0 in every run.\n\n")
			continue
		}
		head := append(r.keyColumns(), "n", "mean", "± half-width", "interval of the mean", "min", "median", "max", "a single run lies in")
		t := markdown(head...)
		for i := range r.Points {
			e := r.Estimate(i, m.Name)
			t.AppendRow(append(r.pointCells(i), e.N, figureText(&m, e.Mean), figureText(&m, e.CI.Half()), spanText(&m, e.CI), figureText(&m, e.Min),
				figureText(&m, e.Median), figureText(&m, e.Max), spanText(&m, e.Single)))
		}
		fmt.Fprintf(b, "%s\n\n", t.RenderMarkdown())
	}
}

// never says whether a measure is 0 in every run.
func (r *Result) never(measure string) bool {
	for i := range r.Points {
		if slices.ContainsFunc(r.Values(i, measure), func(x float64) bool { return x != 0 }) {
			return false
		}
	}
	return true
}

func (r *Result) writePublished(b *strings.Builder) {
	if len(r.Published) == 0 {
		return
	}
	b.WriteString("## Beside the published values\n\n")
	t := markdown("setting", "measure", "published", "simulated mean", "interval of the mean", "a single run lies in", "off by", "agrees")
	t.SuppressEmptyColumns()
	agreeing := 0
	for _, p := range r.Published {
		m := mustFind(p.Measure)
		e := r.Estimate(p.Point, p.Measure)
		agrees := "**no**"
		if e.Single.Holds(p.Value.Value) {
			agrees = "yes"
			agreeing++
		}
		t.AppendRow(table.Row{
			r.setting(p.Point), m.Name + unitSuffix(&m), figureText(&m, p.Value.Value), figureText(&m, e.Mean), spanText(&m, e.CI),
			spanText(&m, e.Single), strconv.FormatFloat(100*(e.Mean-p.Value.Value)/p.Value.Value, 'f', 0, 64) + " %", agrees,
		})
	}
	fmt.Fprintf(b, "%s\n\n", t.RenderMarkdown())
	fmt.Fprintf(b, "A published value is one run of the real system, so it agrees if it lies where %s of single simulated runs lie; %d of %d do. "+
		"Where single runs differ much, that is a weak test, and the distance from the mean says more.\n\n",
		percent(r.confidence()), agreeing, len(r.Published))
	for _, line := range r.sources() {
		fmt.Fprintf(b, "- %s\n", line)
	}
	b.WriteString("\n")
}

// sources lists where the published values stand, and then what is known of
// their faults, each once.
func (r *Result) sources() []string {
	var lines, notes []string
	for _, p := range r.Published {
		if line := "Source: " + p.Source; !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
		note := p.Note
		if alike := r.alike(p.Note); note != "" && !alike {
			note = strings.TrimPrefix(r.setting(p.Point)+", "+p.Measure+": "+note, ", ")
		}
		if note != "" && !slices.Contains(notes, note) {
			notes = append(notes, note)
		}
	}
	return append(lines, notes...)
}

// alike says whether all published values have the same note.
func (r *Result) alike(note string) bool {
	return !slices.ContainsFunc(r.Published, func(p Published) bool { return p.Note != note })
}

func (r *Result) writeComparisons(b *strings.Builder) {
	list := r.Changed()
	for _, m := range r.tabulated() {
		if !r.never(m.Name) {
			list = append(list, r.Compare(m.Name)...)
		}
	}
	if len(list) == 0 {
		return
	}
	b.WriteString("## Compared on common random numbers\n\n")
	t := markdown("what", "against", "measure", "n", "difference", "interval", "p", "verdict")
	for i := range list {
		c := &list[i]
		m := &c.Measure
		t.AppendRow(table.Row{
			c.What, c.Against, m.Name + unitSuffix(m), c.N, differenceText(m, c.Mean, c.CI.Half()), changeText(m, c.CI), pText(c.P), string(c.Verdict),
		})
	}
	fmt.Fprintf(b, "%s\n\n", t.RenderMarkdown())
	fmt.Fprintf(b, "Differences are means of run-by-run differences; p is of a paired t test. Intervals and p hold for all comparisons of a measure together (Bonferroni, at %s). ~ is no difference shown.\n\n", percent(r.confidence()))
}

// foot says under which rules the figures came about.
func (r *Result) foot() string {
	most := 0
	for _, runs := range r.Runs {
		most = max(most, len(runs))
	}
	seeds := fmt.Sprintf("Seeds %d to %d at every point (common random numbers)", r.Seed, r.Seed+uint64(most)-1)
	if most > r.fewest() {
		seeds = fmt.Sprintf("Seeds from %d on, the same at every point (common random numbers), up to %d", r.Seed, r.Seed+uint64(most)-1)
	}
	if r.Seeds == Independent {
		seeds = fmt.Sprintf("Seeds from %d on, another for every run", r.Seed)
	}
	stop := fmt.Sprintf("%d replications", r.Min)
	if len(r.Until) > 0 {
		var rules []string
		for _, u := range r.Until {
			rules = append(rules, u.Key.Text+" "+targetText(u.Value.Target))
		}
		stop = fmt.Sprintf("from %d to %d replications, until the half-widths are at most: %s (such intervals cover a little less than they say)",
			r.Min, r.most(), strings.Join(rules, ", "))
	}
	return fmt.Sprintf("%s; %s; intervals at %s (Student t, or Wilson near 0 and 1).", seeds, stop, percent(r.confidence()))
}
