package sweep

import (
	"fmt"
	"io"
	"math"

	"github.com/jedib0t/go-pretty/v6/table"

	"souk/sim/scenario"
	"souk/sim/scenario/field"
)

// Rival is a scenario that is compared with others.
type Rival struct {
	Name string
	Doc  *scenario.Document
}

// Versus plans a comparison of scenarios with the first of them, on common
// random numbers: so many replications each, from the first one's seed on.
// Every document is read with the seed 0, because the replications have seeds
// of their own.
func Versus(rivals []Rival, seed uint64, replications int, confidence float64, measures []string) *Plan {
	p := &Plan{
		Config: Config{
			Name: "compare", Min: replications, Confidence: int(math.Round(confidence * 10_000)), Measures: measures,
			Baseline: []field.Entry[field.Raw]{{Key: field.Raw{Text: scenarioKey}, Value: field.Raw{Text: rivals[0].Name}}},
		},
		Seed: seed,
		Axes: []Axis{{Keys: []string{scenarioKey}}},
	}
	for i, rival := range rivals {
		p.Points = append(p.Points, Point{
			Index: i, Values: []string{rival.Name}, scenario: rival.Name, config: rival.Doc.Config, identity: rival.Doc.Canonical(),
		})
		p.Axes[0].Values = append(p.Axes[0].Values, []field.Raw{{Text: rival.Name}})
	}
	return p
}

// WriteVersus writes every measure of the first scenario and of the others,
// with the difference and a verdict.
func (r *Result) WriteVersus(w io.Writer) error {
	t := plainTable()
	t.AppendHeader(table.Row{"measure", "scenario", "mean", "difference", "interval", "p", "verdict"})
	measures := r.tabulated()
	for i := range measures {
		m := &measures[i]
		mean := func(point int) string {
			e := r.Estimate(point, m.Name)
			return estimateText(m, &e)
		}
		t.AppendRow(table.Row{m.Name + unitSuffix(m), r.Points[0].Values[0], mean(0)})
		for _, c := range r.Compare(m.Name) {
			t.AppendRow(table.Row{
				"", r.Points[c.point].Values[0], mean(c.point), differenceText(m, c.Mean, c.CI.Half()), changeText(m, c.CI), pText(c.P), string(c.Verdict),
			})
		}
	}
	_, err := fmt.Fprintf(w, "%s\n\n%d runs each, seeds %d to %d for all (common random numbers); differences are run by run.\n",
		render(t), r.Min, r.Seed, r.Seed+uint64(r.Min)-1)
	if err == nil {
		_, err = fmt.Fprintf(w, "p is of a paired t test; intervals and verdicts hold at %s for all scenarios together (Bonferroni); ~ is no difference shown.\n", percent(r.confidence()))
	}
	return err
}
