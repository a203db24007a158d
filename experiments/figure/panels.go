package figure

import (
	"errors"
	"fmt"
	"io"
	"reflect"
)

// WritePNG draws the figure. It returns all that is wrong with the data, or
// the error of w.
func (p *Panels) WritePNG(w io.Writer) error {
	s, err := p.sheet()
	if err != nil {
		return err
	}
	return s.writePNG(w)
}

func (p *Panels) sheet() (*sheet, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	var xs, eventXs []float64
	for i := range p.Lines {
		xs = append(xs, p.Lines[i].xs()...)
		eventXs = append(eventXs, p.Lines[i].eventXs()...)
	}
	var panels []*panel
	var lines []*Lines
	for i := range p.Lines {
		panels = append(panels, p.Lines[i].panel(xs, eventXs))
		lines = append(lines, &p.Lines[i])
	}
	return compose(p.Title, p.Note, lineEntries(lines...), panels...), nil
}

func (p *Panels) check() error {
	if len(p.Lines) == 0 {
		return errNoData
	}
	var errs []error
	index := map[string]int{}
	for i := range p.Lines {
		l := &p.Lines[i]
		if err := l.check(); err != nil {
			errs = append(errs, fmt.Errorf("panel %d: %w", i, err))
		}
		if !reflect.DeepEqual(l.X, p.Lines[0].X) {
			errs = append(errs, fmt.Errorf("figure: panel %d has another x axis than panel 0", i))
		}
		for j, s := range l.Series {
			if before, ok := index[s.Name]; ok && before != j {
				errs = append(errs, fmt.Errorf("figure: series %q is number %d in panel %d and %d before: one name, two colours", s.Name, j, i, before))
			}
			index[s.Name] = j
		}
	}
	return errors.Join(errs...)
}
