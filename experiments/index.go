package experiments

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"souk/experiments/cells"
)

// RunAll makes all experiments, but for those that measure the machine, and the
// page that lists all. begin is told which one is next. What is inconclusive is
// said at the end, when everything is written.
func RunAll(ctx context.Context, b *Bench, begin func(name string)) error {
	var doubts error
	var page strings.Builder
	page.WriteString("# Results\n\nWhat `sim experiment all` finds. Each folder has a page with the question, the setting, the command, the tables and the figures, and its `data.csv`.\n")
	part := ""
	for _, e := range All() {
		o := e.machine
		if o == nil {
			begin(e.Name)
			var err error
			if o, err = e.run(ctx, b); err != nil {
				return err
			}
		}
		if o.doubt != nil {
			doubts = errors.Join(doubts, fmt.Errorf("%s: %w", e.Name, o.doubt))
		}
		if e.Part != part {
			part = e.Part
			fmt.Fprintf(&page, "\n## %s\n", part)
		}
		page.WriteString(e.entry(o))
	}
	if err := cells.WriteFile(filepath.Join(b.Results, "README.md"), []byte(page.String())); err != nil {
		return err
	}
	return doubts
}

// entry is what the index says of an experiment.
func (e *Experiment) entry(o *outcome) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n### [%s](%s/README.md)\n\n%s\n", e.Name, e.Name, capital(o.question))
	if o.figure != "" {
		fmt.Fprintf(&b, "\n[![%s](%s/%s)](%s/README.md)\n", capital(o.question), e.Name, o.figure, e.Name)
	}
	if o.conclusion != "" {
		fmt.Fprintf(&b, "\n%s\n", strings.TrimSpace(o.conclusion))
	}
	return b.String()
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
