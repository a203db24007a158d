package figure

import (
	"gonum.org/v1/plot/vg"
)

// entry is a line of the legend: a sample of what is drawn, and its name.
type entry struct {
	name   string
	sample func(s *sheet, box vg.Rectangle)
}

// legend is the list of entries, set right of the plots or below them.
type legend struct {
	entries []entry
	names   []block
	columns []vg.Length // their widths
	below   bool
}

const (
	sampleWidth vg.Length = 30
	sampleGap   vg.Length = 8  // to the name
	columnGap   vg.Length = 22 // between columns, and to the plots
	entryGap    vg.Length = 5  // between entries below each other
	widestRight vg.Length = 180
)

// newLegend sets the entries: right of the plots if all names are short, and
// below them if not, in as many columns as fit.
func newLegend(entries []entry) legend {
	l := legend{entries: entries}
	if len(entries) == 0 {
		return l
	}
	l.arrange(1)
	if l.below = l.columns[0] > widestRight; l.below {
		for n := len(entries); l.arrange(n) > pageWidth-2*margin; n-- {
		}
	}
	for i, e := range entries {
		width := l.columns[i%len(l.columns)] - sampleWidth - sampleGap
		l.names = append(l.names, block{role: "legend", lines: legendStyle.wrap(e.name, width), style: legendStyle})
	}
	return l
}

// arrange puts the entries into so many columns, row by row, and returns the
// width of all; a single column is no wider than the page.
func (l *legend) arrange(columns int) vg.Length {
	const slack vg.Length = 0.01 // so that rounding does not wrap the widest name
	l.columns = make([]vg.Length, columns)
	for i, e := range l.entries {
		c := &l.columns[i%columns]
		*c = max(*c, min(sampleWidth+sampleGap+legendStyle.width(e.name)+slack, pageWidth-2*margin))
	}
	return l.allColumns()
}

func (l *legend) allColumns() (w vg.Length) {
	for _, c := range l.columns {
		w += c + columnGap
	}
	return w - columnGap
}

// width is how much of the page's width the legend takes from the plots.
func (l *legend) width() vg.Length {
	if l.below || len(l.entries) == 0 {
		return 0
	}
	return l.allColumns() + columnGap
}

// height is that of all entries.
func (l *legend) height() (h vg.Length) {
	for from := 0; from < len(l.entries); from += len(l.columns) {
		h += l.rowHeight(from) + entryGap
	}
	return max(0, h-entryGap)
}

// row returns the end of the row of entries that begins at from.
func (l *legend) row(from int) int { return min(from+len(l.columns), len(l.entries)) }

func (l *legend) rowHeight(from int) (h vg.Length) {
	for _, name := range l.names[from:l.row(from)] {
		h = max(h, name.height())
	}
	return h
}

// draw adds the legend with its top left corner at x, y.
func (l *legend) draw(s *sheet, x, y vg.Length) {
	s.legend.Min = vg.Point{X: x, Y: y}
	s.legend.Max = vg.Point{X: x + l.allColumns(), Y: y + l.height()}
	for from := 0; from < len(l.entries); from += len(l.columns) {
		at := x
		for i := from; i < l.row(from); i++ {
			box := vg.Rectangle{
				Min: vg.Point{X: at, Y: y},
				Max: vg.Point{X: at + sampleWidth, Y: y + legendStyle.leading()},
			}
			l.entries[i].sample(s, box)
			s.text(l.names[i], box.Max.X+sampleGap, y, left)
			at += l.columns[i-from] + columnGap
		}
		y += l.rowHeight(from) + entryGap
	}
}
