package sweep

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"path/filepath"
	"strconv"

	"souk/experiments/cells"
	"souk/sim/run"
)

// Write writes the results into a folder: README.md, data.csv, runs.csv and
// the figures. command is what makes them again.
func (r *Result) Write(folder, command string) error {
	files := []struct {
		name    string
		content func() ([]byte, error)
	}{
		{"data.csv", r.data},
		{"runs.csv", r.runs},
		{"README.md", func() ([]byte, error) { return r.page(command), nil }},
	}
	for i := range r.Plots {
		p := &r.Plots[i]
		files = append(files, struct {
			name    string
			content func() ([]byte, error)
		}{p.File, func() ([]byte, error) { return r.draw(p) }})
	}
	for _, f := range files {
		content, err := f.content()
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		if err := cells.WriteFile(filepath.Join(folder, f.name), content); err != nil {
			return err
		}
	}
	return nil
}

// tabulated lists the measures that tables have, without repetition: those
// asked for, those in figures and those published.
func (r *Result) tabulated() []run.Measure {
	var names []string
	names = append(names, r.Measures...)
	for _, p := range r.Plots {
		names = append(names, p.Y...)
		names = append(names, p.Parts...)
		names = append(names, p.Across...)
	}
	for _, u := range r.Until {
		names = append(names, u.Key.Text)
	}
	for _, p := range r.Published {
		names = append(names, p.Measure)
	}
	var measures []run.Measure
	seen := map[string]bool{"": true}
	for _, name := range names {
		if !seen[name] {
			measures = append(measures, mustFind(name))
		}
		seen[name] = true
	}
	return measures
}

// data is data.csv: a row for each measure of each point.
func (r *Result) data() ([]byte, error) {
	head := append(r.Keys(), "measure", "unit", "n", "mean", "low", "high", "interval", "sd", "min", "median", "max",
		"single_low", "single_high", "published")
	rows := [][]string{head}
	for i := range r.Points {
		for _, m := range r.tabulated() {
			e := r.Estimate(i, m.Name)
			published := ""
			for _, p := range r.Published {
				if p.Point == i && p.Measure == m.Name {
					published = digits(p.Value.Value)
				}
			}
			row := append([]string{}, r.Points[i].Values...)
			row = append(row, m.Name, m.Unit, strconv.Itoa(e.N), digits(e.Mean), digits(e.CI.Low), digits(e.CI.High), string(e.Method),
				digits(e.SD), digits(e.Min), digits(e.Median), digits(e.Max), digits(e.Single.Low), digits(e.Single.High), published)
			rows = append(rows, row)
		}
	}
	return asCSV(rows)
}

// runs is runs.csv: a row for each run.
func (r *Result) runs() ([]byte, error) {
	measures := r.tabulated()
	head := append(r.Keys(), "seed", "digest")
	for _, m := range measures {
		head = append(head, m.Name)
	}
	rows := [][]string{head}
	for i := range r.Points {
		for j := range r.Runs[i] {
			s := &r.Runs[i][j]
			row := append([]string{}, r.Points[i].Values...)
			row = append(row, strconv.FormatUint(s.Seed, 10), s.Digest)
			for _, m := range measures {
				row = append(row, digits(m.Of(s)))
			}
			rows = append(rows, row)
		}
	}
	return asCSV(rows)
}

func asCSV(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	err := w.WriteAll(rows)
	return b.Bytes(), err
}

// digits prints a number for a file: seven digits are more than any of them
// means; an unknown one is empty.
func digits(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return ""
	}
	return strconv.FormatFloat(x, 'g', 7, 64)
}
