package experiments

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"strconv"

	"souk/experiments/cells"
	"souk/experiments/figure"
	"souk/experiments/scale"
)

// scaleRounds is how often each point is measured for its time.
const scaleRounds = 5

// scaleOutcome is what the index says of the experiment; the figures are the
// machine's and stand on its page.
var scaleOutcome = outcome{
	question:   "what does a run take of a machine, from a hundred peers to a million?",
	figure:     "cost.png",
	conclusion: "CPU time by the event and memory by the peer. The page says how much on which machine, in each market, and for the scenario million-buyers; `sim experiment all` leaves it as it is.",
}

// measureScale measures every market at every size, and the shipped scenario of a
// million buyers.
func measureScale(ctx context.Context, b *Bench) (*outcome, error) {
	var points []scale.Point
	for _, m := range scale.Markets() {
		points = append(points, m.Points(scale.Most)...)
	}
	points = append(points, scale.MillionPoint())
	results, err := scale.Series(ctx, points, scaleRounds, b.Measure, b.Progress)
	if err != nil {
		return nil, err
	}
	return &scaleOutcome, writeScale(filepath.Join(b.Results, "scale"), results)
}

// writeScale writes the folder. What is the same on every machine is in
// counts.csv, what was measured in data.csv.
func writeScale(folder string, results []scale.Result) error {
	last := len(results) - 1
	points, million := results[:last], &results[last]
	return errors.Join(
		writeWith(folder, "counts.csv", func(w io.Writer) error { return csv.NewWriter(w).WriteAll(scaleCounts(results)) }),
		writeWith(folder, "data.csv", func(w io.Writer) error { return csv.NewWriter(w).WriteAll(scaleData(results)) }),
		writeWith(folder, "cost.png", costFigure(points).WritePNG),
		writeWith(folder, "memory.png", memoryFigure(points).WritePNG),
		cells.WriteFile(filepath.Join(folder, "README.md"), []byte(scalePage(points, million))),
	)
}

// scaleCounts is counts.csv.
func scaleCounts(results []scale.Result) [][]string {
	rows := [][]string{{"market", "buyers", "peers", "virtual_s", "events", "messages", "peak_pending", "digest"}}
	for i := range results {
		r := &results[i]
		rows = append(rows, []string{
			r.Point.Market, strconv.Itoa(r.Point.Buyers), strconv.Itoa(r.Peers), strconv.FormatFloat(r.VirtualSeconds, 'f', 6, 64),
			strconv.FormatUint(r.Events, 10), strconv.FormatUint(r.Messages, 10), strconv.Itoa(r.Pending), r.Digest,
		})
	}
	return rows
}

// scaleData is data.csv.
func scaleData(results []scale.Result) [][]string {
	rows := [][]string{{
		"market", "buyers", "peers", "ns_per_event", "ns_least", "ns_most", "start_cpu_s", "whole_cpu_s",
		"live_bytes", "live_bytes_per_peer", "resident_bytes", "resident_bytes_per_peer",
	}}
	for i := range results {
		r := &results[i]
		rows = append(rows, []string{
			r.Point.Market, strconv.Itoa(r.Point.Buyers), strconv.Itoa(r.Peers),
			number(r.PerEvent.Median), number(r.PerEvent.Least), number(r.PerEvent.Most), number(r.Start.Median), number(r.Whole.Median),
			strconv.FormatUint(r.Live, 10), number(r.LivePerPeer()), strconv.FormatFloat(r.Resident.Median, 'f', 0, 64), number(r.ResidentPerPeer().Median),
		})
	}
	return rows
}

// peersAxis is the axis of both figures.
var peersAxis = figure.Axis{Title: "Peers", Log: true}

// scaleSeries draws a value of each point, a series a market.
func scaleSeries(points []scale.Result, value func(*scale.Result) scale.Spread) []figure.Series {
	var list []figure.Series
	for i := range points {
		r := &points[i]
		if n := len(list); n == 0 || list[n-1].Name != r.Point.Market {
			list = append(list, figure.Series{Name: r.Point.Market})
		}
		v, s := value(r), &list[len(list)-1]
		s.Points = append(s.Points, figure.Point{X: float64(r.Peers), Y: v.Median, CI: figure.Span{Low: v.Least, High: v.Most}})
	}
	return list
}

func costFigure(points []scale.Result) *figure.Lines {
	return &figure.Lines{
		Title:  "What does an event cost as peers become more?",
		Note:   "median, least and most of " + strconv.Itoa(scaleRounds) + " runs; a request a minute from each buyer; all checkers on",
		X:      peersAxis,
		Y:      figure.Axis{Title: "CPU time of an event", Unit: "ns", Log: true},
		Series: scaleSeries(points, func(r *scale.Result) scale.Spread { return r.PerEvent }),
		Joined: true,
	}
}

func memoryFigure(points []scale.Result) *figure.Panels {
	live := func(r *scale.Result) scale.Spread { return scale.Spread{Median: r.LivePerPeer()} }
	panel := func(title string, value func(*scale.Result) scale.Spread) figure.Lines {
		return figure.Lines{
			Title: title, X: peersAxis, Y: figure.Axis{Title: "Memory of a peer", Unit: "bytes", Log: true},
			Series: scaleSeries(points, value), Joined: true,
		}
	}
	return &figure.Panels{
		Title: "How many bytes does a peer take?",
		Note:  "a small market does not share out what the simulator takes for itself",
		Lines: []figure.Lines{
			panel("On the heap half-way through the run, after a collection", live),
			panel("Of the most memory that the process ever had", (*scale.Result).ResidentPerPeer),
		},
	}
}
