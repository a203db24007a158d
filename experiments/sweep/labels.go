package sweep

import (
	"slices"
	"strings"

	"souk/sim/run"
	"souk/sim/scenario/field"
)

// given returns the label that the file gives for a text.
func (p *Plan) given(text string) (label string, ok bool) {
	i := slices.IndexFunc(p.Labels, func(e field.Entry[field.Raw]) bool { return e.Key.Text == text })
	if i < 0 {
		return "", false
	}
	return strings.Trim(p.Labels[i].Value.Text, `"`), true
}

// label returns what a key or a measure is called.
func (p *Plan) label(text string) string {
	if label, ok := p.given(text); ok {
		return label
	}
	return text
}

// value returns what a value of a key is called, and whether the file says so:
// as key=value, or as the value alone.
func (p *Plan) value(key, value string) (label string, named bool) {
	if label, ok := p.given(key + "=" + value); ok {
		return label, true
	}
	if label, ok := p.given(value); ok {
		return label, true
	}
	return strings.Trim(value, `"`), false
}

// shown lists the indices of the varied keys that tables show: an empty label
// hides one that only goes along with another.
func (p *Plan) shown() []int {
	var shown []int
	for k, key := range p.Keys() {
		if label, ok := p.given(key); !ok || label != "" {
			shown = append(shown, k)
		}
	}
	return shown
}

// setting names a point in words.
func (p *Plan) setting(point int) string { return p.words(point, p.shown()) }

// words names what a point has for some of the varied keys: a value that has a
// name of its own needs no key.
func (p *Plan) words(point int, keys []int) string {
	var parts []string
	for _, k := range keys {
		key := p.Keys()[k]
		text, named := p.value(key, p.Points[point].Values[k])
		if !named && key != nameKey {
			text = p.label(key) + " " + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}

// labels refuses labels of what is neither a key nor a value nor a measure.
func (r *reader) labels() {
	known := map[string]bool{}
	for _, a := range r.plan.Axes {
		for k, key := range a.Keys {
			known[key] = true
			for _, step := range a.Values {
				known[step[k].Text], known[key+"="+step[k].Text] = true, true
			}
		}
	}
	for _, l := range r.c.Labels {
		if _, err := run.FindMeasure(l.Key.Text); err != nil && !known[l.Key.Text] {
			r.refuse(l.Key.Problem(l.Key.Text+" names nothing here", "label a varied key, one of its values, key=value, or a measure"))
		}
	}
}
