package experiments

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"souk/experiments/figure"
	"souk/sim"
)

// verdict sums the checks up.
func verdict(checks []check) string {
	var exact, exactly, first, second, statistical int
	for i := range checks {
		c := &checks[i]
		switch {
		case c.Exact:
			exact++
			if c.holds() {
				exactly++
			}
		default:
			statistical++
			if c.second == nil {
				first++
			} else if c.holds() {
				second++
			}
		}
	}
	text := fmt.Sprintf("%d of %d statistical quantities lie in their %g %% interval", first, statistical, 100*confidence)
	if second > 0 {
		text += fmt.Sprintf(", %d more when measured again on other seeds, %d times as often", second, again)
	}
	return fmt.Sprintf("%s; %d of %d exact ones agree in every run.", text, exactly, exact)
}

// validationData is data.csv.
func validationData(checks []check) ([]byte, error) {
	rows := [][]string{{
		"row", "model", "quantity", "unit", "predicted", "n", "mean", "low", "high",
		"n_again", "mean_again", "low_again", "high_again", "confirmed",
	}}
	number := func(x float64) string { return strconv.FormatFloat(x, 'g', 7, 64) }
	for i := range checks {
		c := &checks[i]
		row := []string{
			strconv.Itoa(i + 1), c.model.Name, c.Name, c.Unit, number(c.Predicted),
			strconv.Itoa(c.N), number(c.Mean), number(c.CI.Low), number(c.CI.High), "", "", "", "", strconv.FormatBool(c.holds()),
		}
		if s := c.second; s != nil {
			copy(row[9:], []string{strconv.Itoa(s.N), number(s.Mean), number(s.CI.Low), number(s.CI.High)})
		}
		rows = append(rows, row)
	}
	var b bytes.Buffer
	err := csv.NewWriter(&b).WriteAll(rows)
	return b.Bytes(), err
}

// deviations draws how far each statistical quantity is from its prediction.
func deviations(checks []check) ([]byte, error) {
	first := figure.Series{Name: "measured"}
	second := figure.Series{Name: "measured again"}
	for i := range checks {
		c := &checks[i]
		if c.Exact {
			continue
		}
		off := func(x float64) float64 { return x/c.Predicted - 1 }
		x := float64(i + 1)
		first.Points = append(first.Points, figure.Point{X: x, Y: off(c.Mean), CI: figure.Span{Low: off(c.CI.Low), High: off(c.CI.High)}})
		if s := c.second; s != nil {
			second.Points = append(second.Points, figure.Point{X: x, Y: off(s.Mean), CI: figure.Span{Low: off(s.CI.Low), High: off(s.CI.High)}})
		}
	}
	l := &figure.Lines{
		Title:  "How far is the simulator from what theory predicts?",
		Note:   fmt.Sprintf("each quantity with its %g %% interval; the rows are those of the table", 100*confidence),
		X:      figure.Axis{Title: "Row of the table"},
		Y:      figure.Axis{Title: "Deviation from the prediction", Percent: true, Zero: true},
		Series: []figure.Series{first},
	}
	if len(second.Points) > 0 {
		l.Series = append(l.Series, second)
	}
	var b bytes.Buffer
	err := l.WritePNG(&b)
	return b.Bytes(), err
}

// validationPage is README.md.
func validationPage(checks []check, o *outcome) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# validation\n\n%s\n\n```\nsim experiment validation\n```\n\n![%s](deviation.png)\n\n%s\n\n",
		capital(o.question), capital(o.question), o.conclusion)
	fmt.Fprintf(&b, "Each model is run on the simulator itself: its kernel, actors, warehouse, caches and heartbeats. "+
		"The interval is Student's t over independent replications. With this many intervals at %g %%, one is expected to miss by chance about every other time. "+
		"So what misses is measured again, on other seeds and %d times as often, and is refuted if it misses again.\n\n", 100*confidence, again)
	t := table.NewWriter()
	t.AppendHeader(table.Row{"", "model", "quantity", "predicted", "measured", "± half-width (99 %)", "off by", "n", "verdict"})
	for i := range checks {
		c := &checks[i]
		name := c.Name
		if c.Unit != "" {
			name += " [" + c.Unit + "]"
		}
		row := table.Row{i + 1, c.model.Name, name, number(c.Predicted)}
		switch {
		case c.Exact && c.exact:
			row = append(row, number(c.Mean), "exact", "0 %", c.N, "confirmed")
		case c.Exact:
			row = append(row, number(c.Mean), "", deviation(c.Mean, c.Predicted), c.N, "**not exact**")
		default:
			row = append(row, number(c.Mean), number(c.CI.Half()), deviation(c.Mean, c.Predicted), c.N, word(c.CI.Holds(c.Predicted), "confirmed", "missed, see below"))
		}
		t.AppendRow(row)
		if s := c.second; s != nil {
			t.AppendRow(table.Row{"", "", "again", number(c.Predicted), number(s.Mean), number(s.CI.Half()), deviation(s.Mean, c.Predicted), s.N, word(c.holds(), "confirmed", "**refuted**")})
		}
	}
	fmt.Fprintf(&b, "%s\n\n## The models\n\n", t.RenderMarkdown())
	last := ""
	for i := range checks {
		if m := checks[i].model; m.Name != last {
			last = m.Name
			fmt.Fprintf(&b, "**%s**: %s. %s (%s). %s\n\n", m.Name, m.Title, m.Formula, m.Source, m.Setting)
		}
	}
	fmt.Fprintf(&b, "---\nSeeds 1 to n of each model, and the next ones for what is measured again. Made by `sim experiment validation` with version %s of the model.\n", sim.Version)
	return b.String()
}

func word(ok bool, yes, no string) string {
	if ok {
		return yes
	}
	return no
}

func deviation(x, predicted float64) string {
	if predicted == 0 {
		return "–"
	}
	off := 100 * (x - predicted) / math.Abs(predicted)
	return strconv.FormatFloat(off, 'f', 2, 64) + " %"
}

// number prints five significant digits.
func number(x float64) string { return strconv.FormatFloat(x, 'g', 5, 64) }
