package sweep

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"souk/experiments/figure"
	"souk/experiments/stats"
	"souk/sim/run"
	"souk/sim/scenario/field"
	"souk/sim/vtime"
)

// draw draws a figure as PNG.
func (r *Result) draw(p *Plot) ([]byte, error) {
	var b bytes.Buffer
	var err error
	switch {
	case len(p.Across) > 0:
		err = r.across(p).WritePNG(&b)
	case len(p.Parts) > 0:
		err = r.stack(p).WritePNG(&b)
	case len(p.Y) > 1:
		err = r.panels(p).WritePNG(&b)
	default:
		l := r.lines(p, p.Y[0])
		l.Title, l.Note = r.title(p), r.note(p)
		err = l.WritePNG(&b)
	}
	return b.Bytes(), err
}

func (r *Result) title(p *Plot) string {
	if p.Title != "" {
		return p.Title
	}
	return sentence(r.Question)
}

// note says what the marks of a figure are.
func (r *Result) note(p *Plot) string {
	text := ""
	for _, w := range p.Where {
		value, named := r.value(w.Key.Text, w.Value.Text)
		if !named {
			value = r.label(w.Key.Text) + " " + value
		}
		text += value + "; "
	}
	text += fmt.Sprintf("mean of %s runs a point; thick: %s interval of the mean; thin: where %s of single runs lie",
		r.replications(), percent(r.confidence()), percent(r.confidence()))
	if len(r.Published) > 0 {
		text += "; diamonds: published single runs"
	}
	return text
}

func (r *Result) replications() string {
	least, most := r.fewest(), 0
	for _, runs := range r.Runs {
		most = max(most, len(runs))
	}
	if least == most {
		return strconv.Itoa(least)
	}
	return fmt.Sprintf("%d to %d", least, most)
}

// scale is the horizontal axis of a key: its values as numbers if all of them
// are, otherwise as categories. The keys that change in lockstep with it are
// part of the categories' names.
type scale struct {
	axis   figure.Axis
	values []string // of the points, in the order of the axis
	at     []float64
	// numbers: the values are quantities, between which a line means something.
	numbers bool
}

func (r *Result) scale(key string, log bool) scale {
	s := scale{axis: figure.Axis{Title: sentence(cmp.Or(r.label(key), key)), Log: log}}
	k := slices.Index(r.Keys(), key)
	for _, p := range r.Points {
		if !slices.Contains(s.values, p.Values[k]) {
			s.values = append(s.values, p.Values[k])
		}
	}
	unit := ""
	for _, v := range s.values {
		x, u, ok := quantity(v)
		_, named := r.value(key, v)
		if !ok || named || unit != "" && u != unit {
			return r.categories(s, key)
		}
		unit = u
		s.at = append(s.at, x)
	}
	s.numbers = true
	s.axis.Percent = unit == "%"
	s.axis.Unit = strings.TrimSuffix(unit, "%")
	if len(s.values) <= 12 && !(s.crowded() && !log) {
		for i, v := range s.values {
			s.axis.Ticks = append(s.axis.Ticks, figure.Tick{Value: s.at[i], Label: tickText(v, unit)})
		}
	}
	return s
}

// crowded says that some values are too near to each other, on an axis of even
// steps, to be its ticks: round numbers read better there.
func (s *scale) crowded() bool {
	at := slices.Sorted(slices.Values(s.at))
	for i := 1; i < len(at); i++ {
		if at[i]-at[i-1] < (at[len(at)-1]-at[0])/20 {
			return true
		}
	}
	return false
}

func (r *Result) categories(s scale, key string) scale {
	s.axis.Percent, s.axis.Unit, s.axis.Log, s.at = false, "", false, nil
	for i, v := range s.values {
		label, _ := r.value(key, v)
		s.at = append(s.at, float64(i))
		s.axis.Ticks = append(s.axis.Ticks, figure.Tick{Value: float64(i), Label: label})
	}
	return s
}

// quantity reads a value as a number with a unit: s, %, or none.
func quantity(text string) (x float64, unit string, ok bool) {
	if x, err := strconv.ParseFloat(text, 64); err == nil {
		return x, "", true
	}
	if digits, isPercent := strings.CutSuffix(text, "%"); isPercent {
		x, err := strconv.ParseFloat(digits, 64)
		return x / 100, "%", err == nil
	}
	if d, err := vtime.ParseDuration(text); err == nil {
		return d.Seconds(), "s", true
	}
	return 0, "", false
}

// tickText is a value without the unit that the axis has.
func tickText(value, unit string) string {
	if unit == "s" {
		x, _, _ := quantity(value)
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	return value
}

// measureAxis is the vertical axis of a measure.
func (r *Result) measureAxis(m *run.Measure) figure.Axis {
	title, named := r.given(m.Name)
	if !named {
		title = strings.ReplaceAll(m.Name, "_", " ")
	}
	a := figure.Axis{Title: sentence(title), Unit: m.Unit, Percent: m.Share(), Zero: true}
	if m.Share() {
		a.Unit = "% of " + m.Whole
	}
	return a
}

func span(i stats.Interval) figure.Span { return figure.Span{Low: i.Low, High: i.High} }

func (r *Result) point(x float64, point int, measure string) figure.Point {
	e := r.Estimate(point, measure)
	return figure.Point{X: x, Y: e.Mean, CI: span(e.CI), Single: span(e.Single)}
}

// panels draws several measures over the same x, one above the other.
func (r *Result) panels(p *Plot) *figure.Panels {
	all := &figure.Panels{Title: r.title(p), Note: r.note(p)}
	for _, y := range p.Y {
		all.Lines = append(all.Lines, *r.lines(p, y))
	}
	return all
}

// lines draws a measure over x, one line for each value of the series key.
func (r *Result) lines(p *Plot, y string) *figure.Lines {
	m := mustFind(y)
	s := r.scale(p.X, p.Log)
	l := &figure.Lines{X: s.axis, Y: r.measureAxis(&m), Joined: s.numbers}
	series := r.series(p.Series)
	kx, ks := slices.Index(r.Keys(), p.X), slices.Index(r.Keys(), p.Series)
	for of, name := range series {
		line := figure.Series{Name: r.seriesName(p.Series, name)}
		marks := figure.Published{Name: "published", Of: of}
		for _, i := range r.chosen(p) {
			v := r.Points[i].Values
			if ks >= 0 && v[ks] != name {
				continue
			}
			x := s.at[slices.Index(s.values, v[kx])]
			line.Points = append(line.Points, r.point(x, i, y))
			marks.Marks = append(marks.Marks, figure.Mark{X: x, Y: r.publishedAt(i, y)})
		}
		l.Series = append(l.Series, line)
		if len(r.Published) > 0 {
			l.Published = append(l.Published, marks)
		}
	}
	return l
}

// chosen lists the points of a figure.
func (r *Result) chosen(p *Plot) []int {
	var points []int
	for i := range r.Points {
		differs := func(w field.Entry[field.Raw]) bool {
			return r.Points[i].Values[slices.Index(r.Keys(), w.Key.Text)] != w.Value.Text
		}
		if !slices.ContainsFunc(p.Where, differs) {
			points = append(points, i)
		}
	}
	return points
}

// seriesName is what the legend calls a value of the series key.
func (r *Result) seriesName(key, value string) string {
	text, named := r.value(key, value)
	if named || key == "" {
		return cmp.Or(text, "simulated")
	}
	return r.label(key) + " " + text
}

// series lists the values of a key in the order of the grid; of no key, one.
func (r *Result) series(key string) []string {
	k := slices.Index(r.Keys(), key)
	if k < 0 {
		return []string{""}
	}
	var names []string
	for _, p := range r.Points {
		if !slices.Contains(names, p.Values[k]) {
			names = append(names, p.Values[k])
		}
	}
	return names
}

// across draws measures side by side.
func (r *Result) across(p *Plot) *figure.Lines {
	first := mustFind(p.Across[0])
	base, _, _ := strings.Cut(first.Name, "@")
	axis := r.measureAxis(&first)
	axis.Title = sentence(strings.ReplaceAll(base, "_", " "))
	l := &figure.Lines{Title: r.title(p), Note: r.note(p), Y: axis}
	for i, name := range p.Across {
		l.X.Ticks = append(l.X.Ticks, figure.Tick{Value: float64(i), Label: r.label(name)})
	}
	ks := slices.Index(r.Keys(), p.Series)
	for _, i := range r.chosen(p) {
		line := figure.Series{Name: "simulated"}
		if ks >= 0 {
			line.Name = r.seriesName(p.Series, r.Points[i].Values[ks])
		}
		marks := figure.Published{Name: "published", Of: len(l.Series)}
		for at, name := range p.Across {
			line.Points = append(line.Points, r.point(float64(at), i, name))
			marks.Marks = append(marks.Marks, figure.Mark{X: float64(at), Y: r.publishedAt(i, name)})
		}
		l.Series = append(l.Series, line)
		if len(r.Published) > 0 {
			l.Published = append(l.Published, marks)
		}
	}
	return l
}

// stack draws measures on top of each other, over the values of a key.
func (r *Result) stack(p *Plot) *figure.Stack {
	y := p.Y[0]
	m := mustFind(y)
	k := slices.Index(r.Keys(), p.X)
	st := &figure.Stack{Title: r.title(p), Note: r.note(p), XTitle: sentence(r.label(p.X)), Y: r.measureAxis(&m)}
	var parts, never []string
	for _, name := range p.Parts {
		if r.never(name) {
			never = append(never, r.label(name))
			continue
		}
		parts = append(parts, name)
		st.Parts = append(st.Parts, figure.Part{Name: r.label(name)})
	}
	if len(never) > 0 {
		st.Note += "; in no run: " + strings.Join(never, ", ")
	}
	var rest []float64 // what the parts leave over of y
	for _, value := range r.series(p.X) {
		chosen := r.chosen(p)
		i := chosen[slices.IndexFunc(chosen, func(i int) bool { return r.Points[i].Values[k] == value })]
		label, _ := r.value(p.X, value)
		st.Categories = append(st.Categories, label)
		for j, name := range parts {
			st.Parts[j].Heights = append(st.Parts[j].Heights, r.Estimate(i, name).Mean)
		}
		total := r.Estimate(i, y)
		rest = append(rest, total.Mean)
		for _, name := range parts {
			rest[len(rest)-1] -= r.Estimate(i, name).Mean
		}
		st.CI, st.Single = append(st.CI, span(total.CI)), append(st.Single, span(total.Single))
		if len(r.Published) > 0 {
			st.Published = append(st.Published, r.publishedAt(i, y))
		}
	}
	if slices.ContainsFunc(rest, func(x float64) bool { return x > 1e-9 }) {
		for i := range rest {
			rest[i] = max(0, rest[i])
		}
		st.Parts = append(st.Parts, figure.Part{Name: "other", Heights: rest})
	}
	return st
}

// publishedAt returns what is published of a measure at a point, or NaN.
func (r *Result) publishedAt(point int, measure string) float64 {
	for _, p := range r.Published {
		if p.Point == point && p.Measure == measure {
			return p.Value.Value
		}
	}
	return math.NaN()
}
