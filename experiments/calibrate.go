package experiments

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"souk/experiments/calibration"
	"souk/experiments/cells"
	"souk/sim"
)

// Calibrate looks for the times that the report does not give and writes what
// it finds. It changes no scenario: whoever wants to use the result puts it
// there, and a test compares the two.
func Calibrate(ctx context.Context, b *Bench, progress func(tried int, best float64)) error {
	result, err := calibration.Run(ctx, b.Lab.Workers, progress)
	if err != nil {
		return err
	}
	var src bytes.Buffer
	e := json.NewEncoder(&src)
	e.SetIndent("", "  ")
	if err := e.Encode(result); err != nil {
		return err
	}
	folder := filepath.Join(b.Results, "calibration")
	return errors.Join(
		cells.WriteFile(filepath.Join(folder, "result.json"), src.Bytes()),
		cells.WriteFile(filepath.Join(folder, "README.md"), []byte(calibrationPage(result))),
	)
}

// calibrationPage is README.md.
func calibrationPage(r *calibration.Result) string {
	var b strings.Builder
	b.WriteString("# calibration\n\nWhich times make the model meet the report's numbers?\n\n```\nsim calibrate\n```\n\n")
	b.WriteString("The report gives no service times. These few parameters are looked for, each with one value for all the experiments that have it (the gap between requests for 2 and 3; that of 1 is argued in its scenario):\n\n")
	t := table.NewWriter()
	t.AppendHeader(table.Row{"key", "is its", "start [ms]", "bounds [ms]", "best [ms]", "rounded [ms]", "why these bounds"})
	for _, p := range r.Parameters {
		t.AppendRow(table.Row{
			"`" + p.Key + "`", p.Is, number(p.Start), number(p.Lower) + " … " + number(p.Upper), number(p.Best), number(p.Rounded), p.Reason,
		})
	}
	fmt.Fprintf(&b, "%s\n\n", t.RenderMarkdown())
	fmt.Fprintf(&b, "The objective is the sum, over the published numbers, of the squared logarithm of simulated mean over published value: each number counts alike, whatever its unit. "+
		"It is searched by Nelder and Mead's downhill simplex on seeds %d to %d, the same at every point: %.4f at the start, %.4f at the best of %d points, %.4f after rounding.\n\n",
		r.Searched.First, last(r.Searched), r.ObjectiveStart, r.ObjectiveBest, r.Evaluations, r.ObjectiveRounded)
	fmt.Fprintf(&b, "What the rounded values give, on seeds %d to %d, which the search has not seen:\n\n", r.Fresh.First, last(r.Fresh))
	t = table.NewWriter()
	t.AppendHeader(table.Row{"experiment", "setting", "measure", "published", "simulated mean", "sd of single runs", "95 % of single runs", "off by", "agrees"})
	agree, near := 0, 0
	for i := range r.Fits {
		f := &r.Fits[i]
		if f.Agrees() {
			agree++
		}
		if off := f.Error(); off > -0.2 && off < 0.2 {
			near++
		}
		t.AppendRow(table.Row{
			f.Experiment, f.Setting, named(f), number(f.Published), number(f.Mean), number(f.SD), number(f.Low) + " … " + number(f.High),
			strconv.FormatFloat(100*f.Error(), 'f', 0, 64) + " %", word(f.Agrees(), "yes", "**no**"),
		})
	}
	fmt.Fprintf(&b, "%s\n\n%d of %d published numbers lie where 95 %% of single runs lie; %d means are within 20 %%.\n\n", t.RenderMarkdown(), agree, len(r.Fits), near)
	fmt.Fprintf(&b, "---\nMade by `sim calibrate` with version %s of the model. The scenarios exp1-cached, exp1-cacheless, exp2-oversell, exp3-fault and hall carry the rounded values; a test compares.\n", sim.Version)
	return b.String()
}

// named is a target's measure with its unit.
func named(f *calibration.Fit) string {
	if f.Unit == "" {
		return f.Measure
	}
	return f.Measure + " [" + f.Unit + "]"
}

func last(s calibration.Seeds) uint64 { return s.First + uint64(s.Count) - 1 }
