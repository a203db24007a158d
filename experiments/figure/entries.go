package figure

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// lineEntries are the legend's lines for all panels of a page: each series
// once, then each set of published values once. A series without a name, which
// is alone, needs no line.
func lineEntries(panels ...*Lines) (all []entry) {
	seen := map[string]bool{"": true}
	for _, l := range panels {
		for i, s := range l.Series {
			if !seen[s.Name] {
				all = append(all, entry{s.Name, l.seriesSample(i)})
			}
			seen[s.Name] = true
		}
	}
	colours := map[string]color.NRGBA{}
	var names []string
	for _, l := range panels {
		for _, p := range l.Published {
			name, c := publishedName(p.Name), seriesColours[p.Of]
			before, again := colours[name]
			if !again {
				names = append(names, name)
			} else if before != c {
				c = softInk // it belongs to several series
			}
			colours[name] = c
		}
	}
	for _, name := range names {
		all = append(all, entry{name, diamondSample(colours[name])})
	}
	return all
}

func publishedName(name string) string {
	if name == "" {
		return "published"
	}
	return name
}

// seriesSample draws a marker, with its line if there is one, and else with
// its interval.
func (l *Lines) seriesSample(index int) func(*sheet, vg.Rectangle) {
	return func(s *sheet, box vg.Rectangle) {
		c := seriesColours[index]
		at := middle(box)
		switch {
		case l.Joined:
			style := draw.LineStyle{Color: c, Width: 1.8, Dashes: dashes[index]}
			s.line(style, box.Min.X, at.Y, box.Max.X, at.Y)
		case l.hasIntervals():
			s.interval(at.X, box.Max.Y-1, box.Min.Y+1, capReach, c)
		}
		s.add(marker{shapes[index], at, 0.9 * markerRadius, c})
	}
}

func diamondSample(c color.NRGBA) func(*sheet, vg.Rectangle) {
	return func(s *sheet, box vg.Rectangle) {
		s.add(marker{diamond, middle(box), 0.9 * diamondRadius, c})
	}
}

func middle(r vg.Rectangle) vg.Point {
	return vg.Point{X: (r.Min.X + r.Max.X) / 2, Y: (r.Min.Y + r.Max.Y) / 2}
}
