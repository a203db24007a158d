package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"souk/experiments/figure"
)

// writeFigures draws the time of an event over the number pending: in phold for
// whole engines, in hold for queues.
func (m *measurement) writeFigures() error {
	note := fmt.Sprintf("CPU time on one core, median of %d rounds. Bars: the least and the greatest. Programs stand side by side at each N.", m.rounds)
	phold := m.lines("phold", func(p *peer) bool { return !p.queue || p.isSouk() || p.folder == "ns3" })
	phold.Title = "What does an event of PHOLD cost, as the number of entities grows?"
	phold.X.Title, phold.Note = "entities, and events pending", note
	hold := m.lines("hold", func(p *peer) bool { return p.queue })
	hold.Title = "What does it cost to take the first of N events and to schedule it again?"
	hold.X.Title, hold.Note = "events pending", note
	return errors.Join(drawTo(filepath.Join(m.out, "phold.png"), phold), drawTo(filepath.Join(m.out, "hold.png"), hold))
}

func drawTo(path string, lines *figure.Lines) error {
	var png bytes.Buffer
	if err := lines.WritePNG(&png); err != nil {
		return err
	}
	return os.WriteFile(path, png.Bytes(), 0o644)
}

func (m *measurement) lines(workload string, shown func(*peer) bool) *figure.Lines {
	l := &figure.Lines{
		X: figure.Axis{Log: true}, Y: figure.Axis{Title: "CPU time of an event", Unit: "ns", Log: true},
		Joined: true,
	}
	for _, p := range m.field {
		if !shown(p) || p.absent != "" {
			continue
		}
		s := figure.Series{Name: p.name}
		for _, c := range m.contests() {
			if values := m.perEvent(p, c); c.workload == workload && len(values) > 0 {
				v := spreadOf(values)
				s.Points = append(s.Points, figure.Point{X: float64(c.n), Y: v.median, CI: figure.Span{Low: v.least, High: v.greatest}})
			}
		}
		l.Series = append(l.Series, s)
	}
	return l
}
