package figure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// gallery are figures as the experiments draw them, with made-up data near to
// the published ones, and figures that strain the layout. Look at them with
//
//	go test ./experiments/figure -gallery DIRECTORY
func gallery() map[string]drawing {
	return map[string]drawing{
		"traders":    tradersFigure(),
		"unmet":      unmetFigure(),
		"sync":       syncFigure(),
		"fault":      faultFigure(),
		"welch":      welchFigure(),
		"eight":      eightFigure(),
		"panels":     panelsFigure(),
		"long":       longFigure(),
		"categories": categoriesFigure(60, "market"),
		"names":      categoriesFigure(5, "marketplace with sellers"),
		"tiny":       scaledFigure(1e-6),
		"huge":       scaledFigure(1e9),
		"point":      &Lines{Title: "One point", Series: []Series{{Points: []Point{{X: 3, Y: 7}}}}},
		"zeros":      zerosFigure(),
		"logs":       logsFigure(),
		"six":        sixFigure(),
		"crowded":    crowdedFigure(),
		"levels":     levelsFigure(),
	}
}

// drawing is a figure of any kind, seen from inside.
type drawing interface {
	figure
	sheet() (*sheet, error)
}

// spread is a point with intervals of these half-widths.
func spread(x, y, mean, single float64) Point {
	return Point{X: x, Y: y, CI: Span{y - mean, y + mean}, Single: Span{y - single, y + single}}
}

func tradersFigure() *Lines {
	return &Lines{
		Title: "How long do one, two or three traders take to ship 20 goods?",
		Note: "10 peers, 20 goods, 30 runs each. Thick bars: 95 % interval of the mean. " +
			"Thin bars: 95 % of single runs. Open diamonds: published single runs.",
		X: Axis{Title: "traders", Ticks: []Tick{{1, "1"}, {2, "2"}, {3, "3"}}},
		Y: Axis{Title: "time to ship 20 goods", Unit: "s", Zero: true},
		Series: []Series{
			{"cached", []Point{spread(1, 25.6, 1.4, 7.7), spread(2, 18, 1.2, 6.5), spread(3, 15.7, 1.1, 6)}},
			{"cacheless", []Point{spread(1, 60.6, 3.4, 18.4), spread(2, 49, 2.7, 14.6), spread(3, 46.1, 2.4, 13)}},
		},
		Published: []Published{
			{Of: 0, Marks: []Mark{{1, 25}, {2, 22}, {3, 15}}},
			{Of: 1, Marks: []Mark{{1, 63}, {2, 55}, {3, 40}}},
		},
	}
}

func unmetFigure() *Stack {
	return &Stack{
		Title:      "Which requests stay unmet as buyers outnumber sellers?",
		Note:       "40 requests, 30 runs each. Bars beside: 95 % interval of the mean total (thick) and of single runs (thin).",
		XTitle:     "buyers / sellers",
		Y:          Axis{Title: "share of requests that were not met", Percent: true},
		Categories: []string{"3 / 6", "4 / 5", "5 / 4", "7 / 2"},
		Parts: []Part{
			{"stale cache", []float64{.03, .06, .11, .14}},
			{"out of stock", []float64{.05, .14, .19, .33}},
			{"not offered", []float64{.02, .05, .08, .12}},
		},
		CI:        []Span{{.08, .12}, {.22, .28}, {.35, .41}, {.56, .62}},
		Single:    []Span{{0, .21}, {.1, .4}, {.2, .56}, {.41, .77}},
		Published: []float64{.1, .3, .375, .625},
	}
}

func syncFigure() *Lines {
	l := &Lines{
		Title:  "How far can the sync interval grow before oversell passes 5 %?",
		Note:   "3 buyers a trader, think time 10 s, 100 runs each. Bars: 95 % interval of the mean.",
		X:      Axis{Title: "sales between two syncs with the warehouse", Log: true},
		Y:      Axis{Title: "oversold share of sales", Percent: true, Zero: true},
		Joined: true,
	}
	for i, traders := range []float64{1, 2, 4} {
		s := Series{Name: fmt.Sprintf("%g traders", traders)}
		for _, k := range []float64{1, 2, 5, 10, 20, 50, 100} {
			y := 0.11 * (1 - math.Exp(-k*traders/60))
			s.Points = append(s.Points, Point{X: k, Y: y, CI: Span{y - 0.004 - 0.001*float64(i), y + 0.004 + 0.001*float64(i)}})
		}
		l.Series = append(l.Series, s)
	}
	return l
}

func faultFigure() *Lines {
	return &Lines{
		Title:     "What does the death of one of two traders cost?",
		Note:      "10 peers, 60 s before and 60 s after. Thick: 95 % interval of the mean of 30 runs, thin: 95 % of single runs.",
		X:         Axis{Ticks: Categories("before: two traders", "after: one trader")},
		Y:         Axis{Title: "throughput", Unit: "sales/s", Zero: true},
		Series:    []Series{{"simulated", []Point{spread(0, .65, .02, .11), spread(1, .44, .025, .12)}}},
		Published: []Published{{Marks: []Mark{{0, .667}, {1, .417}}}},
	}
}

func welchFigure() *Lines {
	r := rand.New(rand.NewPCG(1, 2))
	raw, smooth := Series{Name: "mean of 30 runs"}, Series{Name: "moving mean, 21 windows"}
	var ys []float64
	for i := range 240 {
		ys = append(ys, 0.66*(1-math.Exp(-float64(i)/18))+0.03*r.NormFloat64())
	}
	for i := range ys {
		raw.Points = append(raw.Points, Point{X: float64(i) * 5, Y: ys[i], CI: Span{ys[i] - .05, ys[i] + .05}})
		if i >= 10 && i+10 < len(ys) {
			sum := 0.0
			for _, y := range ys[i-10 : i+11] {
				sum += y
			}
			smooth.Points = append(smooth.Points, Point{X: float64(i) * 5, Y: sum / 21})
		}
	}
	return &Lines{
		Title:  "From when on is the throughput steady?",
		Note:   "Welch's method. Band: 95 % interval of the mean.",
		X:      Axis{Title: "time", Unit: "s"},
		Y:      Axis{Title: "throughput", Unit: "sales/s", Zero: true},
		Series: []Series{raw, smooth},
		VLines: []VLine{{X: 380, Label: "warm-up ends at 380 s"}},
		Joined: true,
	}
}

func eightFigure() *Lines {
	l := &Lines{
		Title:  "Do all cache policies profit from more traders?",
		Note:   "Bars: 95 % interval of the mean of 30 runs.",
		X:      Axis{Title: "traders"},
		Y:      Axis{Title: "throughput", Unit: "sales/s", Zero: true},
		Joined: true,
	}
	for i := range 8 {
		s := Series{Name: fmt.Sprintf("policy %c", 'A'+i)}
		for x := 1.0; x <= 5; x++ {
			y := 0.3 + 0.1*float64(i) + x*0.12*float64(8-i)/8
			s.Points = append(s.Points, Point{X: x, Y: y, CI: Span{y - .04, y + .04}})
		}
		l.Series = append(l.Series, s)
	}
	return l
}

func panelsFigure() *Panels {
	oversell := syncFigure()
	oversell.Title, oversell.Note = "", ""
	throughput := *oversell
	throughput.Y = Axis{Title: "throughput", Unit: "sales/s", Zero: true}
	throughput.Series = nil
	for _, s := range oversell.Series {
		t := Series{Name: s.Name}
		for i, p := range s.Points {
			y := 0.5 + 0.3*float64(i)/float64(i+3)*float64(1+len(throughput.Series))
			t.Points = append(t.Points, Point{X: p.X, Y: y, CI: Span{y - 0.03, y + 0.03}})
		}
		throughput.Series = append(throughput.Series, t)
	}
	throughput.Title = "Throughput"
	oversell.Title, oversell.Note = "Oversell", "What strict mode would not sell twice."
	oversell.VLines = []VLine{{X: 15, Label: "5 % with four traders"}}
	return &Panels{
		Title: "What does a longer sync interval buy, and what does it cost?",
		Note:  "3 buyers a trader, think time 10 s, 100 runs each. Bars: 95 % interval of the mean.",
		Lines: []Lines{throughput, *oversell},
	}
}

func longFigure() *Lines {
	l := tradersFigure()
	long := strings.Repeat("and a setting that nobody could describe in a few words ", 6)
	l.Title = "How long do one, two or three traders take to ship 20 goods, " + long + "?"
	l.Note += " " + long
	l.X.Title = "traders, " + long
	l.Y.Title = "time to ship 20 goods " + long
	l.Series[0].Name = "cached, " + long
	l.Series[1].Name = strings.Repeat("unbreakable", 30)
	for i := range l.X.Ticks {
		l.X.Ticks[i].Label += " trader, elected one after another by the bully algorithm of Garcia-Molina"
	}
	l.VLines = []VLine{{1.4, "a first event with a rather long description"}, {1.5, "a second event with a rather long description"}, {3.4, "the last event, near to the right edge"}}
	return l
}

func categoriesFigure(n int, name string) *Lines {
	l := &Lines{
		Title:  "Many categories",
		X:      Axis{Title: "market"},
		Y:      Axis{Title: "throughput", Unit: "sales/s"},
		Series: []Series{{Name: "a"}, {Name: "b"}},
	}
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("%s %d", name, i+1))
		for j := range l.Series {
			y := 10 + math.Sin(float64(i+j))
			l.Series[j].Points = append(l.Series[j].Points, spread(float64(i), y, 0.2, 0.5))
		}
	}
	l.X.Ticks = Categories(names...)
	return l
}

func scaledFigure(factor float64) *Lines {
	l := syncFigure()
	l.X = Axis{Title: "interval", Unit: "s"}
	l.Y = Axis{Title: "loss", Unit: "sales/s"}
	l.VLines = []VLine{{X: 30 * factor, Label: "one"}, {X: 31 * factor, Label: "two"}, {X: 33 * factor, Label: "three"}, {X: 100 * factor, Label: "at the right edge"}}
	for i := range l.Series {
		for j := range l.Series[i].Points {
			p := &l.Series[i].Points[j]
			p.X *= factor
			p.Y *= factor
			p.CI.Low *= factor
			p.CI.High *= factor
		}
	}
	l.Series[1].Points[3].Y = math.NaN()
	return l
}

func zerosFigure() *Lines {
	return &Lines{
		Title: "All values are zero, and some are missing",
		X:     Axis{Title: "x"}, Y: Axis{Title: "oversell", Percent: true, Zero: true},
		Series: []Series{
			{"strict", []Point{{X: 1}, {X: 2}, {X: 3}}},
			{"pull", []Point{{X: 1}, {X: 2, Y: math.NaN()}, {X: 3}}},
			{"never run", []Point{{X: 1, Y: math.NaN()}}},
		},
	}
}

func logsFigure() *Lines {
	l := &Lines{
		Title: "Both axes over many powers of ten",
		X:     Axis{Title: "buyers", Log: true}, Y: Axis{Title: "time", Unit: "s", Log: true},
		Joined: true,
	}
	for i := range 3 {
		s := Series{Name: fmt.Sprintf("system %c", 'A'+i)}
		for x := 1.0; x <= 1e7; x *= 10 {
			y := 1e-6 * math.Pow(x, 1+0.3*float64(i))
			s.Points = append(s.Points, Point{X: x, Y: y, CI: Span{y / 2, y * 2}, Single: Span{y / 5, y * 5}})
		}
		l.Series = append(l.Series, s)
	}
	return l
}

func sixFigure() *Stack {
	k := &Stack{
		Title:      "Six parts, without intervals",
		Y:          Axis{Title: "messages", Unit: "1/sale"},
		Categories: []string{"bully", "ring", "no run", "all at once"},
	}
	for i := range 6 {
		k.Parts = append(k.Parts, Part{fmt.Sprintf("a kind of message with a long name %d", i), []float64{12, 8 + float64(i), math.NaN(), float64(i)}})
	}
	return k
}

func crowdedFigure() *Lines {
	l := eightFigure()
	l.Joined = false
	l.X.Ticks = []Tick{{1, "one"}, {2, "two"}, {3, "three"}, {4, "four"}, {5, "five"}}
	for i, s := range l.Series {
		p := Published{Name: "published by " + s.Name, Of: i}
		for _, q := range s.Points {
			p.Marks = append(p.Marks, Mark{q.X, q.Y})
		}
		l.Published = append(l.Published, p)
	}
	return l
}

func levelsFigure() *Lines {
	long := strings.Repeat("a level with a long name ", 9)
	return &Lines{
		Title:     "Given ticks on the y axis, one category",
		X:         Axis{Ticks: []Tick{{5, "only\none"}}},
		Y:         Axis{Ticks: []Tick{{0, "none"}, {1, long}, {1.001, "too close"}, {1.5, ""}, {2, "all"}}},
		Series:    []Series{{Name: "system", Points: []Point{spread(5, 1.2, 0.1, 0.4)}}},
		Published: []Published{{Marks: []Mark{{5, 1.4}}}},
	}
}
