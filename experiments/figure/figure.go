// Package figure draws scientific figures as PNG files: measured means with
// their intervals, the spread of single runs, and published values beside them.
//
// A figure is plain data. Drawing it is a pure function: the same data give
// the same bytes on the same architecture. A figure is laid out first, as a
// list of texts and shapes with known places, and painted afterwards; so the
// page grows when texts are long, nothing is cut at an edge, and the legend
// lies outside the data.
//
// Fonts, text metrics and rasterisation are gonum/plot's. Its Plot type is not
// used, because it puts the legend over the data, does not wrap texts and does
// not say where it puts what. The fonts have Latin, Greek and Cyrillic letters
// and common signs; other letters become boxes.
//
// Data that cannot be drawn honestly are an error: no data at all, a value of
// zero on a logarithmic axis, an infinite value. All errors are reported at
// once. A missing value is NaN.
package figure

// Span is an interval. It draws nothing if it is the zero Span or if an end is
// NaN.
type Span struct{ Low, High float64 }

// Point is one measured place of a series. It is missing if X or Y is NaN.
type Point struct {
	X, Y   float64
	CI     Span // interval of the mean: thick, with caps
	Single Span // interval that holds 95 % of single runs: thin and lighter
}

// Series is a set of points with a name. Points may come in any order.
type Series struct {
	Name   string
	Points []Point
}

// Mark is the place of one published value. It is missing if X or Y is NaN.
type Mark struct{ X, Y float64 }

// Published are values that others measured in single runs. They are open
// diamonds in the colour of the series that they belong to, beside its points.
type Published struct {
	Name  string // in the legend; "published" if empty
	Of    int    // the series that they belong to: its index; one set for each series
	Marks []Mark
}

// VLine is a vertical line with a label above the plot, such as a fault or the
// end of the warm-up. The label may be empty.
type VLine struct {
	X     float64
	Label string
}

// Tick is a labelled place on an axis. With an empty label it is a mark only.
type Tick struct {
	Value float64
	Label string
}

// Axis says what an axis means. Its range always includes all data.
type Axis struct {
	Title   string
	Unit    string // written in brackets behind the title
	Log     bool   // logarithmic
	Zero    bool   // the range includes 0
	Percent bool   // values 0 to 1 are labelled 0 % to 100 %

	// Ticks are the places to label; empty: they are chosen. If each point of
	// a figure is at a tick, the ticks of its x axis are categories: each gets
	// a cell of equal width. Labels wrap, shrink or run upwards where they must;
	// only one that is still too long ends in an ellipsis.
	Ticks []Tick
}

// Categories returns ticks at 0, 1, 2 and so on with these labels.
func Categories(labels ...string) []Tick {
	ticks := make([]Tick, len(labels))
	for i, label := range labels {
		ticks[i] = Tick{Value: float64(i), Label: label}
	}
	return ticks
}

// Lines is a figure of series over a common x axis.
//
// Series stand side by side where they have the same x, so that no interval or
// published mark hides another. Only joined series without either keep their
// exact place, and so do joined series that are too dense for bars: their
// intervals are bands. No more than 8 series can be told apart.
type Lines struct {
	Title string // the question that the figure answers
	Note  string // below the title: the setting, n, what the intervals are

	X, Y      Axis
	Series    []Series
	Published []Published
	VLines    []VLine
	Joined    bool // a line joins each series' points in order of x, with a gap at each missing Y
}

// Stack is a figure of stacked bars, which start at 0.
type Stack struct {
	Title string // the question that the figure answers
	Note  string // below the title: the setting, n, what the intervals are

	XTitle     string // what the categories are
	Y          Axis   // starts at 0 and cannot be logarithmic
	Categories []string
	Parts      []Part // from the bottom up; no more than 6 can be told apart

	// Of each category's total, and beside its bar. Empty: none.
	CI, Single []Span
	Published  []float64 // NaN: none for this category
}

// Part is one layer of stacked bars.
type Part struct {
	Name    string
	Heights []float64 // one a category, not negative; a category that has no bar is NaN in all parts
}

// Panels are several figures above each other, over one x axis. Their titles
// and notes become headings of the panels. A series that is in several panels
// must have the same index in each, because the index decides its colour.
type Panels struct {
	Title, Note string
	Lines       []Lines // all with the same X
}
