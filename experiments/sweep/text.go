package sweep

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
)

// WriteText writes the means with their intervals for a terminal.
func (r *Result) WriteText(w io.Writer) error {
	fmt.Fprintf(w, "%s\n\n", sentence(r.Question))
	t := plainTable()
	head := append(r.keyColumns(), "n")
	measures := r.tabulated()
	for i := range measures {
		head = append(head, measures[i].Name+unitSuffix(&measures[i]))
	}
	t.AppendHeader(head)
	for i := range r.Points {
		row := append(r.pointCells(i), len(r.Runs[i]))
		for k := range measures {
			m := &measures[k]
			e := r.Estimate(i, m.Name)
			row = append(row, estimateText(m, &e))
		}
		t.AppendRow(row)
	}
	_, err := fmt.Fprintf(w, "%s\n\n%s\n", render(t), r.foot())
	for _, warning := range r.warnings() {
		if err == nil {
			_, err = fmt.Fprintf(w, "warning: %s\n", warning)
		}
	}
	return err
}

// WritePoints lists the points of a plan.
func (p *Plan) WritePoints(w io.Writer) error {
	t := plainTable()
	var head table.Row
	for _, key := range p.Keys() {
		head = append(head, key)
	}
	t.AppendHeader(head)
	for i := range p.Points {
		var row table.Row
		for _, v := range p.Points[i].Values {
			row = append(row, v)
		}
		t.AppendRow(row)
	}
	_, err := fmt.Fprintln(w, render(t))
	return err
}

// plainTable is a table without lines, columns two blanks apart.
func plainTable() table.Writer {
	t := table.NewWriter()
	style := table.StyleDefault
	style.Options = table.OptionsNoBordersAndSeparators
	style.Box.PaddingLeft, style.Box.PaddingRight = "", "  "
	style.Format.Header = 0
	t.SetStyle(style)
	return t
}

// render renders a table without blanks at the ends of lines.
func render(t table.Writer) string {
	lines := strings.Split(t.Render(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}
