package sweep

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"souk/sim/run"
	"souk/sim/scenario/field"
)

// Overview returns the tables of the settings that the sweep wants to be seen
// side by side, as Markdown: a row a point, a column a measure, in each cell the
// mean with its interval and the verdict of the comparison with the baseline.
func (r *Result) Overview() string {
	var b strings.Builder
	for _, entry := range r.Config.Overview {
		for _, value := range entry.Value {
			r.writeOverview(&b, entry.Key.Text, value.Text)
		}
	}
	if b.Len() > 0 && len(r.Baseline) > 0 {
		fmt.Fprintf(&b, "Means with the half-widths of their intervals at %s; better, worse or ~ (no difference shown) against %s, run by run.\n\n",
			percent(r.confidence()), r.words(r.base(), r.shownWith(r.inBaseline)))
	}
	return b.String()
}

// base returns a point of the baseline.
func (r *Result) base() int {
	return max(0, slices.IndexFunc(r.Points, func(p Point) bool { return r.baseOf(p.Index) == p.Index }))
}

func (r *Result) writeOverview(b *strings.Builder, key, value string) {
	at := slices.Index(r.Keys(), key)
	rest := slices.DeleteFunc(r.shown(), func(k int) bool { return k == at })
	measures := slices.DeleteFunc(r.tabulated(), func(m run.Measure) bool { return !slices.Contains(r.Measures, m.Name) })
	head := []any{""}
	for i := range measures {
		head = append(head, r.label(measures[i].Name)+unitSuffix(&measures[i]))
	}
	t := markdown(head...)
	for i := range r.Points {
		if r.Points[i].Values[at] != value {
			continue
		}
		row := table.Row{r.words(i, rest)}
		for k := range measures {
			row = append(row, r.overviewCell(i, &measures[k]))
		}
		t.AppendRow(row)
	}
	label, _ := r.value(key, value)
	fmt.Fprintf(b, "**%s: %s**\n\n%s\n\n", sentence(r.label(key)), label, t.RenderMarkdown())
}

// overviewCell is a mean, and how it compares with the baseline's.
func (r *Result) overviewCell(point int, m *run.Measure) string {
	e := r.Estimate(point, m.Name)
	text := estimateText(m, &e)
	for _, c := range r.Compare(m.Name) {
		if c.point == point && c.base == r.baseOf(point) {
			text += " " + string(c.Verdict)
			break
		}
	}
	return text
}

// overview checks the settings of the overview.
func (r *reader) overview() {
	keys := r.plan.Keys()
	for _, entry := range r.c.Overview {
		k := slices.Index(keys, entry.Key.Text)
		if k < 0 {
			r.refuse(entry.Key.Problem(entry.Key.Text+" is not varied", r.varied()))
			continue
		}
		for _, v := range entry.Value {
			r.among(k, entry.Key.Text, v)
		}
	}
}

// among checks that a value is one of those of a varied key.
func (r *reader) among(k int, key string, v field.Raw) {
	if !slices.ContainsFunc(r.plan.Points, func(p Point) bool { return p.Values[k] == v.Text }) {
		r.refuse(v.Problem(v.Text+" is not among the values of "+key, "name one of them"))
	}
}
